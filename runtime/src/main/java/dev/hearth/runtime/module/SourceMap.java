package dev.hearth.runtime.module;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of a generated file come from: a source map of revision 3. It comes from whoever
 * wrote the file, so all of it is doubted: what is not as it should be leads nowhere.
 */
public final class SourceMap {
  /** A larger one is not looked into. */
  public static final int LARGEST = 8 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxStringLength(LARGEST)
                          .build())
                  .build())
          .build();

  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final JsonNode map;

  private SourceMap(JsonNode map) {
    this.map = map;
  }

  /**
   * A place in a file that another was made of.
   *
   * @param file as the map names it
   * @param line counted from 1
   * @param column counted from 1
   * @param content the whole file, if the map has it
   */
  public record Original(String file, int line, int column, Optional<String> content) {}

  /** A map; empty when this is none. */
  public static Optional<SourceMap> read(byte[] json) {
    if (json.length > LARGEST) {
      return Optional.empty();
    }
    try {
      var map = JSON.readTree(json);
      var isMap = map.path("version").asInt() == 3 && map.path("mappings").isTextual();
      return isMap ? Optional.of(new SourceMap(map)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where a place of the generated file comes from, both counted from 1. */
  public Optional<Original> original(int line, int column) {
    var found = new Mappings(map.path("mappings").textValue()).find(line - 1, column - 1);
    if (found == null) {
      return Optional.empty();
    }
    var name = map.path("sources").path(found.source);
    if (!name.isTextual()) {
      return Optional.empty();
    }
    var content = map.path("sourcesContent").path(found.source);
    return Optional.of(
        new Original(
            map.path("sourceRoot").asText("") + name.textValue(),
            found.line + 1,
            found.column + 1,
            Optional.ofNullable(content.textValue())));
  }

  /** The text that pairs places, read from its beginning, as each number is the change of one. */
  private static final class Mappings {
    private final String text;
    private int at;
    private int source;
    private int line;
    private int column;

    Mappings(String text) {
      this.text = text;
    }

    private record Segment(int source, int line, int column) {}

    /** The last segment of the line that does not begin behind the column. */
    @Nullable Segment find(int wantedLine, int wantedColumn) {
      Segment found = null;
      int generatedLine = 0;
      int generatedColumn = 0;
      while (at < text.length() && generatedLine <= wantedLine) {
        char c = text.charAt(at);
        if (c == ';') {
          generatedLine++;
          generatedColumn = 0;
          at++;
        } else if (c == ',') {
          at++;
        } else {
          generatedColumn += number();
          var segment = segment();
          if (generatedLine == wantedLine && generatedColumn <= wantedColumn) {
            found = segment;
          }
        }
      }
      return found;
    }

    /** The rest of a segment; {@code null} when it comes from nowhere. */
    private @Nullable Segment segment() {
      if (isOver()) {
        return null;
      }
      source += number();
      line += number();
      column += number();
      if (!isOver()) {
        number(); // the index of a name
      }
      boolean isPlace = source >= 0 && line >= 0 && column >= 0;
      return isPlace ? new Segment(source, line, column) : null;
    }

    private boolean isOver() {
      return at == text.length() || text.charAt(at) == ',' || text.charAt(at) == ';';
    }

    /** Five bits a digit, the lowest first; the lowest bit of all is the sign. */
    private int number() {
      int value = 0;
      int shift = 0;
      while (at < text.length()) {
        int digit = DIGITS.indexOf(text.charAt(at++));
        value |= shift < 32 ? (digit & 31) << shift : 0;
        shift += 5;
        if (digit < 32) { // also for what is no digit, which `indexOf` answers with -1
          break;
        }
      }
      return (value & 1) == 0 ? value >>> 1 : -(value >>> 1);
    }
  }
}
