package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What is told of a node as a whole, and several questions at once. */
final class ReportMethods {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ValueFormat BATCH =
      ValueFormat.of(
          "pve-command-batch",
          value -> {
            try {
              return JSON.readTree(value).isArray()
                  ? Optional.empty()
                  : Optional.of("no JSON array\n");
            } catch (JsonProcessingException e) {
              return Optional.of("invalid JSON: " + e.getOriginalMessage() + "\n");
            }
          });

  private ReportMethods() {}

  static List<ApiMethod> all() {
    return List.of(
        OneNode.method("GET", "report", "report", OneNode.AUDIT).answers(ReportMethods::report),
        OneNode.method("GET", "netstat", "netstat", OneNode.AUDIT).answers(ReportMethods::netstat),
        OneNode.method("POST", "execute", "execute", Check.rootOnly())
            .param("commands", Param.of(formatted(BATCH)))
            .answers(ReportMethods::execute));
  }

  private static Object report(Call call) {
    var node = call.world().node(call.node());
    var text = new StringBuilder("==== general system info ====\n\n# hostname\n");
    text.append(node.name()).append("\n\n# cat /etc/hosts\n").append(SystemMethods.hosts(call));
    text.append("\n==== info about storage ====\n\n");
    for (var config : call.world().storages().configs()) {
      text.append(config.type()).append(": ").append(config.id()).append('\n');
    }
    text.append("\n==== info about virtual guests ====\n\n");
    for (var guest : call.world().guests().values()) {
      if (guest.node().equals(node.name())) {
        text.append("# ").append(guest.title()).append('\n');
        guest
            .config()
            .forEach((key, value) -> text.append(key + ": " + value.strip()).append('\n'));
      }
    }
    return text.toString();
  }

  /** The cards of running guests; nothing ever passed through them. */
  private static Object netstat(Call call) {
    var cards = new ArrayList<Item>();
    for (var guest : call.world().guests().values()) {
      if (!guest.node().equals(call.node()) || !guest.isRunning()) {
        continue;
      }
      for (var key : guest.config().keySet()) {
        if (key.matches("net\\d+")) {
          cards.add(
              Item.of("vmid", String.valueOf(guest.vmid()))
                  .with("dev", key)
                  .with("in", "0")
                  .with("out", "0"));
        }
      }
    }
    return cards;
  }

  private static Object execute(Call call) throws Refusal {
    var results = new ArrayList<Item>();
    for (var command : commands(call)) {
      results.add(answer(call, command));
    }
    return results;
  }

  private static List<JsonNode> commands(Call call) {
    try {
      return List.of(
          JSON.treeToValue(JSON.readTree(call.params().text("commands")), JsonNode[].class));
    } catch (JsonProcessingException e) {
      throw Refusal.parameter("commands", "invalid format - " + e.getOriginalMessage());
    }
  }

  /** Paths are below the node; an error is an answer like others. */
  private static Item answer(Call call, JsonNode command) {
    var path = "nodes/" + call.node() + "/" + command.path("path").asText();
    var params = new TreeMap<String, String>();
    command
        .path("args")
        .properties()
        .forEach(field -> params.put(field.getKey(), field.getValue().asText()));
    try {
      var data = call.inner(command.path("method").asText(), "/" + path, params);
      return Item.of("status", 200).with("data", data);
    } catch (Refusal e) {
      boolean isUnknown = e.status() == 501;
      var message = isUnknown ? "no handler for '" + path + "'\n" : e.message();
      return Item.of("status", isUnknown ? 500 : e.status()).with("message", message);
    }
  }
}
