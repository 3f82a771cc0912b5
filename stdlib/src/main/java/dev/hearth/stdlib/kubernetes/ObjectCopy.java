package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.stdlib.json.FieldSelection;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies objects from what arrives to what a recipe gets, without holding any of them: only the
 * fields that are wanted, never the records of who manages which field, and of a Secret its keys
 * but no values.
 */
final class ObjectCopy {
  static final Set<String> SECRET_FIELDS = Set.of("data", "stringData");

  /** Where kubectl repeats the whole object, with what is secret in it. */
  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final FieldSelection selection;
  private final boolean isSecret;

  private Notes notes = new Notes();

  ObjectCopy(FieldSelection selection, boolean isSecret) {
    this.selection = selection;
    this.isSecret = isSecret;
  }

  /**
   * Copies the object at whose begin the parser stands.
   *
   * @param kind what lists leave out of their items; null where the object says it itself
   * @return what the object is
   */
  ObjectIdentity copy(JsonParser from, JsonGenerator to, @Nullable ResourceKind kind)
      throws IOException {
    notes = new Notes();
    to.writeStartObject();
    if (kind != null && selection.isAll()) {
      to.writeStringField("apiVersion", kind.apiVersion());
      to.writeStringField("kind", kind.kind());
    }
    while (from.nextToken() != JsonToken.END_OBJECT) {
      var field = from.currentName();
      from.nextToken();
      boolean isSaid =
          kind != null && selection.isAll() && (field.equals("apiVersion") || field.equals("kind"));
      var wanted = isSaid ? null : selection.of(field);
      notes.ofObject(field, from);
      if (wanted == null && field.equals("metadata")) {
        look(from);
      } else if (wanted == null) {
        from.skipChildren();
      } else if (isSecret && SECRET_FIELDS.contains(field)) {
        to.writeFieldName(field);
        masked(from, to, wanted);
      } else if (field.equals("metadata")) {
        to.writeFieldName(field);
        metadata(from, to, wanted);
      } else {
        to.writeFieldName(field);
        wanted.copy(from, to);
      }
    }
    to.writeEndObject();
    return notes.identity();
  }

  /** What an object says of itself, whether that is wanted or not. */
  private static final class Notes {
    private String apiVersion = "";
    private String kind = "";
    private String namespace = "";
    private String name = "";
    private String uid = "";
    private String version = "";

    private void ofObject(String field, JsonParser from) throws IOException {
      if (from.currentToken() == JsonToken.VALUE_STRING) {
        switch (field) {
          case "apiVersion" -> apiVersion = from.getText();
          case "kind" -> kind = from.getText();
          default -> {}
        }
      }
    }

    private void ofMetadata(String field, JsonParser from) throws IOException {
      if (from.currentToken() == JsonToken.VALUE_STRING) {
        switch (field) {
          case "namespace" -> namespace = from.getText();
          case "name" -> name = from.getText();
          case "uid" -> uid = from.getText();
          case "resourceVersion" -> version = from.getText();
          default -> {}
        }
      }
    }

    private ObjectIdentity identity() {
      return new ObjectIdentity(apiVersion, kind, namespace, name, uid, version);
    }
  }

  /** Looks at metadata that nobody wants. */
  private void look(JsonParser from) throws IOException {
    if (from.currentToken() == JsonToken.START_OBJECT) {
      while (from.nextToken() != JsonToken.END_OBJECT) {
        var field = from.currentName();
        from.nextToken();
        notes.ofMetadata(field, from);
        from.skipChildren();
      }
    }
  }

  private void metadata(JsonParser from, JsonGenerator to, FieldSelection wanted)
      throws IOException {
    if (from.currentToken() != JsonToken.START_OBJECT) {
      wanted.copy(from, to);
      return;
    }
    to.writeStartObject();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      var field = from.currentName();
      from.nextToken();
      notes.ofMetadata(field, from);
      var inner = field.equals("managedFields") ? null : wanted.of(field);
      if (inner == null) {
        from.skipChildren();
      } else if (isSecret && field.equals("annotations")) {
        to.writeFieldName(field);
        annotations(from, to, inner);
      } else {
        to.writeFieldName(field);
        inner.copy(from, to);
      }
    }
    to.writeEndObject();
  }

  private static void annotations(JsonParser from, JsonGenerator to, FieldSelection wanted)
      throws IOException {
    if (from.currentToken() != JsonToken.START_OBJECT) {
      wanted.copy(from, to);
      return;
    }
    to.writeStartObject();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      var name = from.currentName();
      from.nextToken();
      var inner = name.equals(LAST_APPLIED) ? null : wanted.of(name);
      if (inner == null) {
        from.skipChildren();
      } else {
        to.writeFieldName(name);
        inner.copy(from, to);
      }
    }
    to.writeEndObject();
  }

  /** The keys, each with the mask in place of its value. */
  private static void masked(JsonParser from, JsonGenerator to, FieldSelection wanted)
      throws IOException {
    if (from.currentToken() != JsonToken.START_OBJECT) {
      to.writeNull();
      from.skipChildren();
      return;
    }
    to.writeStartObject();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      var name = from.currentName();
      from.nextToken();
      from.skipChildren();
      if (wanted.of(name) != null) {
        to.writeStringField(name, Secret.MASK);
      }
    }
    to.writeEndObject();
  }
}
