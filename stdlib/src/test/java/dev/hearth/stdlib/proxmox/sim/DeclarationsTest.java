package dev.hearth.stdlib.proxmox.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.rest.RealMethods;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that the simulator serves is the one that it checks by. */
class DeclarationsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> declared = flat(tree(8));

  private static JsonNode tree(int major) {
    var world = WorldBuilder.of(new SteppedClock(), major).node("pve").build();
    try (var simulator = new ProxmoxSimulator(world, ImageSource.none())) {
      var answer =
          simulator.answer(SimRequest.of("GET", "/pve-docs/api-viewer/apidoc.js", Map.of()));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/javascript");
      var script = new String(answer.bytes(), StandardCharsets.UTF_8);
      assertThat(script).startsWith("const apiSchema = [").endsWith("]\n;\n");
      return JSON.readTree(script.substring(script.indexOf('['), script.lastIndexOf(';')));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Each method of the tree, with its path. */
  private static List<JsonNode> flat(JsonNode nodes) {
    var methods = new ArrayList<JsonNode>();
    for (var node : nodes) {
      for (var info : node.path("info")) {
        methods.add(((ObjectNode) info.deepCopy()).set("path", node.get("path")));
      }
      methods.addAll(flat(node.path("children")));
    }
    return methods;
  }

  private static String key(JsonNode method) {
    return method.get("method").asText() + " " + method.get("path").asText();
  }

  @Test
  void the_schema_is_a_tree_of_paths() {
    var nodes = named(tree(8), "nodes");
    assertThat(nodes.get("path").asText()).isEqualTo("/nodes");
    assertThat(nodes.get("leaf").asInt()).isZero();
    assertThat(nodes.get("info").get("GET").get("method").asText()).isEqualTo("GET");

    var vm = named(named(nodes.get("children"), "{node}").get("children"), "qemu");
    var config = named(named(vm.get("children"), "{vmid}").get("children"), "config");
    assertThat(config.get("path").asText()).isEqualTo("/nodes/{node}/qemu/{vmid}/config");
    assertThat(config.get("leaf").asInt()).isOne();
    assertThat(config.has("children")).isFalse();
    assertThat(names(config.get("info"))).containsExactly("GET", "POST", "PUT");
  }

  private static JsonNode named(JsonNode nodes, String text) {
    for (var node : nodes) {
      if (node.get("text").asText().equals(text)) {
        return node;
      }
    }
    throw new AssertionError("There is no " + text + " in " + nodes);
  }

  @Test
  void numbered_parameters_are_one_and_property_strings_tell_their_options() {
    var create =
        declared.stream().filter(m -> key(m).equals("POST /nodes/{node}/qemu")).findFirst();
    var properties = create.orElseThrow().get("parameters").get("properties");

    assertThat(names(properties)).contains("net[n]", "scsi[n]", "numa", "numa[n]", "efidisk0");
    assertThat(names(properties)).doesNotContain("net0", "scsi1", "numa0");
    var network = properties.get("net[n]").get("format");
    assertThat(network.get("tag").toString())
        .isEqualTo("{\"type\":\"integer\",\"optional\":1,\"minimum\":1,\"maximum\":4094}");
    assertThat(network.get("model").get("default_key").asInt()).isOne();
    assertThat(network.get("e1000").toString())
        .isEqualTo("{\"alias\":\"macaddr\",\"keyAlias\":\"model\"}");
    assertThat(properties.get("scsi[n]").get("format").has("ssd")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void no_method_is_made_up(int major) {
    var real = RealMethods.of(major);
    assertThat(flat(tree(major))).isNotEmpty().allMatch(method -> real.contains(key(method)));
  }

  @Test
  void every_place_in_a_path_is_a_declared_parameter() {
    for (var method : declared) {
      var places = new TreeSet<String>();
      for (var segment : method.get("path").asText().split("/", -1)) {
        if (segment.startsWith("{")) {
          places.add(segment.substring(1, segment.length() - 1));
        }
      }
      assertThat(names(method.get("parameters").get("properties")))
          .as(method.get("path").asText())
          .containsAll(places);
    }
  }

  @Test
  void a_declaration_says_types_limits_and_rights() {
    var method =
        declared.stream()
            .filter(m -> m.get("name").asText().equals("create_user"))
            .findFirst()
            .orElseThrow();
    var properties = method.get("parameters").get("properties");

    assertThat(properties.get("password").toString())
        .isEqualTo("{\"type\":\"string\",\"optional\":1,\"minLength\":8,\"maxLength\":64}");
    assertThat(properties.get("userid").get("format").asText()).isEqualTo("pve-userid");
    assertThat(method.get("permissions").toString())
        .isEqualTo(
            "{\"check\":[\"and\",[\"userid-param\",\"Realm.AllocateUser\"],"
                + "[\"userid-group\",[\"User.Modify\"],\"groups_param\",\"create\"]]}");
  }

  private static Map<String, JsonNode> real(String version) throws IOException {
    var folder = Recording.folder();
    assumeTrue(folder.isPresent(), "The real schema is not on this machine.");
    var file = folder.orElseThrow().resolveSibling("pve-apischema-" + version + ".json");
    var real = new HashMap<String, JsonNode>();
    for (var method : JSON.readTree(Files.readAllBytes(file))) {
      real.put(key(method), method);
    }
    return real;
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.4", "9.2"})
  void nothing_is_declared_that_the_real_schema_lacks(String version) throws IOException {
    var real = real(version);
    var ours = flat(tree(Integer.parseInt(version.substring(0, 1))));
    var madeUp = new TreeSet<String>();
    int parameters = 0;
    int theirs = 0;
    for (var method : ours) {
      var same = real.get(key(method));
      if (same == null) {
        madeUp.add(key(method));
        continue;
      }
      if (key(method).matches("(POST|PUT) /cluster/ha/rules.*")) {
        continue; // their parameters depend on the type of the rule, which that file cannot say
      }
      var known = names(same.get("parameters"));
      var declaredNames = names(method.get("parameters").get("properties"));
      theirs += known.size();
      for (var name : declaredNames) {
        if (known.contains(name)) {
          parameters++;
        } else {
          madeUp.add(key(method) + " " + name);
        }
      }
    }
    System.out.printf(
        "Simulated of Proxmox VE %s: %d of %d methods, with %d of their %d parameters.%n",
        version, ours.size(), real.size(), parameters, theirs);
    assertThat(madeUp).isEmpty();
    assertThat(ours.size()).isGreaterThanOrEqualTo(version.equals("8.4") ? 594 : 645);
  }

  @Test
  void parameters_and_rights_are_those_of_the_real_schema() throws IOException {
    var real = real("8.4");
    var differences = new ArrayList<String>();
    for (var method : declared) {
      var key = key(method);
      var theirs = real.get(key);
      // What guests are configured with is compared value by value, in the recorded round trips.
      if (theirs != null
          && !key.contains("/qemu")
          && !key.matches("(PUT|POST) /nodes/\\{node}/lxc(/\\{vmid}/config)?")) {
        compare(key, theirs, method, differences);
      }
    }
    assertThat(String.join("\n", differences)).isEmpty();
  }

  private static void compare(
      String key, JsonNode theirs, JsonNode ours, List<String> differences) {
    var properties = ours.get("parameters").get("properties");
    for (var name : names(properties)) {
      var real = theirs.get("parameters").get(name);
      if (real == null) {
        differences.add(key + " has no parameter " + name);
        continue;
      }
      for (var rule :
          List.of("type", "optional", "minLength", "maxLength", "minimum", "maximum", "requires")) {
        var left = stated(rule, real.path(rule).asText(""));
        var right = properties.get(name).path(rule).asText("");
        if (!left.equals(right)) {
          differences.add(key + " " + name + " " + rule + ": " + left + " but was " + right);
        }
      }
    }
    var left = theirs.path("permissions").path("check").toString();
    var right = ours.path("permissions").path("check").toString();
    // A check beside `user: all` is only a hint to readers: it is never looked at.
    boolean isForAll = theirs.path("permissions").path("user").asText().equals("all");
    if (!left.equals(right) && !isForAll) {
      differences.add(key + " is for " + left + " but was for " + right);
    }
    if (theirs.path("allowtoken").asInt() != ours.path("allowtoken").asInt()) {
      differences.add(key + " allows tokens differently");
    }
  }

  /** That something is not optional need not be said. */
  private static String stated(String rule, String value) {
    return rule.equals("optional") && value.equals("0") ? "" : value;
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
