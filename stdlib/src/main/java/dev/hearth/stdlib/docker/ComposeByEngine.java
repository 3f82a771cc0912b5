package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.ComposeReadiness.Condition;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Findings;
import dev.hearth.stdlib.docker.compose.Project;
import dev.hearth.stdlib.docker.compose.ProjectReader;
import dev.hearth.stdlib.docker.compose.Sharing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compose without its plug-in: the part of it that {@code compose/README.md} lists, through the
 * Engine API. What it makes bears Compose's own labels, so that either way sees what the other
 * made.
 */
final class ComposeByEngine implements ComposeWay {
  /** How long a service may take to become what another one waits for. */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Engine engine;
  private final ComposeSource source;
  private final Project project;
  private final ComposeServices services;
  private final ImageTransfers transfers;
  private final ImageBuilds builds;

  ComposeByEngine(
      Engine engine, ImageTransfers transfers, ImageBuilds builds, ComposeSource source) {
    this.engine = engine;
    this.transfers = transfers;
    this.builds = builds;
    this.source = source;
    this.project = ProjectReader.read(source);
    this.services = new ComposeServices(engine, project, source);
    new ComposeChecks(project, source).requireContainers();
  }

  @Override
  public Through through() {
    return Through.engine;
  }

  @Override
  public ObjectNode config() {
    return project.data().deepCopy();
  }

  @Override
  public Map<String, String> hashes(ObjectNode model, ComposeState state) {
    var hashes = new LinkedHashMap<String, String>();
    project.inOrder().forEach(service -> hashes.put(service, services.hash(service)));
    return hashes;
  }

  @Override
  public void up(Up options) throws InterruptedException {
    check(options);
    var wanted = project.withNeeded(options.services());
    var resources = new ComposeResources(engine, project, source);
    var images = new ComposeImages(engine, transfers, builds, project);
    for (var service : wanted) {
      images.require(service, options.build());
    }
    resources.make(wanted);
    var limit = Objects.requireNonNullElse(options.limit(), LIMIT);
    var readiness = new ComposeReadiness(engine, project.name(), limit);
    var made = new HashSet<String>();
    var anew = new HashSet<String>();
    for (var service : wanted) {
      awaitNeeded(readiness, service, wanted);
      int scale = options.scale().getOrDefault(service, project.scale(service));
      var recreate = sharesWith(service, made) ? Recreate.always : options.recreate();
      var done = services.converge(service, scale, recreate, options.grace());
      if (done.madeAny()) {
        made.add(service);
      }
      if (done.replacedAny()) {
        anew.add(service);
      } else if (isToRestart(service, anew)) {
        services.restart(service, options.grace());
      }
    }
    if (options.removeOrphans()) {
      removeOrphans(options.grace());
    }
  }

  @Override
  public void check(Up options) {
    var wanted = project.withNeeded(options.services());
    project.only(options.scale().keySet());
    var resources = new ComposeResources(engine, project, source);
    var images = new ComposeImages(engine, transfers, builds, project);
    var checks = new ComposeChecks(project, source);
    checks.requireOf(engine, wanted, options.scale());
    var findings = checks.findings();
    resources.check(wanted, findings);
    for (var service : wanted) {
      findings.without(() -> images.check(service));
      findings.without(() -> services.files(service));
    }
    findings.raise();
  }

  private void awaitNeeded(ComposeReadiness readiness, String service, Collection<String> wanted)
      throws InterruptedException {
    for (var each : project.service(service).path("depends_on").properties()) {
      if (wanted.contains(each.getKey())) {
        var condition = each.getValue().path("condition").asText().toUpperCase(Locale.ROOT);
        readiness.await(List.of(each.getKey()), Condition.valueOf(condition));
      }
    }
  }

  /** Whether it lives in a namespace of a container that is not there any more. */
  private boolean sharesWith(String service, Set<String> made) {
    return Sharing.of(project.service(service)).values().stream().anyMatch(made::contains);
  }

  private boolean isToRestart(String service, Set<String> anew) {
    return project.service(service).path("depends_on").properties().stream()
        .anyMatch(
            each ->
                each.getValue().path("restart").asBoolean(false) && anew.contains(each.getKey()));
  }

  private void removeOrphans(@Nullable Duration grace) {
    for (var each : ComposeState.containers(engine, project.name())) {
      if (!project.known().contains(each.service())) {
        services.remove(each, grace);
      }
    }
  }

  @Override
  public void down(Down options) {
    var there = new ArrayList<>(ComposeState.containers(engine, project.name()));
    var order = project.inOrder().reversed();
    for (var service : order) {
      there.stream()
          .filter(each -> each.service().equals(service))
          .forEach(each -> services.remove(each, options.grace()));
    }
    there.removeIf(each -> order.contains(each.service()));
    for (var each : there) {
      if (options.removeOrphans() || project.known().contains(each.service())) {
        services.remove(each, options.grace());
      }
    }
    var resources = new ComposeResources(engine, project, source);
    var findings = new Findings();
    resources.removeNetworks(findings);
    if (options.volumes()) {
      resources.removeVolumes(findings);
    }
    if (options.images() != null) {
      var images = new ComposeImages(engine, transfers, builds, project);
      for (var service : order) {
        if (options.images() == Images.all || !project.service(service).has("image")) {
          findings.without(() -> images.remove(service));
        }
      }
    }
    findings.raise();
  }

  @Override
  public void start(List<String> wanted) throws InterruptedException {
    var readiness = new ComposeReadiness(engine, project.name(), LIMIT);
    var chosen = project.only(wanted);
    for (var service : chosen) {
      awaitNeeded(readiness, service, chosen);
      services.start(service);
    }
  }

  @Override
  public void stop(List<String> wanted, @Nullable Duration grace) {
    for (var service : project.only(wanted).reversed()) {
      services.stop(service, grace);
    }
  }

  @Override
  public void restart(List<String> wanted, @Nullable Duration grace) {
    for (var service : project.only(wanted)) {
      services.restart(service, grace);
    }
  }

  @Override
  public void pull(List<String> wanted) {
    var images = new ComposeImages(engine, transfers, builds, project);
    project.only(wanted).forEach(images::pull);
  }

  @Override
  public void build(List<String> wanted, boolean isAnew) {
    var images = new ComposeImages(engine, transfers, builds, project);
    project.only(wanted).forEach(service -> images.build(service, isAnew));
  }
}
