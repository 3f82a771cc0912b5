package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a method: Proxmox's permission expressions. They are tested before the parameters
 * are, and root by ticket passes all of them.
 */
public abstract class Check {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");

  private Check() {}

  /** What a check looks at. */
  public record Caller(World world, Rights rights, Map<String, @Nullable Object> params) {
    /** A parameter as it came, not yet checked; empty when it is missing. */
    public String param(String name) {
      var value = params.get(name);
      return value == null ? "" : value.toString();
    }

    public boolean has(String name) {
      return params.get(name) != null;
    }
  }

  /** Refuses with 403 unless the caller may. */
  abstract void test(Caller caller);

  /** The expression as Proxmox's API viewer has it. */
  abstract Map<String, Object> export();

  /** The expression within another. */
  Object nested() {
    var check = export().get("check");
    return check == null ? export() : check;
  }

  /** Anybody, even without a ticket. */
  public static Check world() {
    return simple(Map.of("user", "world"), caller -> {});
  }

  /** Anybody who is somebody; the method itself looks at rights where it must. */
  public static Check anyUser() {
    return simple(Map.of("user", "all"), caller -> {});
  }

  /** Only root by ticket. */
  public static Check rootOnly() {
    return simple(
        Map.of(),
        caller -> {
          throw Refusal.permission("user != root@pam");
        });
  }

  /** All these privileges on a path such as {@code /vms/{vmid}}. */
  public static Check perm(String path, String... privileges) {
    return simple(
        Map.of("check", List.of("perm", path, List.of(privileges))),
        caller -> caller.rights().check(fill(path, caller), privileges));
  }

  /** At least one of these privileges on a path. */
  public static Check permAny(String path, String... privileges) {
    return simple(
        Map.of("check", List.of("perm", path, List.of(privileges), "any", 1)),
        caller -> caller.rights().checkAny(fill(path, caller), privileges));
  }

  /** All these privileges on a path, and a parameter without which the answer is no. */
  public static Check permIf(String param, String path, String... privileges) {
    return simple(
        Map.of("check", List.of("perm", path, List.of(privileges), "require_param", param)),
        caller -> {
          if (!caller.has(param)) {
            throw Refusal.permission();
          }
          caller.rights().check(fill(path, caller), privileges);
        });
  }

  /** All of these; the first that fails says why. */
  public static Check and(Check... checks) {
    return new Check() {
      @Override
      void test(Caller caller) {
        Arrays.stream(checks).forEach(check -> check.test(caller));
      }

      @Override
      public boolean passes(Caller caller) {
        test(caller); // within an `or` too, Proxmox says which part failed
        return true;
      }

      @Override
      Map<String, Object> export() {
        return new LinkedHashMap<>(Map.of("check", joined("and", checks)));
      }
    };
  }

  /** One of these; if none holds, the refusal names nothing. */
  public static Check or(Check... checks) {
    return simple(
        Map.of("check", joined("or", checks)),
        caller -> {
          if (Arrays.stream(checks).noneMatch(check -> check.passes(caller))) {
            throw Refusal.permission();
          }
        });
  }

  /**
   * A check of the method's own.
   *
   * @param description what it asks for, for the schema
   */
  public static Check custom(String description, Rule rule) {
    return simple(Map.of("description", description), rule);
  }

  /** The check within an expression of Proxmox's that needs code. */
  public static Check expression(List<Object> expression, Rule rule) {
    return simple(Map.of("check", expression), rule);
  }

  /** Whether the caller may. */
  public boolean passes(Caller caller) {
    try {
      test(caller);
      return true;
    } catch (Refusal e) {
      if (e.status() == 403) {
        return false;
      }
      throw e;
    }
  }

  /** What decides; it refuses with 403. */
  public interface Rule {
    void test(Caller caller);
  }

  /** A path with its places filled in from the parameters, normalised. */
  public static String fill(String path, Caller caller) {
    var filled =
        PLACE
            .matcher(path)
            .replaceAll(match -> Matcher.quoteReplacement(caller.param(match.group(1))));
    var clean = filled.replaceAll("/+", "/");
    return clean.length() > 1 && clean.endsWith("/")
        ? clean.substring(0, clean.length() - 1)
        : clean;
  }

  private static List<Object> joined(String operator, Check... checks) {
    var parts = new ArrayList<Object>(List.of(operator));
    for (var check : checks) {
      parts.add(check.nested());
    }
    return parts;
  }

  private static Check simple(Map<String, Object> json, Rule rule) {
    return new Check() {
      @Override
      void test(Caller caller) {
        rule.test(caller);
      }

      @Override
      Map<String, Object> export() {
        return new LinkedHashMap<>(json);
      }
    };
  }
}
