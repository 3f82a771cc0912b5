package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.ComposePlan.Action;
import dev.hearth.stdlib.docker.ComposePlan.Step;
import dev.hearth.stdlib.docker.compose.Sharing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Works out what bringing a project up would do, from what there is at the engine. */
final class ComposeForesight {
  private final Engine engine;
  private final ObjectNode model;
  private final Map<String, String> hashes;
  private final ComposeState state;
  private final ComposeWay.Up options;
  private final Map<String, Optional<String>> images = new HashMap<>();
  private final Set<String> anew = new LinkedHashSet<>();
  private final Set<String> made = new LinkedHashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private final ComposeWay.Through through;

  ComposeForesight(
      Engine engine,
      ComposeWay.Through through,
      ObjectNode model,
      Map<String, String> hashes,
      ComposeState state,
      ComposeWay.Up options) {
    this.engine = engine;
    this.through = through;
    this.model = model;
    this.hashes = hashes;
    this.state = state;
    this.options = options;
  }

  /** Of services that are meant; what is there of others is left out, but not what nobody has. */
  ComposePlan plan(Collection<String> services) {
    for (var service : inOrder(services)) {
      foresee(service);
    }
    for (var each : state.containers()) {
      if (options.removeOrphans() && !model.path("services").has(each.service())) {
        steps.add(
            new Step(each.service(), each.name(), Action.remove, "no service of the model has it"));
      }
    }
    return new ComposePlan(
        model.path("name").asText(),
        through,
        steps,
        missing(model.path("networks"), state.networks().keySet()),
        missing(model.path("volumes"), state.volumes().keySet()));
  }

  private List<String> inOrder(Collection<String> services) {
    var ordered = new LinkedHashSet<String>();
    services.forEach(service -> add(service, services, ordered));
    return List.copyOf(ordered);
  }

  private void add(String service, Collection<String> services, Set<String> ordered) {
    if (services.contains(service) && !ordered.contains(service)) {
      spec(service)
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(other -> add(other, services, ordered));
      ordered.add(service);
    }
  }

  private JsonNode spec(String service) {
    return model.path("services").path(service);
  }

  private void foresee(String service) {
    var spec = spec(service);
    int scale =
        options
            .scale()
            .getOrDefault(
                service, spec.path("scale").asInt(spec.path("deploy").path("replicas").asInt(1)));
    var there = state.of(service);
    for (int i = 0; i < there.size(); i++) {
      steps.add(
          i >= scale
              ? new Step(service, there.get(i).name(), Action.remove, "there are too many")
              : step(there.get(i)));
    }
    var project = model.path("name").asText();
    int missing = scale - there.size();
    for (int number = 1; missing > 0; number++) {
      int free = number;
      if (there.stream().noneMatch(each -> each.number() == free)) {
        var name = spec.path("container_name").asText(project + "-" + service + "-" + number);
        steps.add(new Step(service, name, Action.create, "there is none"));
        made.add(service);
        missing--;
      }
    }
  }

  private Step step(ComposeContainer container) {
    var service = container.service();
    var why = whyAnew(container);
    if (why.isPresent()) {
      anew.add(service);
      made.add(service);
      return new Step(service, container.name(), Action.recreate, why.get());
    }
    if (!container.isRunning()) {
      return new Step(service, container.name(), Action.start, "it is " + container.state());
    }
    return restarting(service)
        .map(because -> new Step(service, container.name(), Action.restart, because))
        .orElseGet(() -> new Step(service, container.name(), Action.keep, kept(service)));
  }

  private Optional<String> whyAnew(ComposeContainer container) {
    var service = container.service();
    for (var other : Sharing.of(spec(service)).values()) {
      if (made.contains(other)) {
        return Optional.of("it lives with `" + other + "`, which is made anew");
      }
    }
    var restarting = restarting(service);
    if (through == ComposeWay.Through.plugin && restarting.isPresent()) {
      return restarting; // which the plug-in makes anew
    }
    return switch (options.recreate()) {
      case always -> Optional.of("all are to be made anew");
      case never -> Optional.empty();
      case changed -> whyChanged(container);
    };
  }

  private Optional<String> whyChanged(ComposeContainer container) {
    if (!container.hash().equals(hashes.getOrDefault(container.service(), ""))) {
      return Optional.of("it was made from another definition");
    }
    var image = image(container.service());
    if (image.isEmpty()) {
      return Optional.of("its image is not there under its name, and is got again");
    }
    return image.get().equals(container.imageId())
        ? Optional.empty()
        : Optional.of("its image's name stands for another image");
  }

  /** The id that the name of a service's image stands for; empty where it is not there. */
  private Optional<String> image(String service) {
    var name = spec(service).path("image").asText(model.path("name").asText() + "-" + service);
    return images.computeIfAbsent(
        name,
        image -> {
          var answer = engine.answer(EngineCall.get("/images/{image}/json", image));
          return answer.isGood()
              ? Optional.of(answer.body().path("Id").asText())
              : Optional.empty();
        });
  }

  private Optional<String> restarting(String service) {
    return spec(service).path("depends_on").properties().stream()
        .filter(each -> each.getValue().path("restart").asBoolean(false))
        .map(Map.Entry::getKey)
        .filter(anew::contains)
        .findFirst()
        .map(other -> "`" + other + "`, which it depends on, is made anew");
  }

  private String kept(String service) {
    return switch (spec(service).path("pull_policy").asText("")) {
      case "always" -> "it is as the model has it, if fetching brings no other image";
      case "build" -> "it is as the model has it, if building makes no other image";
      default -> "it is as the model has it";
    };
  }

  private static List<String> missing(JsonNode wanted, Collection<String> there) {
    var names = new ArrayList<String>();
    wanted.forEach(
        each -> {
          var name = each.path("name").asText();
          if (!each.path("external").asBoolean(false) && !there.contains(name)) {
            names.add(name);
          }
        });
    return names;
  }
}
