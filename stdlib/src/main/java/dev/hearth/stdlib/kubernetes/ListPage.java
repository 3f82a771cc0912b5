package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.HearthException;
import java.io.IOException;

/** A page of a list, of which no more than an item is held while it arrives. */
final class ListPage {
  /** More than 500 of the largest objects that are usual. */
  static final long BYTES = 256L * 1024 * 1024;

  private ListPage() {}

  /** Who gets the items. */
  interface Items {
    /** The parser stands at the begin of an item, and has to stand at its end afterwards. */
    void read(JsonParser parser) throws IOException;
  }

  /** Reads a page; returns the list's metadata. */
  static JsonNode read(ApiCall call, JsonParser parser, Items items) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new HearthException(KubernetesError.NOT_KUBERNETES, call, "its answer is no list");
    }
    JsonNode metadata = MissingNode.getInstance();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (name.equals("metadata")) {
        metadata = ApiServer.MAPPER.readTree(parser);
      } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.read(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
    return metadata;
  }
}
