package dev.hearth.runtime.engine;

import dev.hearth.runtime.secret.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets in the records of a result, which JSON would show as masks and nothing else. Records
 * are known by their declared types, so that a large result without Secrets is not walked through.
 */
final class SecretFields {
  /** The components of a record that are Secrets or lead to some; none for what is no record. */
  private static final ClassValue<List<RecordComponent>> LEADING =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return type.isRecord()
              ? Arrays.stream(type.getRecordComponents())
                  .filter(component -> leads(component.getGenericType(), new HashSet<>()))
                  .toList()
              : List.of();
        }
      };

  /**
   * A Secret in a result.
   *
   * @param path the names and indices that lead to it
   */
  record Place(List<Object> path, Secret secret) {}

  private final List<Place> places = new ArrayList<>();

  private SecretFields() {}

  /** Those of a result, in the order in which they stand there. */
  static List<Place> of(Object result) {
    var fields = new SecretFields();
    fields.walk(result, List.of());
    return fields.places;
  }

  private void walk(@Nullable Object value, List<Object> path) {
    switch (value) {
      case Secret secret -> places.add(new Place(path, secret));
      case Collection<?> items -> {
        int index = 0;
        for (var item : items) {
          if (mayLead(item)) {
            walk(item, with(path, index));
          }
          index++;
        }
      }
      case Map<?, ?> entries ->
          entries.forEach(
              (name, item) -> {
                if (mayLead(item)) {
                  walk(item, with(path, String.valueOf(name)));
                }
              });
      case Record it -> {
        for (var component : LEADING.get(it.getClass())) {
          walk(value(component, it), with(path, component.getName()));
        }
      }
      case null, default -> {} // data
    }
  }

  private static boolean mayLead(@Nullable Object item) {
    return item instanceof Secret
        || item instanceof Collection<?>
        || item instanceof Map<?, ?>
        || (item instanceof Record && !LEADING.get(item.getClass()).isEmpty());
  }

  private static List<Object> with(List<Object> path, Object step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  /** Whether a value of a type may be a Secret, or hold one. */
  private static boolean leads(Type type, Set<Class<?>> seen) {
    return switch (type) {
      case Class<?> plain ->
          plain == Secret.class
              || (plain.isRecord()
                  && seen.add(plain)
                  && Arrays.stream(plain.getRecordComponents())
                      .anyMatch(component -> leads(component.getGenericType(), seen)));
      case ParameterizedType made ->
          Arrays.stream(made.getActualTypeArguments()).anyMatch(inner -> leads(inner, seen));
      default -> false;
    };
  }

  private static @Nullable Object value(RecordComponent component, Object of) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read.", e);
    }
  }
}
