package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How two states of an object differ in what somebody means by it: without its status, and without
 * what the server counts and notes by itself. Values of Secrets are compared and not told.
 */
final class Differences {
  private static final Set<String> NOTED =
      Set.of(
          "managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

  private static final Set<String> NOTED_ANNOTATIONS =
      Set.of(ObjectCopy.LAST_APPLIED, "deployment.kubernetes.io/revision");

  private final List<Change> changes = new ArrayList<>();
  private final boolean isSecret;

  /**
   * One difference.
   *
   * @param path such as {@code spec.replicas} or {@code spec.containers[name=web].image}
   * @param before null where there was nothing
   * @param after null where there is nothing any more
   */
  record Change(String path, JsonNode before, JsonNode after) {}

  private Differences(boolean isSecret) {
    this.isSecret = isSecret;
  }

  static List<Change> between(JsonNode before, JsonNode after) {
    var found = new Differences(SecretMask.isSecret(after));
    found.objects("", meant(before), meant(after));
    return found.changes;
  }

  /** Without what nobody means; a copy. */
  private static JsonNode meant(JsonNode object) {
    if (!(object instanceof ObjectNode given)) {
      return MissingNode.getInstance();
    }
    var copy = given.deepCopy();
    copy.remove("status");
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(NOTED);
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove(NOTED_ANNOTATIONS);
        if (annotations.isEmpty()) {
          metadata.remove("annotations");
        }
      }
    }
    return copy;
  }

  private void compare(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      objects(path, before, after);
    } else if (before.isArray() && after.isArray()) {
      lists(path, before, after);
    } else {
      change(path, before, after);
    }
  }

  private void objects(String path, JsonNode before, JsonNode after) {
    var names = new LinkedHashSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      compare(join(path, name), before.path(name), after.path(name));
    }
  }

  private static String join(String path, String name) {
    var shown = name.contains(".") ? "[" + name + "]" : name;
    return path.isEmpty() ? shown : shown.startsWith("[") ? path + shown : path + "." + shown;
  }

  /** Lists of things with names are compared by them, so that a new first one is one difference. */
  private void lists(String path, JsonNode before, JsonNode after) {
    var old = names(before);
    var now = names(after);
    if (old == null || now == null) {
      change(path, before, after);
      return;
    }
    var all = new LinkedHashSet<>(old);
    all.addAll(now);
    for (var name : all) {
      compare(path + "[name=" + name + "]", at(before, name), at(after, name));
    }
    if (new TreeSet<>(old).equals(new TreeSet<>(now)) && !old.equals(now)) {
      change(path + "[order]", list(old), list(now));
    }
  }

  private static JsonNode list(Set<String> names) {
    var list = JsonNodeFactory.instance.arrayNode();
    names.forEach(list::add);
    return list;
  }

  private static JsonNode at(JsonNode list, String name) {
    for (var item : list) {
      if (item.path("name").asText().equals(name)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  private static @org.jspecify.annotations.Nullable Set<String> names(JsonNode list) {
    var names = new LinkedHashSet<String>();
    for (var item : list) {
      if (!item.path("name").isTextual() || !names.add(item.path("name").asText())) {
        return null;
      }
    }
    return names;
  }

  private void change(String path, JsonNode before, JsonNode after) {
    if (before.isMissingNode() && after.isEmpty() && after.isContainerNode()) {
      return;
    }
    boolean isHidden = isSecret && ObjectCopy.SECRET_FIELDS.stream().anyMatch(path::startsWith);
    changes.add(new Change(path, shown(before, isHidden), shown(after, isHidden)));
  }

  private static JsonNode shown(JsonNode value, boolean isHidden) {
    if (value.isMissingNode()) {
      return JsonNodeFactory.instance.nullNode();
    }
    return isHidden ? JsonNodeFactory.instance.textNode(Secret.MASK) : value;
  }
}
