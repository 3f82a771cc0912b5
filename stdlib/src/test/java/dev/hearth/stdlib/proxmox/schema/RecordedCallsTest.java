package dev.hearth.stdlib.proxmox.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.proxmox.Reference;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real server took is never refused before it is sent. */
class RecordedCallsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void no_call_that_a_real_server_accepted_is_refused() throws Exception {
    var folder = Reference.find("");
    assumeTrue(folder.isPresent(), "The recordings are not on this machine.");
    var schema = real(folder.orElseThrow().resolveSibling("pve-apischema-8.4.json"));
    var refused = new ArrayList<String>();
    int accepted = 0;
    int wrong = 0;
    int caught = 0;
    for (var exchange : exchanges(folder.orElseThrow())) {
      var request = exchange.path("request");
      var target = request.path("path").asText().replaceFirst("^/api2/(json|extjs)", "");
      var path = target.replaceFirst("\\?.*", "");
      var found = schema.find(request.path("method").asText(), segments(path)).orElse(null);
      int status = exchange.path("response").path("status").asInt();
      var body = request.path("headers").path("Content-Type").asText("");
      boolean isJson = body.contains("json") && status != 200; // among them what is no JSON
      if (found == null || isJson || body.contains("multipart")) {
        continue;
      }
      var problems = found.method().problems(params(request, target), found.given());
      if (status == 200) {
        accepted++;
        if (!problems.isEmpty()) {
          refused.add(exchange.path("name").asText() + ": " + problems.values());
        }
      } else if (status == 400) {
        wrong++;
        caught += problems.isEmpty() ? 0 : 1;
      }
    }
    System.out.printf(
        "Recorded calls: %d accepted ones pass, %d of %d refused ones are caught unsent.%n",
        accepted - refused.size(), caught, wrong);
    assertThat(accepted).isPositive();
    assertThat(String.join("\n", refused)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"qemu", "lxc"})
  void no_value_that_a_real_server_accepted_is_refused(String kind) throws Exception {
    var rows = Reference.find("more/roundtrip-" + kind + ".tsv");
    assumeTrue(rows.isPresent(), "The recordings are not on this machine.");
    var folder = Reference.find("").orElseThrow();
    var found =
        real(folder.resolveSibling("pve-apischema-8.4.json"))
            .find("PUT", List.of("nodes", "pve", kind, "100", "config"))
            .orElseThrow();
    var refused = new ArrayList<String>();
    int accepted = 0;
    for (var row : Files.readAllLines(rows.orElseThrow())) {
      var cells = row.split("\t", -1);
      if (cells.length > 3 && cells[3].equals("200")) {
        accepted++;
        var sent = JSON.createObjectNode().put(cells[0], cells[1]);
        refused.addAll(found.method().problems(sent, found.given()).values());
      }
    }
    assertThat(accepted).isGreaterThan(10);
    assertThat(String.join("\n", refused)).isEmpty();
  }

  private static ServerSchema real(Path file) throws IOException {
    var tree = JSON.createArrayNode();
    for (var method : JSON.readTree(Files.readAllBytes(file))) {
      var parameters = JSON.createObjectNode();
      parameters.set("additionalProperties", method.path("additionalProperties"));
      parameters.set("properties", method.path("parameters"));
      var node = tree.addObject();
      node.set("path", method.get("path"));
      node.putObject("info").putObject(method.get("method").asText()).set("parameters", parameters);
    }
    return ServerSchema.of(SchemaScript.tree("const apiSchema = " + tree + ";"));
  }

  private static List<JsonNode> exchanges(Path folder) throws IOException {
    var all = new ArrayList<JsonNode>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        all.add(JSON.readTree(Files.readAllBytes(file)));
      }
    }
    if (Files.isDirectory(folder.resolve("more"))) {
      try (var files = Files.list(folder.resolve("more"))) {
        for (var file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
          for (var line : Files.readAllLines(file)) {
            all.add(JSON.readTree(line));
          }
        }
      }
    }
    return all;
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
  }

  private static ObjectNode params(JsonNode request, String target) throws IOException {
    if (request.path("body").asText("").startsWith("{")) {
      return (ObjectNode) JSON.readTree(request.path("body").asText());
    }
    var params = JSON.createObjectNode();
    int mark = target.indexOf('?');
    form(mark < 0 ? "" : target.substring(mark + 1), params);
    form(request.path("body").asText(""), params);
    return params;
  }

  private static void form(String form, ObjectNode params) {
    for (var pair : form.split("&", -1)) {
      if (!pair.isEmpty()) {
        var parts = pair.split("=", 2);
        params.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
