package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.access.Privileges;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code /access}, {@code /access/ticket} and {@code /access/permissions}. */
public final class TicketMethods {
  private static final Map<String, Pattern> CAPABILITIES = capabilities();
  private static final String USER_OR_TOKEN =
      "[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+(?:![A-Za-z][A-Za-z0-9.\\-_]+)?";

  private TicketMethods() {}

  /** The methods of a Proxmox that knows these privileges. */
  public static List<ApiMethod> all(Privileges known) {
    return List.of(
        ApiMethod.get("/access")
            .name("index")
            .allow(Check.anyUser())
            .answers(
                call ->
                    Directories.of(
                        "users",
                        "groups",
                        "roles",
                        "acl",
                        "domains",
                        "openid",
                        "tfa",
                        "ticket",
                        "password")),
        ApiMethod.get("/access/ticket")
            .name("get_ticket")
            .allow(Check.world())
            .answers(call -> null),
        ApiMethod.post("/access/ticket")
            .name("create_ticket")
            .ticketOnly()
            .allow(Check.world())
            .param("username", Param.of(string().maxLength(64)))
            .param("password", Param.of(string()))
            .param("realm", Param.optional(AccessTypes.REALM))
            .param("otp", Param.optional(string()))
            .param("tfa-challenge", Param.optional(string()))
            .param("new-format", Param.optional(bool().orElse("1")))
            .param("path", Param.optional(string().maxLength(64)).requires("privs"))
            .param(
                "privs",
                Param.optional(AccessTypes.privileges(known).maxLength(64)).requires("path"))
            .answers(TicketMethods::create),
        ApiMethod.get("/access/permissions")
            .name("permissions")
            .allow(Check.anyUser())
            .param("path", Param.optional(string()))
            .param("userid", Param.optional(matching(USER_OR_TOKEN)))
            .answers(TicketMethods::permissions));
  }

  private static Object create(Call call) {
    var params = call.params();
    var realm = params.text("realm", "");
    var userid = params.text("username") + (realm.isEmpty() ? "" : "@" + realm);
    var tickets = call.world().tickets();
    var rights = call.world().rightsOf(userid);
    var factors = TfaMethods.of(call.world());
    var asked = params.find("tfa-challenge");
    var shown = params.text("password");
    boolean isWelcome =
        asked == null
            ? tickets.isPasswordOf(userid, shown)
            : tickets.isChallengeOf(userid, asked)
                && factors.accepts(userid, shown, call.world().now());
    if (!isWelcome || (params.has("path") && !hasRights(call, rights))) {
      // Whatever is wrong is not told, so that nobody learns which users there are.
      throw Refusal.of(401, "authentication failure\n");
    }
    boolean isTicket = shown.startsWith("PVE:"); // who shows one has shown all before
    if (asked == null && !isTicket && factors.isNeeded(userid)) {
      return Item.of("username", userid)
          .with("ticket", tickets.challenge(userid, factors.challenge(userid)))
          .with("CSRFPreventionToken", tickets.csrf(userid))
          .with("NeedTFA", 1);
    }
    return Item.of("username", userid)
        .with("ticket", tickets.issue(userid))
        .with("CSRFPreventionToken", tickets.csrf(userid))
        .with("cap", capabilities(call, rights));
  }

  private static boolean hasRights(Call call, Rights rights) {
    var wanted = call.params().list("privs").toArray(String[]::new);
    return rights.has(call.params().text("path"), wanted);
  }

  private static Map<String, Map<String, Integer>> capabilities(Call call, Rights rights) {
    var result = new LinkedHashMap<String, Map<String, Integer>>();
    CAPABILITIES.keySet().forEach(area -> result.put(area, new TreeMap<>()));
    var paths =
        new TreeSet<>(
            List.of("/", "/nodes", "/access/groups", "/vms", "/storage", "/sdn", "/mapping"));
    paths.addAll(call.world().accounts().aclPaths());
    for (var path : paths) {
      int end = path.indexOf('/', 1);
      var area = path.equals("/") ? "dc" : path.substring(1, end < 0 ? path.length() : end);
      for (var privilege : rights.on(path).keySet()) {
        areasOf(area, privilege)
            .forEach(a -> result.getOrDefault(a, new TreeMap<>()).put(privilege, 1));
      }
    }
    return result;
  }

  private static List<String> areasOf(String area, String privilege) {
    if (area.equals("pool")) {
      if (privilege.startsWith("VM.")) {
        return List.of("vms");
      }
      if (privilege.startsWith("Datastore.")) {
        return List.of("storage");
      }
      return privilege.equals("Permissions.Modify") ? List.of("vms", "storage") : List.of();
    }
    var pattern = CAPABILITIES.get(area);
    return pattern != null && pattern.matcher(privilege).lookingAt() ? List.of(area) : List.of();
  }

  private static Map<String, Pattern> capabilities() {
    var areas = new LinkedHashMap<String, Pattern>();
    areas.put("vms", Pattern.compile("VM\\.|Permissions\\.Modify"));
    areas.put("access", Pattern.compile("(User|Group)\\.|Permissions\\.Modify"));
    areas.put("storage", Pattern.compile("Datastore\\.|Permissions\\.Modify"));
    areas.put("nodes", Pattern.compile("Sys\\.|Permissions\\.Modify"));
    areas.put("sdn", Pattern.compile("SDN\\.|Permissions\\.Modify"));
    areas.put("dc", Pattern.compile("Sys\\.Audit|Sys\\.Modify|SDN\\."));
    areas.put("mapping", Pattern.compile("Mapping\\.|Permissions\\.Modify"));
    return areas;
  }

  private static Object permissions(Call call) {
    var userid = call.params().text("userid", call.user());
    int bang = userid.indexOf('!');
    boolean isOwnToken = bang > 0 && userid.substring(0, bang).equals(call.user());
    if (!userid.equals(call.user()) && !isOwnToken) {
      call.rights().check("/access", "Sys.Audit");
    }
    var rights = call.world().rightsOf(userid);
    var path = call.params().find("path");
    var answer = new Item();
    if (path != null && !path.isEmpty()) {
      return answer.with(path, numbers(rights.on(path)));
    }
    rights.everywhere().forEach((where, privileges) -> answer.with(where, numbers(privileges)));
    return answer;
  }

  private static Item numbers(Map<String, Boolean> privileges) {
    var entry = new Item();
    privileges.forEach((privilege, propagate) -> entry.with(privilege, propagate ? 1 : 0));
    return entry;
  }
}
