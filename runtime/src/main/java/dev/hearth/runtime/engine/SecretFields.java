package dev.hearth.runtime.engine;

import dev.hearth.runtime.secret.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of a record that are Secrets, which JSON would show as masks and nothing else. */
final class SecretFields {
  private static final ClassValue<List<RecordComponent>> KNOWN =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return type.isRecord()
              ? Arrays.stream(type.getRecordComponents())
                  .filter(component -> component.getType() == Secret.class)
                  .toList()
              : List.of();
        }
      };

  private SecretFields() {}

  /** Those of a result that has any, by name; what is null is left out. */
  static Map<String, Secret> of(Object result) {
    var components = KNOWN.get(result.getClass());
    if (components.isEmpty()) {
      return Map.of();
    }
    var secrets = new LinkedHashMap<String, Secret>();
    for (var component : components) {
      if (value(component, result) instanceof Secret secret) {
        secrets.put(component.getName(), secret);
      }
    }
    return secrets;
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
