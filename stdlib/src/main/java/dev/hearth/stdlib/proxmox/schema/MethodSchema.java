package dev.hearth.stdlib.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one method takes.
 *
 * @param params by name; numbered ones are one, such as {@code net[n]}
 * @param takesMore whether it takes parameters that are not told of
 * @param rule who may call it
 */
public record MethodSchema(
    Map<String, ParamSchema> params, boolean takesMore, PermissionRule rule) {
  private static final Pattern NUMBERED = Pattern.compile("(.*[a-z_])(?:0|[1-9]\\d{0,3})");

  static MethodSchema of(JsonNode info) {
    var parameters = info.path("parameters");
    var params = new LinkedHashMap<String, ParamSchema>();
    for (var param : parameters.path("properties").properties()) {
      params.put(ParamSchema.name(param.getKey()), ParamSchema.of(param.getValue(), 0));
    }
    var more = parameters.path("additionalProperties");
    return new MethodSchema(
        params,
        !more.isValueNode() || ParamSchema.isTrue(more),
        new PermissionRule(info.path("permissions")));
  }

  /**
   * What is wrong with these parameters, by name, each a clause of a sentence. No value is in it,
   * as it can be a secret.
   *
   * @param given what the path gives
   */
  public Map<String, String> problems(ObjectNode sent, Set<String> given) {
    var problems = new LinkedHashMap<String, String>();
    for (var param : sent.properties()) {
      if (!param.getValue().isNull()) {
        problem(param.getKey(), param.getValue(), sent)
            .ifPresent(problem -> problems.put(param.getKey(), problem));
      }
    }
    params.forEach(
        (name, param) -> {
          boolean isThere = given.contains(name) || sent.hasNonNull(name);
          if (!isThere && !param.optional() && !name.endsWith("[n]")) {
            problems.put(name, "`" + name + "` is missing");
          }
        });
    return problems;
  }

  private Optional<String> problem(String name, JsonNode value, ObjectNode sent) {
    var param = find(name);
    if (param == null) {
      return takesMore ? Optional.empty() : Optional.of(unknown(name));
    }
    var other = param.requires();
    if (other != null && !sent.hasNonNull(other)) {
      return Optional.of("`" + name + "` needs `" + other + "`");
    }
    return param.problem("`" + name + "`", value);
  }

  private @Nullable ParamSchema find(String name) {
    var exact = name.endsWith("[n]") ? null : params.get(name);
    if (exact != null) {
      return exact;
    }
    var numbered = NUMBERED.matcher(name);
    return numbered.matches() ? params.get(numbered.group(1) + "[n]") : null;
  }

  private String unknown(String name) {
    var meant =
        params.containsKey(name + "[n]")
            ? Optional.of(name + "0")
            : Suggestion.closest(
                name, params.keySet().stream().filter(known -> !known.endsWith("[n]")).toList());
    return "there is no `" + ParamSchema.shown(name) + "`" + ParamSchema.meant(meant);
  }
}
