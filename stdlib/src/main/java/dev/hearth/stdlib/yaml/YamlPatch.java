package dev.hearth.stdlib.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Changes a text of YAML where one value stands. It knows the forms that people write; whether it
 * hit what was meant is for {@link YamlEdit} to see.
 */
final class YamlPatch {
  private static final YamlPureOps.Write USUAL = new YamlPureOps.Write(2, false);

  private final String text;
  private final String lineEnd;
  private final Optional<Node> root;

  YamlPatch(String text) {
    this.text = text;
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    var settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    this.root = new Compose(settings).composeString(text);
  }

  /** The changed text. */
  String apply(List<String> path, @Nullable JsonNode value) throws IOException {
    if (path.isEmpty() || root.filter(CollectionNode.class::isInstance).isEmpty()) {
      return whole(path, value);
    }
    var node = root.get();
    for (var depth = 0; depth < path.size(); depth++) {
      var name = path.get(depth);
      var rest = path.subList(depth + 1, path.size());
      var found = child(node, name);
      if (found.isEmpty()) {
        return value == null ? text : add(node, name, nested(rest, value));
      }
      if (rest.isEmpty()) {
        return value == null ? remove(node, name) : replace(node, name, value);
      }
      if (!(found.get() instanceof CollectionNode<?>)) { // `key:` without a value, or not foreseen
        return replace(node, name, nested(rest, Objects.requireNonNull(value)));
      }
      node = found.get();
    }
    throw new IllegalStateException("A path that leads nowhere was not seen.");
  }

  /** A text without a value, but perhaps with comments, gets one below them. */
  private String whole(List<String> path, @Nullable JsonNode value) throws IOException {
    var added = block(nested(path, Objects.requireNonNull(value)), 0);
    var old = root.filter(node -> !isEmpty(node));
    var kept = old.map(node -> text.substring(0, start(node))).orElse(text);
    var after = old.map(node -> text.substring(end(node))).orElse("");
    var gap = kept.isEmpty() || kept.endsWith("\n") ? "" : lineEnd;
    return kept + gap + added + (after.isEmpty() ? lineEnd : after);
  }

  private static JsonNode nested(List<String> path, JsonNode value) {
    var nested = value;
    for (var name : path.reversed()) {
      var made = JsonNodeFactory.instance;
      nested =
          name.equals("-") ? made.arrayNode().add(nested) : made.objectNode().set(name, nested);
    }
    return nested;
  }

  private static Optional<Node> child(Node parent, String name) {
    return switch (parent) {
      case MappingNode map -> tuple(map, name).map(NodeTuple::getValueNode);
      case SequenceNode list ->
          YamlEdit.index(name, list.getValue().size())
              .filter(i -> i < list.getValue().size())
              .map(list.getValue()::get);
      default -> Optional.empty();
    };
  }

  private static Optional<NodeTuple> tuple(MappingNode map, String name) {
    return map.getValue().stream()
        .filter(each -> each.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
        .findFirst();
  }

  // ---- Changing
  // ----------------------------------------------------------------------------------

  private String replace(Node parent, String name, JsonNode value) throws IOException {
    if (parent instanceof MappingNode map) {
      return replace(map, tuple(map, name).orElseThrow(), value);
    }
    var old = child(parent, name).orElseThrow();
    requireInside(old, parent);
    return isFlow(parent)
        ? spliced(start(old), end(old), flow(value))
        : spliced(start(old), end(old), item(old, value));
  }

  private String item(Node old, JsonNode value) throws IOException {
    return value.isContainerNode() && !value.isEmpty()
        ? block(value, column(start(old)))
        : inline(old, value, column(start(old)));
  }

  private String replace(MappingNode map, NodeTuple entry, JsonNode value) throws IOException {
    var old = entry.getValueNode();
    requireInside(old, map);
    var colon = colon(entry.getKeyNode());
    if (isFlow(map)) {
      return isEmpty(old)
          ? spliced(colon, colon, " " + flow(value))
          : spliced(start(old), end(old), flow(value));
    }
    var column = column(start(entry.getKeyNode()));
    if (value.isContainerNode() && !value.isEmpty()) {
      var below = lineEnd + " ".repeat(column + 2) + block(value, column + 2);
      return spliced(colon, Math.max(colon, end(old)), comment(colon, old) + below);
    }
    if (isEmpty(old)) {
      return spliced(colon, colon, " " + inline(old, value, column));
    }
    if (line(start(old)) == line(colon)) {
      return spliced(start(old), end(old), inline(old, value, column));
    }
    var comment = comment(colon, old);
    return spliced(colon, end(old), " " + inline(old, value, column) + comment);
  }

  /** What is said between a key and the value on the lines below it. */
  private String comment(int colon, Node old) {
    if (isEmpty(old) || line(start(old)) == line(colon)) {
      return "";
    }
    return text.substring(colon, lineEnd(colon)).stripTrailing();
  }

  private String add(Node parent, String name, JsonNode value) throws IOException {
    if (isFlow(parent)) {
      var key = parent instanceof MappingNode ? flow(JsonNodeFactory.instance.textNode(name)) : "";
      var added = (key.isEmpty() ? "" : key + ": ") + flow(value);
      var children = ((CollectionNode<?>) parent).getValue();
      if (children.isEmpty()) {
        var at = start(parent) + 1;
        return spliced(at, at, added);
      }
      var at = end(parent) - 1;
      var last = text.substring(0, at).stripTrailing().length();
      return spliced(last, last, (text.charAt(last - 1) == ',' ? " " : ", ") + added);
    }
    var column = column(start(parent));
    var at = lineEnd(end(parent));
    var indent = lineEnd + " ".repeat(column);
    if (parent instanceof MappingNode) {
      var entry = block(JsonNodeFactory.instance.objectNode().set(name, value), column);
      return spliced(at, at, indent + entry);
    }
    var entry = block(JsonNodeFactory.instance.arrayNode().add(value), column);
    return spliced(at, at, indent + entry);
  }

  private String remove(Node parent, String name) {
    var children = ((CollectionNode<?>) parent).getValue();
    var entry =
        parent instanceof MappingNode map
            ? (Object) tuple(map, name).orElseThrow()
            : child(parent, name).orElseThrow();
    var from = entry instanceof NodeTuple pair ? start(pair.getKeyNode()) : start((Node) entry);
    var to = entryEnd(entry);
    if (children.size() == 1) {
      return emptied(parent);
    }
    if (isFlow(parent)) {
      return withoutInFlow(from, to);
    }
    var dash = parent instanceof SequenceNode ? text.lastIndexOf('-', from - 1) : from;
    if (text.substring(lineStart(dash), dash).isBlank()) {
      var next = Math.min(text.length(), lineEnd(to) + lineBreak(lineEnd(to)));
      return spliced(lineStart(dash), next, "");
    }
    // It stands behind a dash: what follows takes its place.
    var following = ((CollectionNode<?>) parent).getValue().get(children.indexOf(entry) + 1);
    var begin = following instanceof NodeTuple pair ? pair.getKeyNode() : (Node) following;
    var at =
        parent instanceof SequenceNode ? text.lastIndexOf('-', start(begin) - 1) : start(begin);
    return spliced(dash, at, "");
  }

  private String emptied(Node parent) {
    var nothing = parent instanceof MappingNode ? "{}" : "[]";
    var from = start(parent);
    if (!isFlow(parent) && text.substring(lineStart(from), from).isBlank() && from > 0) {
      var above = text.substring(0, from).stripTrailing();
      if (above.endsWith(":")) {
        return spliced(above.length(), end(parent), " " + nothing);
      }
    }
    return spliced(from, end(parent), nothing);
  }

  private String withoutInFlow(int from, int to) {
    var after = to;
    while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
      after++;
    }
    if (after < text.length() && text.charAt(after) == ',') {
      after++;
      while (after < text.length() && text.charAt(after) == ' ') {
        after++;
      }
      return spliced(from, after, "");
    }
    return spliced(text.lastIndexOf(',', from), to, "");
  }

