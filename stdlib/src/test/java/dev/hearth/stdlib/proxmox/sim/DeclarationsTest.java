package dev.hearth.stdlib.proxmox.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.rest.RealMethods;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The schema that the simulator serves is the one that it checks by. */
class DeclarationsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> declared = served();

  private static List<JsonNode> served() {
    var world = WorldBuilder.standard(new SteppedClock()).build();
    try (var simulator = new ProxmoxSimulator(world, ImageSource.none())) {
      var answer =
          simulator.answer(SimRequest.of("GET", "/pve-docs/api-viewer/apidoc.js", Map.of()));
      var methods = new ArrayList<JsonNode>();
      JSON.readTree(answer.bytes()).get("methods").forEach(methods::add);
      return methods;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void no_method_is_made_up() {
    assertThat(declared)
        .isNotEmpty()
        .allMatch(
            method ->
                RealMethods.all()
                    .contains(method.get("method").asText() + " " + method.get("path").asText()));
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

  @Test
  void parameters_and_rights_are_those_of_the_real_schema() throws IOException {
    var folder = Recording.folder();
    assumeTrue(folder.isPresent(), "The real schema is not on this machine.");
    var file = folder.orElseThrow().resolveSibling("pve-apischema-8.4.json");
    var real = new HashMap<String, JsonNode>();
    for (var method : JSON.readTree(Files.readAllBytes(file))) {
      real.put(method.get("method").asText() + " " + method.get("path").asText(), method);
    }
    var differences = new ArrayList<String>();
    for (var method : declared) {
      var key = method.get("method").asText() + " " + method.get("path").asText();
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
        var left = real.path(rule).asText("");
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

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
