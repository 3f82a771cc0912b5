package dev.hearth.stdlib.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TypeScript's types of {@code pve.api}, made from a server's own schema: which paths there are,
 * which verbs they take, and with which parameters.
 */
public final class ApiTypes {
  /** The verbs of {@code pve.api} for each of HTTP's. */
  private static final Map<String, List<String>> VERBS =
      Map.of(
          "GET",
          List.of("get"),
          "POST",
          List.of("post", "create"),
          "PUT",
          List.of("put", "set"),
          "DELETE",
          List.of("delete"));

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_-]+)}");

  private final StringBuilder text = new StringBuilder();

  private ApiTypes() {}

  /**
   * A file of types that adds to {@code hearth:proxmox}.
   *
   * @param tree as {@link SchemaScript#tree} reads it
   */
  public static String of(JsonNode tree) {
    var root = new Branch();
    root.add(tree);
    var types = new ApiTypes();
    types.text.append(
        """
        // The API of a Proxmox VE as this server tells of it itself.
        import 'hearth:proxmox';

        type Flag = boolean | 0 | 1;
        type Text = string | number;

        declare module 'hearth:proxmox' {
          interface KnownApi {
        """);
    types.members(root, "    ");
    return types.text.append("  }\n}\n").toString();
  }

  private void members(Branch branch, String indent) {
    branch.methods.forEach((method, parameters) -> verbs(method, parameters, branch, indent));
    branch.literals.forEach(
        (name, child) -> {
          text.append(indent).append("readonly ").append(key(name)).append(": {\n");
          members(child, indent + "  ");
          text.append(indent).append("};\n");
        });
    var place = branch.place;
    if (place != null) {
      text.append(indent).append('(').append(argument(branch.placeName)).append(": Text): {\n");
      members(place, indent + "  ");
      text.append(indent).append("};\n");
    }
  }

  private void verbs(String method, JsonNode parameters, Branch branch, String indent) {
    var params = new ArrayList<String>();
    boolean isOptional = true;
    for (var param : parameters.path("properties").properties()) {
      var name = ParamSchema.name(param.getKey());
      if (branch.given.contains(name)) {
        continue;
      }
      boolean mayLack =
          name.endsWith("[n]") || ParamSchema.isTrue(param.getValue().path("optional"));
      isOptional &= mayLack;
      // `null` is a parameter that is not sent.
      var type = type(param.getValue()) + (mayLack ? " | null" : "");
      params.add(member(name, mayLack) + ": " + type);
    }
    var argument = "params" + (isOptional ? "?: " : ": ") + "{ " + String.join("; ", params) + " }";
    for (var verb : VERBS.getOrDefault(method, List.of())) {
      text.append(indent).append(verb).append('(');
      text.append(params.isEmpty() ? "" : argument).append("): Promise<any>;\n");
    }
  }

  /** {@code net[n]} stands for {@code net0}, {@code net1} and so on. */
  private static String member(String name, boolean isOptional) {
    return name.endsWith("[n]")
        ? "[" + "index: `" + name.substring(0, name.length() - 3) + "${number}`]"
        : key(name) + (isOptional ? "?" : "");
  }

  private static String type(JsonNode param) {
    var schema = ParamSchema.of(param, 0);
    boolean isList = schema.format().endsWith("-list") || schema.type().equals("array");
    var one =
        switch (schema.type()) {
          case "boolean" -> "Flag";
          case "integer", "number" -> "Text";
          default -> choices(schema.choices());
        };
    return isList ? one + " | readonly Text[]" : one;
  }

  private static String choices(List<String> choices) {
    return choices.isEmpty()
        ? "Text"
        : choices.stream().map(ApiTypes::quoted).collect(Collectors.joining(" | "));
  }

  private static String key(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : quoted(name);
  }

  private static String argument(String place) {
    return place.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** Text of a server's, which must not end its own quotes. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replaceAll("\\R", " ") + "'";
  }

  /** A part of a path, with what comes after it. */
  private static final class Branch {
    private final Map<String, Branch> literals = new TreeMap<>();
    private final Map<String, JsonNode> methods = new TreeMap<>();
    private final Set<String> given;
    private @Nullable Branch place;
    private String placeName = "";

    private Branch() {
      this(Set.of());
    }

    private Branch(Set<String> given) {
      this.given = given;
    }

    private void add(JsonNode nodes) {
      for (var node : nodes) {
        var branch = this;
        for (var segment : node.path("path").asText().substring(1).split("/", -1)) {
          branch = branch.child(segment);
        }
        for (var method : node.path("info").properties()) {
          branch.methods.put(method.getKey(), method.getValue().path("parameters"));
        }
        add(node.path("children"));
      }
    }

    private Branch child(String segment) {
      var match = PLACE.matcher(segment);
      if (!match.matches()) {
        return literals.computeIfAbsent(segment, _ -> new Branch(given));
      }
      var known = place;
      if (known == null) {
        var all = new TreeSet<>(given);
        all.add(match.group(1));
        known = new Branch(all);
        place = known;
        placeName = match.group(1);
      }
      return known;
    }
  }
}
