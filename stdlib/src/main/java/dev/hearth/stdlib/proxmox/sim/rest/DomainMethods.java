package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.access.Realm;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /access/domains}: the realms. No directory server answers in a simulated world, so users
 * of such realms do not come in, and fetching them ends as it does when nobody listens.
 */
public final class DomainMethods {
  private static final String ALL = "/access/domains";
  private static final String ONE = ALL + "/{realm}";
  private static final Check ALLOCATE = Check.perm("/access/realm", "Realm.Allocate");
  private static final Param REALM = Param.of(AccessTypes.REALM);

  private final Map<String, Param> options;

  private DomainMethods(int major) {
    this.options = RealmOptions.params(major);
  }

  /** The methods of a Proxmox VE of this version. */
  public static List<ApiMethod> all(int major) {
    var methods = new DomainMethods(major);
    return List.of(
        ApiMethod.get(ALL).name("index").allow(Check.world()).answers(DomainMethods::list),
        ApiMethod.post(ALL)
            .name("create")
            .allow(ALLOCATE)
            .param("realm", REALM)
            .param("type", Param.of(oneOf("ad", "ldap", "openid", "pam", "pve")))
            .param("username-claim", Param.optional(string()))
            .params(methods.options)
            .answers(methods::create),
        ApiMethod.get(ONE)
            .name("read")
            .allow(Check.permAny("/access/realm", "Realm.Allocate", "Sys.Audit"))
            .param("realm", REALM)
            .answers(DomainMethods::read),
        ApiMethod.put(ONE)
            .name("update")
            .allow(ALLOCATE)
            .param("realm", REALM)
            .params(methods.options)
            .param("digest", Standard.DIGEST)
            .param("delete", Standard.DELETE)
            .answers(methods::update),
        ApiMethod.delete(ONE)
            .name("delete")
            .allow(ALLOCATE)
            .param("realm", REALM)
            .answers(DomainMethods::delete),
        ApiMethod.post(ONE + "/sync")
            .name("sync")
            .task()
            .allow(
                Check.and(
                    Check.perm("/access/realm/{realm}", "Realm.AllocateUser"),
                    Check.perm("/access/groups", "User.Modify")))
            .param("realm", REALM)
            .param("dry-run", Param.optional(bool().orElse("0")))
            .param("scope", Param.optional(RealmOptions.SCOPE))
            .param("remove-vanished", Param.optional(RealmOptions.REMOVE_VANISHED))
            .param("enable-new", Param.optional(bool().orElse("1")))
            .param("full", Param.optional(bool()))
            .param("purge", Param.optional(bool()))
            .answers(DomainMethods::sync));
  }

  private static Object list(Call call) {
    var entries = new ArrayList<Item>();
    realms(call)
        .forEach(
            (name, realm) -> {
              var isDefault = "1".equals(realm.properties().get("default"));
              entries.add(
                  Item.of("realm", name)
                      .with("type", realm.type())
                      .withKnown("comment", realm.comment())
                      .withKnown("default", isDefault ? 1 : null)
                      .withKnown("tfa", tfa(realm)));
            });
    return entries;
  }

  private static @Nullable String tfa(Realm realm) {
    var text = realm.properties().get("tfa");
    return text == null ? null : RealmOptions.TFA.parse(text).get("type").orElse(null);
  }

  private static Map<String, Realm> realms(Call call) {
    return call.world().accounts().realms();
  }

  private static Object read(Call call) {
    var realm = existing(call);
    var entry = Item.of("type", realm.type());
    realm
        .properties()
        .forEach(
            (name, value) ->
                entry.with(
                    name,
                    RealmOptions.NUMBERS.contains(name) ? (Object) Long.valueOf(value) : value));
    return entry.with("digest", digest(call));
  }

  private static Realm existing(Call call) {
    var name = call.params().text("realm");
    var realm = realms(call).get(name);
    if (realm == null) {
      throw Refusal.die("domain '" + name + "' does not exist");
    }
    return realm;
  }

