package dev.hearth.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The log of a user whose folders stand beside each other, as somebody reads it later. */
public final class LogLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LogLines() {}

  public static Path file(Path home) {
    return home.resolve("state/log/hearth.log");
  }

  /** Its lines; none when there is no log. */
  public static List<JsonNode> in(Path home) throws IOException {
    var lines = new ArrayList<JsonNode>();
    if (Files.exists(file(home))) {
      for (var line : Files.readAllLines(file(home))) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /** What its lines say, with the level. */
  public static List<String> said(Path home) throws IOException {
    return in(home).stream()
        .map(line -> line.path("level").asText() + " " + line.path("message").asText())
        .toList();
  }
}
