package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.access.Totp;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.rest.AccessChecks.Groups;
import dev.hearth.stdlib.proxmox.sim.rest.SecondFactors.Factor;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /access/tfa}: what users show beside their passwords. Codes by time and recovery codes are
 * simulated; keys that are held to a computer need one.
 */
public final class TfaMethods {
  private static final String ALL = "/access/tfa";
  private static final String USER = ALL + "/{userid}";
  private static final String ONE = USER + "/{id}";
  private static final String ROOT = "root@pam";
  private static final Check READ =
      Check.or(
          AccessChecks.self(), AccessChecks.onGroups(Groups.IGNORED, "User.Modify", "Sys.Audit"));
  private static final Check CHANGE =
      Check.or(AccessChecks.self(), AccessChecks.onGroups(Groups.IGNORED, "User.Modify"));
  private static final Param USERID = Param.of(AccessTypes.USERID);
  private static final Param PASSWORD = Param.optional(string().minLength(5).maxLength(64));
  private static final Param DESCRIPTION = Param.optional(string().maxLength(255));

  private TfaMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get(ALL).name("list_tfa").allow(Check.anyUser()).answers(TfaMethods::list),
        ApiMethod.get(USER)
            .name("list_user_tfa")
            .allow(READ)
            .param("userid", USERID)
            .answers(call -> entries(call.world(), call.params().text("userid"))),
        ApiMethod.post(USER)
            .name("add_tfa_entry")
            .ticketOnly()
            .allow(CHANGE)
            .param("userid", USERID)
            .param("type", Param.of(oneOf("totp", "u2f", "webauthn", "recovery", "yubico")))
            .param("description", DESCRIPTION)
            .param("totp", Param.optional(string()))
            .param("value", Param.optional(string()))
            .param("challenge", Param.optional(string()))
            .param("password", PASSWORD)
            .answers(TfaMethods::add),
        ApiMethod.get(ONE)
            .name("get_tfa_entry")
            .allow(READ)
            .param("userid", USERID)
            .param("id", Param.of(string()))
            .answers(TfaMethods::read),
        ApiMethod.put(ONE)
            .name("update_tfa_entry")
            .ticketOnly()
            .allow(CHANGE)
            .param("userid", USERID)
            .param("id", Param.of(string()))
            .param("description", DESCRIPTION)
            .param("enable", Param.optional(bool()))
            .param("password", PASSWORD)
            .answers(TfaMethods::update),
        ApiMethod.delete(ONE)
            .name("delete_tfa")
            .ticketOnly()
            .allow(CHANGE)
            .param("userid", USERID)
            .param("id", Param.of(string()))
            .param("password", PASSWORD)
            .answers(TfaMethods::delete),
        ApiMethod.get("/access/users/{userid}/tfa")
            .name("read_user_tfa_type")
            .allow(READ)
            .param("userid", USERID)
            .param("multiple", Param.optional(bool().orElse("0")))
            .answers(TfaMethods::types),
        ApiMethod.put("/access/users/{userid}/unlock-tfa")
            .name("unlock_tfa")
            .allow(AccessChecks.onGroups(Groups.IGNORED, "User.Modify"))
            .param("userid", USERID)
            .answers(call -> 0));
  }

  /** The second factors of a world. */
  static SecondFactors of(World world) {
    return new SecondFactors(world.sections("priv/tfa"));
  }

  private static Item told(String id, Factor factor) {
    var item = Item.of("id", id).with("type", factor.type()).with("created", factor.created());
    if (!factor.description().isEmpty()) {
      item.with("description", factor.description());
    }
    return factor.isEnabled() ? item : item.with("enable", 0);
  }

  private static List<Item> entries(World world, String userid) {
    return of(world).of(userid).entrySet().stream()
        .map(is -> told(is.getKey(), is.getValue()))
        .toList();
  }

  private static Object list(Call call) {
    var accounts = call.world().accounts();
    var privileges = new String[] {"User.Modify", "Sys.Audit"};
    boolean isForAll = call.rights().hasAny("/access/groups", privileges);
    var groups = AccessChecks.groups(call.rights(), accounts, privileges);
    var members = AccessChecks.members(accounts, groups);
    return of(call.world()).users().stream()
        .filter(user -> isForAll || user.equals(call.user()) || members.contains(user))
        .map(user -> Item.of("userid", user).with("entries", entries(call.world(), user)))
        .toList();
  }

  private static Object types(Call call) {
    var types = of(call.world()).types(call.params().text("userid"));
    if (call.params().flag("multiple")) {
      return Item.of("types", types);
    }
    return types.contains("totp") ? Item.of("user", "oath") : new Item();
  }

  private static Object read(Call call) {
    var id = call.params().text("id");
    var factor = of(call.world()).of(call.params().text("userid")).get(id);
    if (factor == null) {
      throw Refusal.of(404, "No such tfa entry '" + id + "'");
    }
    return told(id, factor);
  }

  /** Only root changes a user's factors without a password of his own. */
  private static String confirmed(Call call) {
    var userid = call.params().text("userid");
    if (!call.world().accounts().users().containsKey(userid)) {
      throw AccessChecks.noSuchUser(userid);
    }
    if (call.user().equals(ROOT)) {
      return userid;
    }
    if (userid.equals(ROOT)) {
      throw Refusal.permission();
    }
    var password = call.params().find("password");
    if (password == null) {
      throw Refusal.parameter("password", "password is required to modify TFA data");
    }
    if (!call.world().tickets().isPasswordOf(call.user(), password)) {
      throw Refusal.of(401, "authentication failure\n");
    }
    return userid;
  }

  private static Object add(Call call) {
    var userid = confirmed(call);
    return switch (call.params().text("type")) {
      case "totp" -> addTotp(call, userid);
      case "recovery" -> recover(call, userid);
      case "yubico" -> {
        var realm = userid.substring(userid.lastIndexOf('@') + 1);
        throw Refusal.die("no yubico otp configuration available for realm " + realm);
      }
      case "u2f" -> throw Refusal.die("no u2f configuration available");
      default -> throw Refusal.die("no webauthn configuration available");
    };
  }

  private static Object addTotp(Call call, String userid) {
    var params = call.params();
    var description = params.find("description");
    if (description == null) {
      throw Refusal.die("'description' is required for new entries");
    }
    var address = params.find("totp");
    var value = params.find("value");
    if (address == null || value == null) {
      throw Refusal.die("'totp' type requires both 'totp' and 'value' parameters");
    }
    var totp = Totp.parse(address).orElseThrow(() -> Refusal.die("not an otpauth uri"));
    long now = call.world().now();
    if (!totp.accepts(value, now)) {
      throw Refusal.die("failed to verify TOTP challenge");
    }
    var id = call.world().dice().uuid();
    of(call.world()).put(userid, id, new Factor("totp", description, now, true, address));
    return Item.of("id", id);
  }

  private static Object recover(Call call, String userid) {
    var params = call.params();
    if (params.has("totp") || params.has("value") || params.has("challenge")) {
      throw Refusal.die("generating recovery tokens does not allow additional parameters");
    }
    var factors = of(call.world());
    if (factors.of(userid).containsKey(SecondFactors.RECOVERY)) {
      throw Refusal.die("user already has recovery keys");
    }
    var codes = factors.recover(userid, call.world().dice(), call.world().now());
    return Item.of("id", SecondFactors.RECOVERY).with("recovery", codes);
  }

  private static Factor known(Call call, String userid) {
    return Optional.ofNullable(of(call.world()).of(userid).get(call.params().text("id")))
        .orElseThrow(() -> Refusal.die("no such entry"));
  }

  private static @Nullable Object update(Call call) {
    var userid = confirmed(call);
    var is = known(call, userid);
    var changed =
        new Factor(
            is.type(),
            call.params().text("description", is.description()),
            is.created(),
            call.params().flag("enable", is.isEnabled()),
            is.secret());
    of(call.world()).put(userid, call.params().text("id"), changed);
    return null;
  }

  private static @Nullable Object delete(Call call) {
    var userid = confirmed(call);
    known(call, userid);
    of(call.world()).remove(userid, call.params().text("id"));
    return null;
  }
}
