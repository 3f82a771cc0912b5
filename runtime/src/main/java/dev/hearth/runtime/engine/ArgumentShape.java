package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a record needs: the fields that are not {@code @Nullable} or optional, also inside of its
 * records, lists and maps. Looked at before anything is made of the JSON, so that no constructor
 * and no op meets a null that its types rule out. What is a tree, such as parameters that are
 * handed on, stays open.
 */
final class ArgumentShape {
  private static final ClassValue<ArgumentShape> KNOWN =
      new ClassValue<>() {
        @Override
        protected ArgumentShape computeValue(Class<?> type) {
          return new ArgumentShape(type);
        }
      };

  private final Map<String, Place> fields = new LinkedHashMap<>();

  private ArgumentShape(Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      fields.put(component.getName(), Place.of(component.getAnnotatedType()));
    }
  }

  /**
   * What may stand in one place, read from its type once: reflection makes its answers anew for
   * each question, and every call of every op asks.
   *
   * @param items what stands in the places of a list
   * @param values what stands behind the keys of a map
   */
  private record Place(
      Class<?> type, boolean mayBeAbsent, @Nullable Place items, @Nullable Place values) {
    static Place of(AnnotatedType annotated) {
      var type = raw(annotated);
      boolean mayBeAbsent = annotated.isAnnotationPresent(Nullable.class) || type == Optional.class;
      if (annotated instanceof AnnotatedParameterizedType generic) {
        var inner = generic.getAnnotatedActualTypeArguments();
        if (Collection.class.isAssignableFrom(type)) {
          return new Place(type, mayBeAbsent, of(inner[0]), null);
        }
        if (Map.class.isAssignableFrom(type)) {
          return new Place(type, mayBeAbsent, null, of(inner[1]));
        }
      }
      return new Place(type, mayBeAbsent, null, null);
    }

    private static Class<?> raw(AnnotatedType annotated) {
      var type = annotated.getType();
      if (type instanceof ParameterizedType generic) {
        type = generic.getRawType();
      }
      return type instanceof Class<?> raw ? raw : Object.class;
    }

    boolean isOpen() {
      return JsonNode.class.isAssignableFrom(type);
    }

    /**
     * Where any tree may stand a null is a value like others; where only an object may, it is none.
     */
    boolean isAbsent(JsonNode value) {
      return value.isMissingNode() || (value.isNull() && type != JsonNode.class);
    }
  }

  /**
   * Holds an argument against the record that it becomes.
   *
   * @throws HearthException for the first field that is unknown or missing
   */
  static void require(String call, Class<?> type, JsonNode given) {
    if (type.isRecord()) {
      KNOWN.get(type).require(call, given, "");
    }
  }

  private void require(String call, JsonNode given, String path) {
    if (!given.isObject()) {
      throw wrong(call, (path.isEmpty() ? "the argument" : "`" + path + "`") + " takes an object.");
    }
    for (var property : given.properties()) {
      if (!fields.containsKey(property.getKey())) {
        throw unknown(call, property.getKey(), path);
      }
    }
    fields.forEach(
        (name, place) -> {
          var value = given.path(name);
          var at = path.isEmpty() ? name : path + "." + name;
          if (!place.isAbsent(value)) {
            descend(call, place, value, at);
          } else if (!place.mayBeAbsent()) {
            throw missing(call, at, name, given);
          }
        });
  }

  private static void descend(String call, Place place, JsonNode value, String path) {
    if (place.type().isRecord()) {
      KNOWN.get(place.type()).require(call, value, path);
    } else if (place.items() != null && value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        element(call, place.items(), value.get(i), path + "[" + i + "]");
      }
    } else if (place.values() != null && value.isObject()) {
      for (var entry : value.properties()) {
        element(call, place.values(), entry.getValue(), path + "." + entry.getKey());
      }
    }
  }

  private static void element(String call, Place place, JsonNode value, String path) {
    if (!place.isAbsent(value)) {
      descend(call, place, value, path);
    } else if (!place.mayBeAbsent()) {
      throw wrong(call, "`" + path + "` is missing.");
    }
  }

  private HearthException unknown(String call, String name, String path) {
    var where = path.isEmpty() ? "it" : "`" + path + "`";
    var error = wrong(call, where + " has no option `" + name + "`.");
    return error.hint(
        Suggestion.closest(name, fields.keySet())
            .map(near -> "Did you mean `" + near + "`?")
            .orElse("Use one of: " + String.join(", ", new TreeSet<>(fields.keySet())) + "."));
  }

  /** A misspelt field stands among those that are handed on, where every name is allowed. */
  private HearthException missing(String call, String at, String name, JsonNode given) {
    var error = wrong(call, "`" + at + "` is missing.");
    var handedOn =
        fields.entrySet().stream()
            .filter(field -> field.getValue().isOpen())
            .flatMap(field -> given.path(field.getKey()).properties().stream())
            .map(Map.Entry::getKey)
            .toList();
    return error.hint(
        Suggestion.closest(name, handedOn)
            .map(near -> "You gave `" + near + "`; write `" + name + "`.")
            .orElse("Give `" + name + "`."));
  }

  private static HearthException wrong(String call, String what) {
    return new HearthException(EngineError.OP_ARGUMENT, call, what);
  }
}
