package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What bringing a project up would do.
 *
 * @param project its name
 * @param through which way it goes
 * @param steps what happens to which container
 * @param networks that would be made
 * @param volumes that would be made
 */
record ComposePlan(
    String project,
    ComposeWay.Through through,
    List<Step> steps,
    List<String> networks,
    List<String> volumes) {

  /** What would happen to a container. */
  enum Action {
    create,
    recreate,
    start,
    keep,
    remove
  }

  /**
   * One container.
   *
   * @param because for people
   */
  record Step(String service, String container, Action action, String because) {}

  /** Of services that are meant; what is there of others is left out, but not what nobody has. */
  static ComposePlan of(
      ComposeWay way,
      ObjectNode model,
      Map<String, String> hashes,
      ComposeState state,
      Collection<String> services,
      boolean removesOrphans) {
    var project = model.path("name").asText();
    var steps = new ArrayList<Step>();
    for (var service : services) {
      var spec = model.path("services").path(service);
      int scale = spec.path("scale").asInt(spec.path("deploy").path("replicas").asInt(1));
      var there = new ArrayList<>(state.of(service));
      for (int i = 0; i < there.size(); i++) {
        steps.add(step(there.get(i), i >= scale, hashes.getOrDefault(service, "")));
      }
      for (int i = there.size() + 1; i <= scale; i++) {
        var name = spec.path("container_name").asText(project + "-" + service + "-" + i);
        steps.add(new Step(service, name, Action.create, "there is none"));
      }
    }
    for (var each : state.containers()) {
      if (removesOrphans && !model.path("services").has(each.service())) {
        steps.add(
            new Step(each.service(), each.name(), Action.remove, "no service of the model has it"));
      }
    }
    return new ComposePlan(
        project,
        way.through(),
        steps,
        missing(model.path("networks"), state.networks().keySet()),
        missing(model.path("volumes"), state.volumes().keySet()));
  }

  private static Step step(ComposeContainer container, boolean isTooMany, String hash) {
    var service = container.service();
    if (isTooMany) {
      return new Step(service, container.name(), Action.remove, "there are too many");
    }
    if (!container.hash().equals(hash)) {
      return new Step(
          service, container.name(), Action.recreate, "it was made from another definition");
    }
    return container.isRunning()
        ? new Step(service, container.name(), Action.keep, "it is as the model has it")
        : new Step(service, container.name(), Action.start, "it is " + container.state());
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
