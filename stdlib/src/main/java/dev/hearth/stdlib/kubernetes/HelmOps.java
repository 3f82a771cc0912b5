package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Releases of charts, by the {@code helm} program through its JSON output. Values go to it by its
 * standard input, so that no secret stands in a list of processes.
 */
final class HelmOps {
  private static final Pattern RELEASE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?");

  /** What Helm may need besides, to say what it found. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final String connection;
  private final Programs programs;

  HelmOps(Cluster cluster, OpContext context) {
    this.cluster = cluster;
    this.connection = cluster.server().connectionName();
    this.programs = new Programs(context.recipe().processes());
  }

  /** Which releases. */
  record Which(@Nullable String namespace, @Nullable Boolean allNamespaces) {}

  @Op
  JsonNode helmList(Which request) {
    // Helm 4 has no `--all` any more; each of these both have.
    var words = new ArrayList<>(List.of("list", "--max=0", "--output=json"));
    for (var state :
        List.of("deployed", "failed", "pending", "superseded", "uninstalled", "uninstalling")) {
      words.add("--" + state);
    }
    if (Boolean.TRUE.equals(request.allNamespaces())) {
      words.add("--all-namespaces");
    }
    return json(command(words, request.namespace()));
  }

  record Release(String release, @Nullable String namespace) {}

  @Op
  Deployed helmStatus(Release request) {
    var words = List.of("status", name(request.release()), "--output=json");
    return deployed(json(command(words, request.namespace())));
  }

  /**
   * The values of a release.
   *
   * @param all with those that the chart has itself
   */
  record Values(String release, @Nullable String namespace, @Nullable Boolean all) {}

  @Op
  JsonNode helmValues(Values request) {
    var words = new ArrayList<>(List.of("get", "values", name(request.release()), "--output=json"));
    if (Boolean.TRUE.equals(request.all())) {
      words.add("--all");
    }
    return json(command(words, request.namespace()));
  }

  /**
   * A chart that is to be installed, or its release upgraded.
   *
   * @param verb {@code install}, or {@code upgrade}, which installs what is not there
   * @param atomic whether what fails is taken back; null for yes
   */
  record Deploy(
      String verb,
      String release,
      String chart,
      JsonNode values,
      @Nullable String namespace,
      @Nullable Boolean createNamespace,
      @Nullable String version,
      @Nullable String repo,
      @Nullable Boolean atomic,
      @Nullable Boolean dryRun,
      @Nullable Duration timeout) {}

  @Op(writes = true)
  Deployed helmDeploy(Deploy request) {
    var limit = Patience.of(request.timeout());
    var words =
        new ArrayList<>(List.of(request.verb(), name(request.release()), chart(request.chart())));
    words.addAll(List.of("--output=json", "--values=-", "--timeout=" + limit.toSeconds() + "s"));
    if (request.verb().equals("upgrade")) {
      words.add("--install");
    }
    words.add(Boolean.FALSE.equals(request.atomic()) ? "--wait" : "--atomic");
    if (Boolean.TRUE.equals(request.createNamespace())) {
      words.add("--create-namespace");
    }
    if (Boolean.TRUE.equals(request.dryRun())) {
      words.add("--dry-run");
    }
    if (request.version() != null) {
      words.add("--version=" + request.version());
    }
    if (request.repo() != null) {
      words.add("--repo=" + request.repo());
    }
    var values = request.values().toString().getBytes(StandardCharsets.UTF_8);
    return deployed(
        json(
            command(words, request.namespace())
                .input(values)
                .timeout(limit.multipliedBy(2).plus(MARGIN)))); // it may take back as long
  }

  record Uninstall(String release, @Nullable String namespace, @Nullable Duration timeout) {}

  /** Whether there was one. */
  @Op(writes = true)
  boolean helmUninstall(Uninstall request) {
    var name = name(request.release());
    var there = helmList(new Which(request.namespace(), false));
    for (var release : there) {
      if (release.path("name").asText().equals(name)) {
        var limit = Patience.of(request.timeout());
        var words = List.of("uninstall", name, "--wait", "--timeout=" + limit.toSeconds() + "s");
        var _ =
            programs.output(
                "Helm", command(words, request.namespace()).timeout(limit.plus(MARGIN)));
        return true;
      }
    }
    return false;
  }

  /**
   * A release, without its manifests and values, in which secrets stand.
   *
   * @param revision counted from 1
   * @param status such as {@code deployed}
   */
  record Deployed(
      String name,
      String namespace,
      int revision,
      String status,
      String chart,
      String chartVersion,
      String appVersion,
      String notes) {}

  private static Deployed deployed(JsonNode said) {
    var info = said.path("info");
    var chart = said.path("chart").path("metadata");
    return new Deployed(
        said.path("name").asText(""),
        said.path("namespace").asText(""),
        said.path("version").asInt(),
        info.path("status").asText(""),
        chart.path("name").asText(""),
        chart.path("version").asText(""),
        chart.path("appVersion").asText(""),
        info.path("notes").asText(""));
  }

  private ProcessRequest command(List<String> words, @Nullable String namespace) {
    var way =
        cluster
            .server()
            .programs()
            .orElseThrow(() -> new HearthException(KubernetesError.HELM_CONTEXT, connection));
    var command = new ArrayList<>(List.of("helm"));
    command.addAll(words);
    command.add("--kube-context=" + way.context());
    var place =
        ApiPath.name(namespace == null ? cluster.server().namespace() : namespace, "namespace");
    command.add("--namespace=" + place);
    return ProcessRequest.of(command)
        .variable("KUBECONFIG", way.kubeconfig())
        .timeout(Patience.of(null));
  }

  /** What would be an option is no name. */
  private static String name(String release) {
    if (!RELEASE.matcher(release).matches()) {
      throw new HearthException(KubernetesError.HELM_ARGUMENT, ApiPath.shown(release), "release");
    }
    return release;
  }

  private static String chart(String chart) {
    if (chart.isBlank() || chart.startsWith("-")) {
      throw new HearthException(KubernetesError.HELM_ARGUMENT, ApiPath.shown(chart), "chart");
    }
    return chart;
  }

  private JsonNode json(ProcessRequest request) {
    var printed = programs.output("Helm", request);
    try {
      return ApiServer.MAPPER.readTree(printed);
    } catch (JacksonException e) {
      // Without what it printed: manifests have secrets.
      throw new HearthException(KubernetesError.PROGRAM_ANSWER, "helm " + request.command().get(1));
    }
  }
}
