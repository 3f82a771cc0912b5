package dev.hearth.runtime.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * A JSON tree as text. {@link JsonNode#toString} gives the same, but makes an object mapper first,
 * which costs the start of every run 15 ms.
 */
public final class JsonText {
  /** What a run records nests what a recipe returned a little deeper than that may nest. */
  public static final int DEEPEST = 2_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private JsonText() {}

  /** The tree on one line. Its values are JSON's own: no Java objects in it. */
  public static String of(JsonNode tree) {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      write(tree, out);
    } catch (IOException e) {
      throw new UncheckedIOException("A tree has no JSON form.", e);
    }
    return text.toString();
  }

  /** The same JSON with an escape in place of each character that {@code which} picks. */
  public static String escaped(String json, IntPredicate which) {
    for (int at = 0; at < json.length(); at += Character.charCount(json.codePointAt(at))) {
      if (which.test(json.codePointAt(at))) {
        return escapedFrom(at, json, which);
      }
    }
    return json;
  }

  private static String escapedFrom(int first, String json, IntPredicate which) {
    var out = new StringBuilder(json.length() + 16).append(json, 0, first);
    json.substring(first)
        .codePoints()
        .forEach(
            c -> {
              if (which.test(c)) {
                for (var unit : Character.toChars(c)) {
                  out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static void write(JsonNode node, JsonGenerator out) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (var field : node.properties()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (var item : node) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case NUMBER -> number(node, out);
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case BINARY -> out.writeBinary(node.binaryValue());
      case NULL -> out.writeNull();
      case POJO, MISSING ->
          throw new IllegalArgumentException("A " + node.getNodeType() + " node is no JSON.");
    }
  }

  private static void number(JsonNode node, JsonGenerator out) throws IOException {
    switch (node.numberType()) {
      case INT -> out.writeNumber(node.intValue());
      case LONG -> out.writeNumber(node.longValue());
      case FLOAT -> out.writeNumber(node.floatValue());
      case DOUBLE -> out.writeNumber(node.doubleValue());
      case BIG_INTEGER -> out.writeNumber(node.bigIntegerValue());
      case BIG_DECIMAL -> out.writeNumber(node.decimalValue());
    }
  }
}
