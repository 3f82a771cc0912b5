package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import dev.hearth.stdlib.docker.ComposeReadiness.Condition;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.ComposeRequest;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Projects of Compose: by its plug-in where that is there and may be run, else by the engine. */
final class ComposeOps {
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(5);

  private final Engine engine;
  private final ImageTransfers transfers;
  private final ImageBuilds builds;

  ComposeOps(Engine engine, ImageTransfers transfers, ImageBuilds builds) {
    this.engine = engine;
    this.transfers = transfers;
    this.builds = builds;
  }

  /**
   * A project, and what is asked of it.
   *
   * @param stack its model
   * @param through the way; null: the plug-in where it can be used
   * @param services which of them; none: all
   * @param build whether images are built though they are there
   * @param noCache whether they are built without what is kept of earlier builds
   * @param recreate which containers are made anew
   * @param scale how many containers a service is to have
   * @param removeOrphans whether containers of services that the model has no more are removed
   * @param volumes whether volumes are removed with the data in them
   * @param images which images are removed; null: none
   * @param detached whether not to wait until the services are ready
   * @param timeout how long to wait for them
   * @param grace how long those that are stopped have for it
   */
  record Asked(
      ComposeRequest stack,
      ComposeWay.@Nullable Through through,
      @Nullable List<String> services,
      @Nullable Boolean build,
      @Nullable Boolean noCache,
      ComposeWay.@Nullable Recreate recreate,
      @Nullable Map<String, Integer> scale,
      @Nullable Boolean removeOrphans,
      @Nullable Boolean volumes,
      ComposeWay.@Nullable Images images,
      @Nullable Boolean detached,
      @Nullable Duration timeout,
      @Nullable Duration grace) {
    List<String> servicesOrAll() {
      return services == null ? List.of() : services;
    }

    ComposeSource source(Engine engine) {
      var request =
          new ComposeRequest(
              stack.files(),
              stack.model(),
              stack.folder(),
              stack.project(),
              stack.profiles(),
              stack.env(),
              stack.envFiles(),
              servicesOrAll());
      return ComposeSource.of(request, engine.recipe());
    }
  }

  /**
   * What became of a project.
   *
   * @param changed whether anything did
   */
  record Outcome(
      String project,
      ComposeWay.Through through,
      boolean changed,
      List<ComposeContainer> before,
      List<ComposeContainer> after,
      Removed removed) {}

  /** What is not there any more, by name. */
  record Removed(List<String> containers, List<String> networks, List<String> volumes) {
    static Removed between(ComposeState before, ComposeState after) {
      var names = new LinkedHashSet<String>();
      before.containers().forEach(each -> names.add(each.name()));
      after.containers().forEach(each -> names.remove(each.name()));
      return new Removed(
          List.copyOf(names),
          without(before.networks().keySet(), after.networks().keySet()),
          without(before.volumes().keySet(), after.volumes().keySet()));
    }

    private static List<String> without(Set<String> all, Set<String> some) {
      var rest = new ArrayList<>(all);
      rest.removeAll(some);
      return rest;
    }
  }

  private interface Work {
    void on(ComposeWay way) throws InterruptedException;
  }

  private ComposeWay way(Asked asked, ComposeSource source) throws InterruptedException {
    if (!source.unset().isEmpty()) {
      engine
          .log()
          .write(
              Level.WARN,
              "The Compose model names variables that are not set: they are empty",
              Map.of("variables", source.unset()));
    }
    if (asked.through() == ComposeWay.Through.engine) {
      return new ComposeByEngine(engine, transfers, builds, source);
    }
    return switch (ComposePlugin.search(engine)) {
      case ComposePlugin.Search.Found(var plugin) -> new ComposeByPlugin(plugin, source);
      case ComposePlugin.Search.Missing(var why, var denied) -> {
        if (asked.through() == ComposeWay.Through.plugin) {
          throw denied.orElseGet(() -> new HearthException(ComposeError.COMPOSE_PLUGIN, why));
        }
        yield new ComposeByEngine(engine, transfers, builds, source);
      }
    };
  }

  /** Its name, and the way that would be taken. */
  record Chosen(String project, ComposeWay.Through through, ObjectNode model) {}

  @Op
  Chosen composeConfig(Asked asked) throws InterruptedException {
    var source = asked.source(engine);
    var way = way(asked, source);
    return new Chosen(source.name(), way.through(), way.config());
  }

  @Op
  List<ComposeContainer> composePs(Asked asked) {
    var source = asked.source(engine);
    var wanted = asked.servicesOrAll();
    return ComposeState.containers(engine, source.name()).stream()
        .filter(each -> wanted.isEmpty() || wanted.contains(each.service()))
        .toList();
  }

  @Op
  ComposePlan composePlan(Asked asked) throws InterruptedException {
    var source = asked.source(engine);
    var way = way(asked, source);
    var model = way.config();
    var services = new ArrayList<String>();
    model.path("services").fieldNames().forEachRemaining(services::add);
    if (!asked.servicesOrAll().isEmpty()) {
      services.retainAll(needed(model, asked.servicesOrAll()));
    }
    var options = up(asked);
    way.check(options);
    var state = ComposeState.read(engine, source.name());
    var hashes = way.hashes(model, state);
    return new ComposeForesight(engine, way.through(), model, hashes, state, options)
        .plan(services);
  }

