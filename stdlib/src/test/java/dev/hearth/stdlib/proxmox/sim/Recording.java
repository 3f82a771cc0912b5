package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One exchange with a real server. */
record Recording(int number, String name, JsonNode request, JsonNode response) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The folder with the recordings, on machines that have it. */
  static Optional<Path> folder() {
    var named = System.getProperty("hearth.test.exchanges");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var beside = at.resolveSibling("shared").resolve("reference").resolve("pve-exchanges");
      if (Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  /** All recordings of a folder in order. */
  static List<Recording> all(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d{3}-.*\\.json"))
          .sorted()
          .map(Recording::read)
          .toList();
    }
  }

  /** All recordings of a file that has one on each line. */
  static List<Recording> lines(Path file) throws IOException {
    var recordings = new java.util.ArrayList<Recording>();
    for (var line : Files.readAllLines(file)) {
      var json = JSON.readTree(line);
      recordings.add(
          new Recording(
              json.get("number").asInt(),
              json.get("name").asText(),
              json.get("request"),
              json.get("response")));
    }
    return recordings;
  }

  private static Recording read(Path file) {
    try {
      var json = JSON.readTree(Files.readAllBytes(file));
      var name = file.getFileName().toString().replace(".json", "");
      return new Recording(
          Integer.parseInt(name.substring(0, 3)), name, json.get("request"), json.get("response"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String method() {
    return request.get("method").asText();
  }

  String path() {
    return request.get("path").asText();
  }

  String header(String header) {
    return request.get("headers").path(header).asText("");
  }

  String body() {
    return request.path("body").isNull() ? "" : request.path("body").asText();
  }

  int status() {
    return response.get("status").asInt();
  }

  String reason() {
    return response.get("reason").asText();
  }

  /** The answer's body; a text node with nothing in it when there was none. */
  JsonNode answer() {
    return response.get("body");
  }
}
