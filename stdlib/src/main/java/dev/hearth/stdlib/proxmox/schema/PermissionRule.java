package dev.hearth.stdlib.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Who may call a method, as the schema says it: an expression of {@code and}, {@code or} and {@code
 * perm}.
 *
 * @param declared {@code permissions} of the schema; missing where only root may
 */
public record PermissionRule(JsonNode declared) {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");

  /** Whether no role is enough: only {@code root@pam} may, by ticket. */
  public boolean isOnlyForRoot() {
    return declared.isEmpty();
  }

  /** Whether there is more than one way to be allowed. */
  public boolean hasChoice() {
    var text = declared.path("check").toString();
    return text.contains("\"or\"") || text.contains("\"any\"");
  }

  /**
   * What is needed to be allowed, the way that takes the least besides what is there anyway.
   *
   * @param params the parameters of the call, by name
   * @param anyway what is needed for other reasons
   */
  public Privileges needed(Function<String, Optional<String>> params, Privileges anyway) {
    var check = declared.path("check");
    return check.isMissingNode()
        ? Privileges.NONE
        : new Way(params, anyway).through(check).orElse(Privileges.NONE);
  }

  private record Way(Function<String, Optional<String>> params, Privileges anyway) {

    /** What one expression needs; empty when it cannot be met with these parameters. */
    Optional<Privileges> through(JsonNode check) {
      if (!check.isArray()) {
        return Optional.of(Privileges.NONE); // such as {"user": "all"}
      }
      return switch (check.path(0).asText()) {
        case "and" -> all(check);
        case "or" -> cheapest(check);
        case "perm" -> perm(check);
        case "userid-group" -> Optional.of(privileges("/access/groups", check.path(1), false));
        case "userid-param" -> user(check.path(1).asText());
        case "perm-modify" ->
            Optional.of(Privileges.of(filled(check.path(1).asText()), "Permissions.Modify"));
        default -> Optional.empty();
      };
    }

    private Optional<Privileges> all(JsonNode check) {
      var sum = Privileges.NONE;
      for (int i = 1; i < check.size(); i++) {
        var one = through(check.path(i));
        if (one.isEmpty()) {
          return Optional.empty();
        }
        sum = sum.and(one.get());
      }
      return Optional.of(sum);
    }

    private Optional<Privileges> cheapest(JsonNode check) {
      return StreamSupport.stream(check.spliterator(), false)
          .skip(1)
          // What asks for a parameter is made for those who give it, such as a pool.
          .sorted(Comparator.comparing(one -> !one.toString().contains("require_param")))
          .flatMap(one -> through(one).stream())
          .min(Comparator.comparingInt(needed -> needed.besides(anyway)));
    }

    private Optional<Privileges> perm(JsonNode check) {
      boolean any = false;
      for (int i = 3; i + 1 < check.size(); i += 2) {
        var value = check.path(i + 1);
        switch (check.path(i).asText()) {
          case "any" -> any = value.asInt() == 1;
          case "require_param" -> {
            if (params.apply(value.asText()).isEmpty()) {
              return Optional.empty();
            }
          }
          default -> {} // further conditions make nothing else necessary
        }
      }
      return Optional.of(privileges(filled(check.path(1).asText()), check.path(2), any));
    }

    private Privileges privileges(String path, JsonNode names, boolean any) {
      var all = StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText).toList();
      if (!any || all.isEmpty()) {
        return Privileges.of(path, all.toArray(String[]::new));
      }
      var there = all.stream().filter(name -> anyway.has(path, name)).findFirst();
      return Privileges.of(path, there.orElse(all.getFirst()));
    }

    /** The realm of the user whom the call is about; that it is about oneself is not relied on. */
    private Optional<Privileges> user(String privilege) {
      return params
          .apply("userid")
          .filter(user -> user.contains("@") && !privilege.equals("self"))
          .map(
              user ->
                  Privileges.of(
                      "/access/realm/" + user.substring(user.lastIndexOf('@') + 1), privilege));
    }

    /** A path with its places filled; what is not known yet ends it, as rights reach downwards. */
    private String filled(String path) {
      var place = PLACE.matcher(path);
      var text = new StringBuilder();
      while (place.find()) {
        var value = params.apply(place.group(1));
        if (value.isEmpty()) {
          place.appendReplacement(text, "");
          return Privileges.normal(text.toString());
        }
        place.appendReplacement(text, java.util.regex.Matcher.quoteReplacement(value.get()));
      }
      place.appendTail(text);
      return Privileges.normal(text.toString());
    }
  }
}
