package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.json.FieldSelection;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of objects, a page at a time: what is not wanted of them is dropped while they arrive. */
final class ListOps {
  private static final long PAGE_BYTES = 256L * 1024 * 1024;

  private final Cluster cluster;

  ListOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A page of a list.
   *
   * @param limit the most objects that are wanted of this page
   * @param continueToken where the last page ended; null for the first one
   * @param pageSize the most objects that are asked for at once; null for the usual 500
   */
  record Page(
      String kind,
      @Nullable String namespace,
      @Nullable Boolean allNamespaces,
      @Nullable JsonNode labels,
      @Nullable JsonNode fields,
      @Nullable Integer limit,
      @Nullable Integer pageSize,
      @Nullable List<String> select,
      @Nullable String continueToken) {}

  /** {@code { items, continue, resourceVersion }}; without {@code continue} it was the last. */
  @Op
  JsonText listPage(Page request) {
    var kind = cluster.kinds().named(request.kind());
    var namespace =
        Boolean.TRUE.equals(request.allNamespaces())
            ? ""
            : cluster.namespace(kind, request.namespace());
    int size = request.pageSize() == null ? ApiServer.PAGE : Math.max(1, request.pageSize());
    var call =
        ApiCall.get(kind.path(namespace))
            .param("labelSelector", Selector.labels(request.labels()))
            .param("fieldSelector", Selector.fields(request.fields()))
            .param("limit", request.limit() == null ? size : Math.min(size, request.limit()))
            .about(kind.plural());
    return page(call, kind, FieldSelection.of(request.select()), request.continueToken());
  }

  private JsonText page(
      ApiCall call, ResourceKind kind, FieldSelection selection, @Nullable String continued) {
    try {
      return cluster
          .server()
          .read(
              call.param("continue", continued),
              PAGE_BYTES,
              parser -> read(call, parser, kind, selection));
    } catch (HearthException e) {
      if (continued == null || !Integer.valueOf(410).equals(e.details().get("status"))) {
        throw e;
      }
      throw new HearthException(KubernetesError.LIST_EXPIRED, kind.plural()).causedBy(e);
    }
  }

  private static JsonText read(
      ApiCall call, JsonParser parser, ResourceKind kind, FieldSelection selection)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new HearthException(KubernetesError.NOT_KUBERNETES, call, "its answer is no list");
    }
    var text = new StringWriter();
    JsonNode metadata = MissingNode.getInstance();
    try (var generator = ApiServer.MAPPER.createGenerator(text)) {
      generator.writeStartObject();
      generator.writeArrayFieldStart("items");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        var value = parser.nextToken();
        if (name.equals("metadata")) {
          metadata = parser.readValueAsTree();
        } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
          items(parser, generator, kind, selection);
        } else {
          parser.skipChildren();
        }
      }
      generator.writeEndArray();
      var next = metadata.path("continue").asText("");
      if (!next.isEmpty()) {
        generator.writeStringField("continue", next);
      }
      generator.writeStringField("resourceVersion", metadata.path("resourceVersion").asText(""));
      generator.writeEndObject();
    }
    return new JsonText(text.toString());
  }

  private static void items(
      JsonParser parser, JsonGenerator generator, ResourceKind kind, FieldSelection selection)
      throws IOException {
    var copy = new ObjectCopy(selection, kind.isSecret());
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        copy.copy(parser, generator, kind);
      } else {
        parser.skipChildren();
      }
    }
  }
}
