package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Inventories, as Ansible itself resolves them. */
final class InventoryOps {
  private static final String PROGRAM = "ansible-inventory";

  private final Programs programs;

  InventoryOps(Programs programs) {
    this.programs = programs;
  }

  /**
   * Which inventory.
   *
   * @param inventory files and folders; none: those that the user configured
   * @param hosts an inventory as data
   */
  record Source(
      @Nullable List<String> inventory,
      @Nullable ObjectNode hosts,
      @Nullable String limit,
      @Nullable List<VaultKey> vault) {}

  /** Its groups and hosts, by name. */
  record Inventory(Map<String, Group> groups, Map<String, JsonNode> hosts) {}

  /** Who is in a group itself, and the groups that are in it. */
  record Group(List<String> hosts, List<String> children) {}

  @Op
  Inventory listInventory(Source request) throws InterruptedException {
    try (var folder = programs.privateFolder()) {
      var words = PlayRequest.inventories(programs, folder, request.inventory(), request.hosts());
      words.add("--list");
      PlayRequest.keys(words, programs, folder, request.vault());
      var limit = PlayRequest.pattern("limit", request.limit());
      if (limit != null) {
        words.add("--limit=" + limit);
      }
      var outcome = programs.output(PROGRAM, programs.inProject(PROGRAM, words));
      return inventory(PlaybookRun.MAPPER.readTree(outcome.outputText()));
    } catch (JacksonException e) {
      throw new HearthException(AnsibleError.PROGRAM_ANSWER, PROGRAM).causedBy(e);
    }
  }

  private static Inventory inventory(JsonNode said) {
    var groups = new TreeMap<String, Group>();
    var hosts = new TreeMap<String, JsonNode>();
    for (var one : said.properties()) {
      if (!one.getKey().equals("_meta")) {
        var group = new Group(texts(one.getValue(), "hosts"), texts(one.getValue(), "children"));
        groups.put(one.getKey(), group);
        group.hosts().forEach(host -> hosts.put(host, PlaybookRun.MAPPER.createObjectNode()));
      }
    }
    said.path("_meta")
        .path("hostvars")
        .properties()
        .forEach(one -> hosts.put(one.getKey(), one.getValue()));
    return new Inventory(groups, hosts);
  }

  private static List<String> texts(JsonNode group, String name) {
    var texts = new ArrayList<String>();
    group.path(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
