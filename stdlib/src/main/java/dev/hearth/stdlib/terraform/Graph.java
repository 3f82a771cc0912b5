package dev.hearth.stdlib.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What depends on what: the resources of a module, and edges from each to what it needs. */
record Graph(List<String> nodes, List<Edge> edges) {
  private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern NODE = Pattern.compile(QUOTED + " \\[label=" + QUOTED + "\\];");
  private static final Pattern EDGE = Pattern.compile(QUOTED + " -> " + QUOTED + ";");

  /** What says how it is drawn, and where modules begin and end: their names stand in the nodes. */
  private static final Pattern FRAME =
      Pattern.compile(
          "digraph G \\{|\\}|rankdir = \"RL\";|node \\[shape = rect, fontname = \"sans-serif\"\\];"
              + "|subgraph "
              + QUOTED
              + " \\{|label = "
              + QUOTED
              + "|fontname = \"sans-serif\"");

  /** An edge. */
  record Edge(String from, String to) {}

  /** Reads what {@code terraform graph} writes; empty for anything else than that. */
  static Optional<Graph> read(String dot) {
    var nodes = new ArrayList<String>();
    var edges = new ArrayList<Edge>();
    for (var line : dot.lines().map(String::strip).filter(each -> !each.isEmpty()).toList()) {
      var node = NODE.matcher(line);
      var edge = EDGE.matcher(line);
      if (node.matches()) {
        nodes.add(plain(node.group(1)));
      } else if (edge.matches()) {
        edges.add(new Edge(plain(edge.group(1)), plain(edge.group(2))));
      } else if (!FRAME.matcher(line).matches()) {
        return Optional.empty();
      }
    }
    boolean isWhole =
        dot.stripLeading().startsWith("digraph")
            && edges.stream().allMatch(e -> nodes.contains(e.from()) && nodes.contains(e.to()));
    return isWhole ? Optional.of(new Graph(nodes, edges)) : Optional.empty();
  }

  private static String plain(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }
}
