package dev.hearth.stdlib.proxmox.sim.cluster;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code /cluster/acme/account} and what can be asked of an authority. No node reaches the
 * Internet; an authority whose name ends in {@code .sim} is one of the simulator's own, and
 * certifies everything.
 */
public final class AcmeAccounts {
  private static final String ALL = "/cluster/acme/account";
  private static final String ONE = ALL + "/{name}";
  private static final String USUAL = "https://acme-v02.api.letsencrypt.org/directory";
  private static final String STAGING = "https://acme-staging-v02.api.letsencrypt.org/directory";
  private static final String DEFAULT = "default";
  private static final Param NAME = Param.optional(formatted(Formats.CONFIG_ID).orElse(DEFAULT));
  private static final Param DIRECTORY = Param.optional(matching("^https?://.*").orElse(USUAL));
  private static final ValueFormat MAILS =
      ValueFormat.of(
              "email",
              value ->
                  value.matches("[^\\s@,;]+@[^\\s@,;]+")
                      ? Optional.empty()
                      : Optional.of("value does not look like a valid email address\n"))
          .list();

  private AcmeAccounts() {}

  static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get(ALL)
            .name("account_index")
            .allow(Check.anyUser())
            .answers(
                call ->
                    accounts(call.world()).all().keySet().stream()
                        .map(name -> Item.of("name", name))
                        .toList()),
        ApiMethod.post(ALL)
            .name("register_account")
            .param("name", NAME)
            .param("contact", Param.of(formatted(MAILS)))
            .param("tos_url", Param.optional(string()))
            .param("directory", DIRECTORY)
            .param("eab-kid", Param.optional(string()).requires("eab-hmac-key"))
            .param("eab-hmac-key", Param.optional(string()).requires("eab-kid"))
            .task()
            .answers(AcmeAccounts::register),
        ApiMethod.get(ONE).name("get_account").param("name", NAME).answers(AcmeAccounts::read),
        ApiMethod.put(ONE)
            .name("update_account")
            .param("name", NAME)
            .param("contact", Param.optional(formatted(MAILS)))
            .task()
            .answers(AcmeAccounts::update),
        ApiMethod.delete(ONE)
            .name("deactivate_account")
            .param("name", NAME)
            .task()
            .answers(AcmeAccounts::deactivate),
        ApiMethod.get("/cluster/acme/tos")
            .name("get_tos")
            .allow(Check.anyUser())
            .param("directory", DIRECTORY)
            .answers(call -> meta(call).get("termsOfService")),
        ApiMethod.get("/cluster/acme/meta")
            .name("get_meta")
            .allow(Check.perm("/nodes/{node}", "Sys.Audit"))
            .param("directory", DIRECTORY)
            .answers(AcmeAccounts::meta),
        ApiMethod.get("/cluster/acme/directories")
            .name("get_directories")
            .allow(Check.anyUser())
            .answers(
                _ ->
                    List.of(
                        Item.of("name", "Let's Encrypt V2").with("url", USUAL),
                        Item.of("name", "Let's Encrypt V2 Staging").with("url", STAGING))),
        ApiMethod.get("/cluster/acme/challenge-schema")
            .name("challengeschema")
            .allow(Check.anyUser())
            .answers(
                _ ->
                    AcmeMethods.APIS.stream()
                        .map(
                            api ->
                                Item.of("id", api)
                                    .with("name", api)
                                    .with("type", "dns")
                                    .with("schema", new Item()))
                        .toList()));
  }

  private static Sections accounts(World world) {
    return world.sections("acme/accounts");
  }

  /** Whether there is an account of this name. */
  public static boolean exists(World world, String name) {
    return accounts(world).has(name);
  }

  private static String name(Call call) {
    return call.params().text("name", DEFAULT);
  }

  private static String directory(Call call) {
    return call.params().text("directory", USUAL);
  }

  /** Refuses an authority that no node reaches. */
  private static void reach(String directory) {
    var address = address(directory);
    var host = address.getHost() == null ? "" : address.getHost();
    if (!host.endsWith(".sim")) {
      int usual = directory.startsWith("https:") ? 443 : 80;
      int port = address.getPort() < 0 ? usual : address.getPort();
      throw Refusal.die(
          "Error: GET to %s\n500 Can't connect to %s:%d (Temporary failure in name resolution)"
              .formatted(directory, host, port));
    }
  }

  private static URI address(String directory) {
    try {
      return URI.create(directory);
    } catch (IllegalArgumentException e) {
      throw Refusal.die("Error: GET to " + directory + "\n400 URL must be absolute");
    }
  }

  private static Item meta(Call call) {
    reach(directory(call));
    return Item.of("termsOfService", directory(call).replaceFirst("/directory$", "/terms"))
        .with("website", directory(call).replaceFirst("/directory$", ""));
  }

  private static void checkKnown(Call call) {
    if (!exists(call.world(), name(call))) {
      throw Refusal.parameter(
          "name", "ACME account config file '" + name(call) + "' does not exist.");
    }
  }

  private static Object register(Call call) {
    var name = name(call);
    if (exists(call.world(), name)) {
      throw Refusal.parameter("name", "ACME account config file '" + name + "' already exists.");
    }
    return call.forkHere(
        "acmeregister",
        "",
        task -> {
          if (exists(call.world(), name)) {
            throw Refusal.die("ACME account config file '" + name + "' already exists.");
          }
          task.log("Generating ACME account key..");
          task.log("Registering ACME account..");
          task.work();
          try {
            reach(directory(call));
          } catch (Refusal e) {
            throw Refusal.die("Registration failed: " + e.text().replace('\n', ' '));
          }
          var location = directory(call).replaceFirst("/directory$", "/acct/") + name;
          var values = new LinkedHashMap<String, String>();
          values.put("contact", contact(call));
          values.put("directory", directory(call));
          values.put("location", location);
          values.put("created", Instant.ofEpochSecond(call.world().now()).toString());
          if (call.params().has("tos_url")) {
            values.put("tos", call.params().text("tos_url"));
          }
          accounts(call.world()).put(name, "account", values);
          task.log("Registration successful, account URL: '" + location + "'");
        });
  }

  private static String contact(Call call) {
    return Lists.split(call.params().text("contact", "")).stream()
        .map(mail -> "mailto:" + mail)
        .collect(Collectors.joining("\n"));
  }

  private static Object read(Call call) {
    checkKnown(call);
    var values = accounts(call.world()).values(name(call));
    var account =
        Item.of("status", "valid")
            .with("contact", values.getOrDefault("contact", "").lines().toList())
            .with("createdAt", values.get("created"));
    return Item.of("account", account)
        .with("directory", values.get("directory"))
        .with("location", values.get("location"))
        .with("tos", values.get("tos"));
  }

  private static Object update(Call call) {
    checkKnown(call);
    boolean isChange = call.params().has("contact");
    return call.forkHere(
        isChange ? "acmeupdate" : "acmerefresh",
        "",
        _ -> {
          if (isChange) {
            accounts(call.world()).edit(name(call)).put("contact", contact(call));
          }
        });
  }

  private static Object deactivate(Call call) {
    var name = name(call);
    checkKnown(call);
    var folder = "/etc/pve/priv/acme/";
    return call.forkHere(
        "acmedeactivate",
        "",
        task -> {
          task.log(
              "Renaming account file from '%s%s' to '%s_deactivated_%s_0'"
                  .formatted(folder, name, folder, name));
          accounts(call.world()).remove(name);
        });
  }
}
