package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
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
              ListPage.BYTES,
              parser -> read(call, parser, kind, selection));
    } catch (HearthException e) {
      if (continued == null || !ApiServer.isExpired(e)) {
        throw e;
      }
      throw new HearthException(KubernetesError.LIST_EXPIRED, kind.plural()).causedBy(e);
    }
  }

  private static JsonText read(
      ApiCall call, JsonParser parser, ResourceKind kind, FieldSelection selection)
      throws IOException {
    var text = new StringWriter();
    try (var generator = ApiServer.MAPPER.createGenerator(text)) {
      generator.writeStartObject();
      generator.writeArrayFieldStart("items");
      var copy = new ObjectCopy(selection, kind.isSecret());
      var metadata =
          ListPage.read(
              call,
              parser,
              item -> {
                if (item.currentToken() == JsonToken.START_OBJECT) {
                  copy.copy(item, generator, kind);
                } else {
                  item.skipChildren();
                }
              });
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
}
