package dev.hearth.stdlib.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The methods of one version of Proxmox VE, found by path. Immutable. */
public final class ServerSchema {
  private final Branch root = new Branch();

  private ServerSchema() {}

  /**
   * The methods of a tree of {@link SchemaScript}.
   *
   * @throws dev.hearth.runtime.HearthException {@code proxmox.schema-unreadable}
   */
  public static ServerSchema of(JsonNode tree) {
    var schema = new ServerSchema();
    schema.addAll(tree);
    return schema;
  }

  private void addAll(JsonNode nodes) {
    for (var node : nodes) {
      var path = node.path("path").asText();
      if (!path.startsWith("/")) {
        throw SchemaScript.unreadable("a path does not begin with a slash");
      }
      var branch = root;
      for (var segment : path.substring(1).split("/", -1)) {
        branch = branch.child(segment);
      }
      for (var method : node.path("info").properties()) {
        branch.methods.put(method.getKey(), MethodSchema.of(method.getValue()));
      }
      addAll(node.path("children"));
    }
  }

  /** A method, and the parameters that its path gives. */
  public record Found(MethodSchema method, Map<String, String> path) {
    /** Their names. */
    public Set<String> given() {
      return path.keySet();
    }
  }

  /** The method that a path leads to; empty when the server tells of none. */
  public Optional<Found> find(String verb, List<String> segments) {
    var given = new TreeMap<String, String>();
    var at = root;
    for (var segment : segments) {
      var literal = at.literals.get(segment);
      var next = literal == null ? at.place : literal;
      if (next == null) {
        return Optional.empty();
      }
      if (literal == null) {
        given.put(at.placeName, segment);
      }
      at = next;
    }
    return Optional.ofNullable(at.methods.get(verb)).map(method -> new Found(method, given));
  }

  /**
   * What follows a path.
   *
   * @param names the parts that may come next; what is in a place is not among them
   * @param verbs those of HTTP that the path itself takes
   */
  public record Below(List<String> names, List<String> verbs) {}

  /** What follows a path; nothing of one that is not there. */
  public Below below(List<String> segments) {
    @Nullable Branch at = root;
    for (var segment : segments) {
      at = at == null ? null : at.next(segment);
    }
    return at == null
        ? new Below(List.of(), List.of())
        : new Below(
            at.literals.keySet().stream().sorted().toList(),
            at.methods.keySet().stream().sorted().toList());
  }

  private static final class Branch {
    private final Map<String, Branch> literals = new HashMap<>();
    private final Map<String, MethodSchema> methods = new HashMap<>();
    private @Nullable Branch place;
    private String placeName = "";

    private @Nullable Branch next(String segment) {
      var literal = literals.get(segment);
      return literal == null ? place : literal;
    }

    private Branch child(String segment) {
      if (!segment.startsWith("{") || !segment.endsWith("}")) {
        return literals.computeIfAbsent(segment, _ -> new Branch());
      }
      var known = place == null ? new Branch() : place;
      place = known;
      placeName = segment.substring(1, segment.length() - 1);
      return known;
    }
  }
}
