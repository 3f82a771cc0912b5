package dev.hearth.stdlib.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object are wanted, as a tree of their names. A path goes through lists: {@code
 * spec.containers.image} is the image of each container. A dot within a name has a backslash before
 * it: {@code metadata.labels.app\.kubernetes\.io/name}.
 */
final class FieldSelection {
  /** All fields. */
  static final FieldSelection ALL = new FieldSelection();

  private final Map<String, FieldSelection> fields = new LinkedHashMap<>();

  private FieldSelection() {}

  static FieldSelection of(@Nullable List<String> paths) {
    if (paths == null) {
      return ALL;
    }
    var root = new FieldSelection();

    for (var path : paths) {
      root.add(path);
    }
    return root;
  }

  private void add(String path) {
    var at = this;
    for (var name : path.split("(?<!\\\\)\\.", -1)) {
      at = at.fields.computeIfAbsent(name.replace("\\.", "."), _ -> new FieldSelection());
    }
    at.fields.clear(); // of `status` and `status.phase`, the wider one counts
    at.isWhole = true;
  }

  private boolean isWhole;

  boolean isAll() {
    return this == ALL || isWhole;
  }

  /** What is wanted of a field; null for nothing. */
  @Nullable FieldSelection of(String name) {
    return isAll() ? this : fields.get(name);
  }
}