  private String spliced(int from, int to, String between) {
    return text.substring(0, from) + between + text.substring(to);
  }

  // ---- Writing
  // -----------------------------------------------------------------------------------

  private String block(JsonNode value, int column) throws IOException {
    var lines = new YamlWriter(USUAL).text(value).stripTrailing().split("\n", -1);
    var joined = new StringBuilder(lines[0]);
    for (var i = 1; i < lines.length; i++) {
      joined.append(lineEnd);
      if (!lines[i].isEmpty()) {
        joined.append(" ".repeat(column)).append(lines[i]);
      }
    }
    return joined.toString();
  }

  /** On one line or below a {@code |}; in quotes where the old one was. */
  private String inline(Node old, JsonNode value, int column) throws IOException {
    if (value.isTextual()
        && old instanceof ScalarNode scalar
        && !value.textValue().contains("\n")) {
      if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
        return ScalarText.quoted(value.textValue());
      }
      if (scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED) {
        return "'" + value.textValue().replace("'", "''") + "'";
      }
    }
    return block(value, column);
  }

  /** Within brackets, where fewer texts can do without quotes. */
  private static String flow(JsonNode value) throws IOException {
    if (value.isTextual() && value.textValue().matches("[A-Za-z0-9_./-]+")) {
      return ScalarText.of(value.textValue());
    }
    return YamlPureOps.JSON.writeValueAsString(value);
  }

  // ---- Places
  // ------------------------------------------------------------------------------------

  private int start(Node node) {
    return index(node.getStartMark().orElseThrow().getIndex());
  }

  private int index(int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }

  /** Behind the last character of a value, before what follows it. */
  private int end(Node node) {
    if (node instanceof CollectionNode<?> collection
        && !isFlow(node)
        && !collection.getValue().isEmpty()) {
      return entryEnd(collection.getValue().getLast());
    }
    var marked = index(node.getEndMark().orElseThrow().getIndex());
    var from = start(node);
    return from + text.substring(from, Math.max(from, marked)).stripTrailing().length();
  }

  private int entryEnd(Object entry) {
    if (!(entry instanceof NodeTuple pair)) {
      return end((Node) entry);
    }
    var value = pair.getValueNode();
    return isEmpty(value) || start(value) < start(pair.getKeyNode())
        ? lineEnd(
            colon(pair.getKeyNode())) // none, or an alias, whose marks are those of its anchor
        : end(value);
  }

  private static boolean isFlow(Node node) {
    return node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() == FlowStyle.FLOW;
  }

  private boolean isEmpty(Node node) {
    return end(node) == start(node);
  }

  /** An alias is where its anchor is, which must not be changed through it. */
  private void requireInside(Node child, Node parent) {
    if (start(child) < start(parent)
        || start(child) > index(parent.getEndMark().orElseThrow().getIndex())) {
      throw new IllegalArgumentException("It is an alias.");
    }
  }

  /** Behind the colon that follows a key. */
  private int colon(Node key) {
    var at = end(key);
    while (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
      at++;
    }
    if (text.charAt(at) != ':') {
      throw new IllegalArgumentException("No colon follows the key.");
    }
    return at + 1;
  }

  private int column(int at) {
    return at - lineStart(at);
  }

  private long line(int at) {
    return text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private int lineEnd(int at) {
    var end = text.indexOf('\n', at);
    if (end < 0) {
      return text.length();
    }
    return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private int lineBreak(int at) {
    return text.startsWith("\r\n", at) ? 2 : 1;
  }
}