  /** Services with those that they need. */
  private static Set<String> needed(ObjectNode model, List<String> services) {
    var needed = new LinkedHashSet<String>();
    var open = new ArrayList<>(services);
    while (!open.isEmpty()) {
      var service = open.removeLast();
      if (needed.add(service)) {
        model
            .path("services")
            .path(service)
            .path("depends_on")
            .fieldNames()
            .forEachRemaining(open::add);
      }
    }
    return needed;
  }

  private static Map<String, Integer> scale(Asked asked) {
    Map<String, Integer> scale = asked.scale() == null ? Map.of() : asked.scale();
    scale.forEach(
        (service, count) -> {
          if (count < 0) {
            throw new HearthException(
                DockerError.SPEC_VALUE, "scale." + service, "cannot be less than 0");
          }
        });
    return scale;
  }

  private static ComposeWay.Up up(Asked asked) {
    return new ComposeWay.Up(
        asked.servicesOrAll(),
        Boolean.TRUE.equals(asked.build()),
        Optional.ofNullable(asked.recreate()).orElse(ComposeWay.Recreate.changed),
        scale(asked),
        Boolean.TRUE.equals(asked.removeOrphans()),
        asked.grace(),
        asked.timeout());
  }

  @Op(writes = true)
  Outcome composeUp(Asked asked) throws InterruptedException {
    var options = up(asked);
    return outcome(
        asked,
        way -> {
          var model = way.config();
          up(way, options, model);
          if (!Boolean.TRUE.equals(asked.detached())) {
            var limit = Optional.ofNullable(asked.timeout()).orElse(USUAL_LIMIT);
            var services = new ArrayList<String>();
            model.path("services").fieldNames().forEachRemaining(services::add);
            if (!asked.servicesOrAll().isEmpty()) {
              services.retainAll(needed(model, asked.servicesOrAll()));
            }
            new ComposeReadiness(engine, model.path("name").asText(), limit)
                .await(services, Condition.READY);
          }
        });
  }

  /** What a failure is about is seen at the engine, whatever the way said of it. */
  private void up(ComposeWay way, ComposeWay.Up options, ObjectNode model)
      throws InterruptedException {
    try {
      way.up(options);
    } catch (HearthException e) {
      if (e.code() != ComposeError.COMPOSE_FAILED) {
        throw e;
      }
      var awaited = new LinkedHashSet<String>();
      model
          .path("services")
          .forEach(
              each ->
                  each.path("depends_on")
                      .properties()
                      .forEach(
                          other -> {
                            if (!other
                                .getValue()
                                .path("condition")
                                .asText()
                                .equals("service_started")) {
                              awaited.add(other.getKey());
                            }
                          }));
      for (var each : ComposeState.containers(engine, model.path("name").asText())) {
        if (awaited.contains(each.service()) && each.health().equals("unhealthy")) {
          throw ComposeReadiness.notReady(each, "it is unhealthy").causedBy(e);
        }
        if (awaited.contains(each.service()) && !each.isRunning() && each.exitCode() != 0) {
          throw ComposeReadiness.notReady(each, "it ended with status " + each.exitCode())
              .causedBy(e);
        }
      }
      throw e;
    }
  }

  @Op(writes = true)
  Outcome composeDown(Asked asked) throws InterruptedException {
    return outcome(
        asked,
        way ->
            way.down(
                new ComposeWay.Down(
                    Boolean.TRUE.equals(asked.volumes()),
                    asked.images(),
                    Boolean.TRUE.equals(asked.removeOrphans()),
                    asked.grace())));
  }

  @Op(writes = true)
  Outcome composeStart(Asked asked) throws InterruptedException {
    return outcome(asked, way -> way.start(asked.servicesOrAll()));
  }

  @Op(writes = true)
  Outcome composeStop(Asked asked) throws InterruptedException {
    return outcome(asked, way -> way.stop(asked.servicesOrAll(), asked.grace()));
  }

  @Op(writes = true)
  Outcome composeRestart(Asked asked) throws InterruptedException {
    return outcome(asked, way -> way.restart(asked.servicesOrAll(), asked.grace()));
  }

  @Op(writes = true)
  void composePull(Asked asked) throws InterruptedException {
    way(asked, asked.source(engine)).pull(asked.servicesOrAll());
  }

  @Op(writes = true)
  void composeBuild(Asked asked) throws InterruptedException {
    way(asked, asked.source(engine))
        .build(asked.servicesOrAll(), Boolean.TRUE.equals(asked.noCache()));
  }

  private Outcome outcome(Asked asked, Work work) throws InterruptedException {
    var source = asked.source(engine);
    var way = way(asked, source);
    var before = ComposeState.read(engine, source.name());
    work.on(way);
    var after = ComposeState.read(engine, source.name());
    return new Outcome(
        source.name(),
        way.through(),
        after.differsFrom(before),
        before.containers(),
        after.containers(),
        Removed.between(before, after));
  }
}
