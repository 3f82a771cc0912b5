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

  private final Map<String, AnnotatedType> fields = new LinkedHashMap<>();

  private ArgumentShape(Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      fields.put(component.getName(), component.getAnnotatedType());
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
        (name, type) -> {
          var value = given.path(name);
          var at = path.isEmpty() ? name : path + "." + name;
          if (isAbsent(value, type)) {
            if (!mayBeAbsent(type)) {
              throw missing(call, at, name, given);
            }
          } else {
            descend(call, type, value, at);
          }
        });
  }

  private static void descend(String call, AnnotatedType type, JsonNode value, String path) {
    var of = raw(type);
    if (of.isRecord()) {
      KNOWN.get(of).require(call, value, path);
    } else if (type instanceof AnnotatedParameterizedType generic) {
      var inner = generic.getAnnotatedActualTypeArguments();
      if (Collection.class.isAssignableFrom(of) && value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          element(call, inner[0], value.get(i), path + "[" + i + "]");
        }
      } else if (Map.class.isAssignableFrom(of) && value.isObject()) {
        value
            .properties()
            .forEach(e -> element(call, inner[1], e.getValue(), path + "." + e.getKey()));
      }
    }
  }

  private static void element(String call, AnnotatedType type, JsonNode value, String path) {
    if (!isAbsent(value, type)) {
      descend(call, type, value, path);
    } else if (!mayBeAbsent(type)) {
      throw wrong(call, "`" + path + "` is missing.");
    }
  }

  /** To a tree a null is a value like others. */
  private static boolean isAbsent(JsonNode value, AnnotatedType type) {
    return value.isMissingNode() || (value.isNull() && !isOpen(type));
  }

  private static boolean isOpen(AnnotatedType type) {
    return JsonNode.class.isAssignableFrom(raw(type));
  }

  private static boolean mayBeAbsent(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class) || raw(type) == Optional.class;
  }

  private static Class<?> raw(AnnotatedType type) {
    var of = type.getType();
    if (of instanceof ParameterizedType generic) {
      of = generic.getRawType();
    }
    return of instanceof Class<?> raw ? raw : Object.class;
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
            .filter(field -> isOpen(field.getValue()))
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