  private static String digest(Call call) {
    return Digests.sha1(realms(call).toString());
  }

  private @Nullable Object create(Call call) {
    var params = call.params();
    var name = params.text("realm");
    var type = params.text("type");
    UserConfig.change(
        "add auth server failed",
        () -> {
          if (realms(call).containsKey(name)) {
            throw Refusal.die("domain '" + name + "' already exists");
          }
          if (type.equals("pam") || type.equals("pve")) {
            throw Refusal.die("unable to create builtin type '" + type + "'");
          }
          var given = given(call);
          var claim = params.find("username-claim");
          if (claim != null) {
            given.put("username-claim", claim);
          }
          RealmOptions.SECTIONS.checkNew(type, given.keySet());
          var realm = new Realm(type, given);
          connect(call, realm);
          onlyDefault(call, given);
          realms(call).put(name, realm);
        });
    return null;
  }

  /** What is to be kept: passwords are not, they stand elsewhere. */
  private Map<String, String> given(Call call) {
    var given = new LinkedHashMap<String, String>();
    for (var option : options.keySet()) {
      var value = call.params().find(option);
      if (value != null && !option.equals("password") && !option.equals("check-connection")) {
        given.put(option, value);
      }
    }
    return given;
  }

  private static void connect(Call call, Realm realm) {
    if (call.params().flag("check-connection") && realm.isDirectory()) {
      throw Refusal.die("Connection refused");
    }
  }

  /** At most one realm is the default. */
  private static void onlyDefault(Call call, Map<String, String> given) {
    if ("1".equals(given.get("default"))) {
      realms(call).values().forEach(realm -> realm.properties().remove("default"));
    }
  }

  private @Nullable Object update(Call call) {
    var params = call.params();
    UserConfig.change(
        "update auth server failed",
        () -> {
          var digest = params.find("digest");
          if (digest != null && !digest.equals(digest(call))) {
            throw Refusal.die(
                "detected modified configuration - file changed by other user? Try again.");
          }
          var realm = existing(call);
          var given = given(call);
          if (given.isEmpty() && !params.has("delete") && !params.has("password")) {
            throw Refusal.die("no options specified");
          }
          RealmOptions.SECTIONS.checkChange(realm.type(), given.keySet());
          connect(call, realm);
          params.list("delete").forEach(realm.properties()::remove);
          onlyDefault(call, given);
          realm.properties().putAll(given);
          if (realm.properties().getOrDefault("comment", "").isEmpty() && !realm.isDirectory()) {
            realm.properties().remove("comment");
          }
        });
    return null;
  }

  private static @Nullable Object delete(Call call) {
    var name = call.params().text("realm");
    UserConfig.change(
        "delete auth server failed",
        () -> {
          if (!realms(call).containsKey(name)) {
            throw Refusal.die("authentication domain '" + name + "' does not exist");
          }
          call.world().accounts().forgetRealm(name);
        });
    return null;
  }

  private static Object sync(Call call) {
    var params = call.params();
    var name = params.text("realm");
    var realm = realms(call).get(name);
    if (realm == null) {
      throw Refusal.parameter("realm", "Realm does not exist.");
    }
    if (!realm.isDirectory()) {
      throw Refusal.die(
          "Cannot sync realm type '" + realm.type() + "'! Only LDAP/AD realms can be synced.");
    }
    var defaults = realm.properties().getOrDefault("sync-defaults-options", "");
    if (!params.has("scope") && !defaults.contains("scope=")) {
      throw Refusal.parameter(
          "scope", "Not passed as parameter and not defined in realm default sync options.");
    }
    boolean isTest = params.flag("dry-run");
    // The call names no node: the one that answers it does the work.
    var node = call.world().nodes().keySet().iterator().next();
    return call.world()
        .tasks()
        .start(
            node,
            isTest ? "auth-realm-sync-test" : "auth-realm-sync",
            name,
            call.user(),
            task -> {
              task.log((isTest ? "(dry test run) " : "") + "starting sync for realm " + name);
              throw Refusal.die("Connection refused");
            });
  }
}
