package dev.hearth.stdlib.images;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A catalogue as it was written: its tree, and the line that each part of it stands in. */
final class CatalogueText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final String text;
  private final JsonNode tree;
  private final Map<String, Location> places = new HashMap<>();

  /**
   * @param file what it is called in messages
   * @throws HearthException {@code images.not-json}
   */
  CatalogueText(String file, String text) {
    this.file = file;
    this.text = text;
    try {
      tree = MAPPER.readTree(text);
      find();
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new HearthException(ImagesError.NOT_JSON, file)
          .at(location(place.getLineNr(), place.getColumnNr()))
          .causedBy(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
  }

  private void find() throws IOException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      while (parser.nextToken() != null) {
        var place = parser.currentTokenLocation();
        places.putIfAbsent(
            parser.getParsingContext().pathAsPointer().toString(),
            location(place.getLineNr(), place.getColumnNr()));
      }
    }
  }

  private Location location(int line, int column) {
    return new Location(
        file, line, column, text.lines().skip(Math.max(0, line - 1)).findFirst().orElse(null));
  }

  JsonNode tree() {
    return tree;
  }

  /** What is wrong with the part at a JSON pointer. */
  HearthException invalid(String pointer, String fault) {
    var nearest = pointer;
    while (!nearest.isEmpty() && !places.containsKey(nearest)) {
      nearest = nearest.substring(0, nearest.lastIndexOf('/'));
    }
    var error = new HearthException(ImagesError.INVALID, file, fault).with("at", pointer);
    var place = places.get(nearest);
    return place == null ? error : error.at(place);
  }
}
