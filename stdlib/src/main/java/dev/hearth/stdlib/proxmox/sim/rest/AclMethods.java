package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.access.AclEntry;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /access/acl}. */
public final class AclMethods {
  private static final String NAME = "[A-Za-z0-9._-]+";
  private static final Pattern PATH =
      Pattern.compile(
          ("/|/access(/groups(/N)?|/realm(/N)?)?|/nodes(/N)?|/pool(/N(/N){0,2})?"
                  + "|/sdn(/(controllers|dns|ipams|fabrics)(/N)?|/zones(/N(/N(/[1-9][0-9]{0,3})?)?)?)?"
                  + "|/storage(/N)?|/vms(/[1-9][0-9]{2,})?|/mapping(/N(/N)?)?")
              .replace("N", NAME));
  private static final String NEEDED = "either 'users', 'groups' or 'tokens' is required.";

  private AclMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/access/acl")
            .name("read_acl")
            .allow(Check.anyUser())
            .answers(AclMethods::list),
        ApiMethod.put("/access/acl")
            .name("update_acl")
            .allow(AccessChecks.modify("{path}"))
            .param("path", Param.of(string()))
            .param("users", Param.optional(formatted(AccessTypes.USER_FORMAT.list())))
            .param("groups", Param.optional(formatted(AccessTypes.GROUP_FORMAT.list())))
            .param("tokens", Param.optional(formatted(AccessTypes.TOKEN_FORMAT.list())))
            .param("roles", Param.of(formatted(AccessTypes.ROLE_FORMAT.list())))
            .param("propagate", Param.optional(bool().orElse("1")))
            .param("delete", Param.optional(bool()))
            .answers(AclMethods::update));
  }

  private static Object list(Call call) {
    boolean isAuditor = call.rights().has("/access", "Sys.Audit");
    var entries = new ArrayList<Item>();
    for (var entry : call.world().accounts().acl()) {
      if (isAuditor || AccessChecks.mayModify(call.rights(), entry.path())) {
        entries.add(
            Item.of("path", entry.path())
                .with("type", entry.type())
                .with("ugid", entry.ugid())
                .with("roleid", entry.roleid())
                .with("propagate", entry.propagate() ? 1 : 0));
      }
    }
    return entries;
  }

  private static @Nullable Object update(Call call) {
    var params = call.params();
    if (params.text("users", "").isEmpty()
        && params.text("groups", "").isEmpty()
        && params.text("tokens", "").isEmpty()) {
      var errors = new LinkedHashMap<String, String>();
      List.of("users", "groups", "tokens").forEach(name -> errors.put(name, NEEDED));
      throw Refusal.parameters(errors);
    }
    var path = normalized(params.text("path"));
    if (path == null || (!params.flag("delete") && !PATH.matcher(path).matches())) {
      throw Refusal.parameter("path", "invalid ACL path '" + params.text("path") + "'");
    }
    UserConfig.change("ACL update failed", () -> update(call, path));
    return null;
  }

  private static void update(Call call, String path) {
    var accounts = call.world().accounts();
    var params = call.params();
    var entries = new ArrayList<AclEntry>();
    for (var role : params.list("roles")) {
      mayHandOut(call, path, role);
      boolean propagate = params.flag("propagate", true);
      for (var group : params.list("groups")) {
        if (!accounts.groups().containsKey(group)) {
          throw Refusal.die("group '" + group + "' does not exist");
        }
        entries.add(new AclEntry(path, "group", group, role, propagate));
      }
      for (var user : params.list("users")) {
        if (!accounts.users().containsKey(user)) {
          throw Refusal.die("user '" + user + "' does not exist");
        }
        entries.add(new AclEntry(path, "user", user, role, propagate));
      }
      for (var token : params.list("tokens")) {
        int bang = token.indexOf('!');
        var owner = UserMethods.existing(call.world(), token.substring(0, bang));
        TokenMethods.existing(owner, token.substring(bang + 1));
        entries.add(new AclEntry(path, "token", token, role, propagate));
      }
    }
    entries.forEach(params.flag("delete") ? accounts::revoke : accounts::grant);
  }

  /** Who may not modify permissions as such may hand out what they have themselves. */
  private static void mayHandOut(Call call, String path, String role) {
    var world = call.world();
    var privileges =
        world
            .accounts()
            .role(role, world.privileges())
            .orElseThrow(() -> Refusal.die("role '" + role + "' does not exist"));
    var own = call.rights().on(path);
    if (own.containsKey("Permissions.Modify")) {
      return;
    }
    var verb = call.params().flag("delete") ? "remove" : "add";
    for (var privilege : privileges) {
      if (!own.containsKey(privilege)) {
        throw Refusal.parameter(
            "role",
            "Cannot "
                + verb
                + " role '"
                + role
                + "' - requires 'Permissions.Modify' or superset of privileges.");
      }
      if (call.params().flag("propagate", true) && !own.getOrDefault(privilege, false)) {
        throw Refusal.parameter(
            "role",
            "Cannot "
                + verb
                + " role '"
                + role
                + "' with propagation - requires 'Permissions.Modify' or propagated superset of"
                + " privileges.");
      }
    }
  }

  private static @Nullable String normalized(String path) {
    var clean = path.replaceAll("/+", "/").replaceFirst("/$", "");
    if (clean.isEmpty()) {
      return "/";
    }
    var absolute = clean.startsWith("/") ? clean : "/" + clean;
    return absolute.matches("[A-Za-z0-9._/-]+") ? absolute : null;
  }
}
