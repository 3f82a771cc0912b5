package dev.hearth.stdlib.images;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.TextPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalogue as it was written: its tree, and the line that each part of it stands in. */
final class CatalogueText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;
  private final String text;
  private final JsonNode tree;
  private @Nullable Map<JsonPointer, JsonLocation> places; // where something is wrong

  /**
   * @param file what it is called in messages
   * @throws HearthException {@code images.not-json}
   */
  CatalogueText(String file, String text) {
    this.file = file;
    this.text = text;
    try {
      tree = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw place(place)
          .in(new HearthException(ImagesError.NOT_JSON, file, place.getLineNr()))
          .causedBy(e);
    }
  }

  /** A catalogue that a recipe spelled out: it has no lines. */
  static CatalogueText spelledOut(JsonNode tree) {
    return new CatalogueText(tree);
  }

  private CatalogueText(JsonNode tree) {
    this.file = "object";
    this.text = "";
    this.tree = tree;
  }

  /** Where each part begins, by its JSON pointer; of what has no text nothing. */
  private Map<JsonPointer, JsonLocation> places() {
    if (places == null) {
      var found = new HashMap<JsonPointer, JsonLocation>();
      try (JsonParser parser = MAPPER.createParser(text)) {
        while (parser.nextToken() != null) {
          found.putIfAbsent(
              parser.getParsingContext().pathAsPointer(), parser.currentTokenLocation());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e); // it was parsed before
      }
      places = found;
    }
    return places;
  }

  private TextPlace place(JsonLocation place) {
    return TextPlace.at(text, Math.clamp(place.getCharOffset(), 0, text.length()));
  }

  JsonNode tree() {
    return tree;
  }

  /** What is wrong with the part at a JSON pointer. */
  HearthException invalid(JsonPointer pointer, String fault) {
    var nearest = pointer;
    while (!nearest.equals(JsonPointer.empty()) && !places().containsKey(nearest)) {
      nearest = nearest.head();
    }
    var location = places().get(nearest);
    if (location == null) {
      return new HearthException(ImagesError.INVALID, file, path(pointer), fault);
    }
    var place = place(location);
    var where = path(pointer) + " in line " + place.line();
    return place.in(new HearthException(ImagesError.INVALID, file, where, fault));
  }

  /** {@code families.debian.releases[2]} for {@code /families/debian/releases/2}. */
  private static String path(JsonPointer pointer) {
    var path = pointer.toString().replaceAll("/([0-9]+)(?=/|$)", "[$1]").replaceFirst("^/", "");
    return path.isEmpty() ? "its top" : "`" + path.replace('/', '.') + "`";
  }
}
