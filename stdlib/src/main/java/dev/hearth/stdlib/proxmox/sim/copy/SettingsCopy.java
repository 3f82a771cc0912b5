package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.world.Appliance;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** What the cluster keeps in files of sections, and the options of the datacenter. */
final class SettingsCopy {
  private static final int FIRST_WITH_MAPPINGS = 8;
  private static final int FIRST_WITH_NOTIFICATIONS = 8;
  private static final int FIRST_WITH_HA_RULES = 9;
  private static final long APPLIANCE_BYTES = 100L << 20;
  private static final long APPLIANCE_UNPACKED_BYTES = 400L << 20;

  private static final Set<String> LISTS = Set.of("registered-tags");

  private final Answers answers;
  private final World world;

  SettingsCopy(Answers answers, World world) {
    this.answers = answers;
    this.world = world;
  }

  void read() {
    options();
    for (var told : answers.list("/cluster/ha/resources")) {
      var sid = told.name("sid", "(vm|ct):" + Told.VMID);
      var values = told.texts(Set.of("sid", "type", "digest"));
      world.sections("ha/resources").put(sid, sid.substring(0, 2), values);
    }
    if (world.major() >= FIRST_WITH_HA_RULES) {
      sections("ha/rules", "rule", "/cluster/ha/rules");
    } else {
      sections("ha/groups", "group", "/cluster/ha/groups");
    }
    for (var told : answers.list("/cluster/replication")) {
      var values = told.texts(Set.of("id", "type", "digest", "guest", "jobnum"));
      world.sections("replication").put(told.name("id", Told.VMID + "-\\d{1,9}"), "local", values);
    }
    sections("jobs/realm-sync", "id", "/cluster/jobs/realm-sync", "next-run", "last-run");
    sections("acme/plugins", "plugin", "/cluster/acme/plugins", "data");
    world.sections("acme/plugins").remove("standalone"); // it is always there
    if (world.major() >= FIRST_WITH_MAPPINGS) {
      for (var type : List.of("pci", "usb", "dir")) {
        sections("mapping/" + type, "id", "/cluster/mapping/" + type, "checks", "errors");
      }
    }
    acmeAccounts();
    metricServers();
    backupJobs();
    if (world.major() >= FIRST_WITH_NOTIFICATIONS) {
      notifications();
    }
    appliances();
  }

  private void sections(String file, String key, String path, String... leftOut) {
    new SectionsCopy(answers, key, leftOut).into(world.sections(file), Ask.of(path));
  }

  /** Who is told, and of what; what that takes to log in with is told to nobody. */
  private void notifications() {
    var all = "/cluster/notifications/";
    for (var kind : List.of("gotify", "sendmail", "smtp", "webhook")) {
      notifications(kind, Ask.of(all + "endpoints/" + kind));
    }
    notifications("matcher", Ask.of(all + "matchers"));
  }

  private void notifications(String type, Ask ask) {
    for (var told : answers.list(ask)) {
      if (!told.find("origin").orElse("").equals("builtin")) {
        var values = told.texts(Set.of("name", "origin", "digest", "secret", "token", "password"));
        world.sections("notifications").put(told.name("name"), type, values);
      }
    }
  }

  /** Where they were made and for whom; their keys stay there. */
  private void acmeAccounts() {
    for (var listed : answers.list("/cluster/acme/account")) {
      var name = listed.name("name");
      answers
          .find("/cluster/acme/account/{}", name)
          .ifPresent(
              told -> {
                var values = told.texts(Set.of("account"));
                told.object("account")
                    .ifPresent(
                        account -> {
                          account.find("contact").ifPresent(to -> values.put("contact", to));
                          account.find("createdAt").ifPresent(at -> values.put("created", at));
                        });
                world.sections("acme/accounts").put(name, "account", values);
              });
    }
  }

  /** How they are reached; the token of one is a secret. */
  private void metricServers() {
    for (var listed : answers.list("/cluster/metrics/server")) {
      var id = listed.name("id");
      var told = answers.find("/cluster/metrics/server/{}", id).orElse(listed);
      var values = told.texts(Set.of("id", "type", "digest", "token"));
      world.sections("status").put(id, listed.name("type"), values);
    }
  }

  private void backupJobs() {
    for (var told : answers.list("/cluster/backup")) {
      world
          .backupJobs()
          .put(
              told.name("id"),
              new LinkedHashMap<>(told.texts(Set.of("id", "type", "next-run", "digest"))));
    }
  }

  private void options() {
    var told = answers.find("/cluster/options");
    told.ifPresent(
        options ->
            options
                .texts(Set.of("allowed-tags", "digest"))
                .forEach((name, value) -> world.options().put(name, option(name, value))));
    world.options().remove("mac_prefix", World.MAC_PREFIX);
    world.options().remove("description", "");
  }

  private static String option(String name, String value) {
    return switch (name) {
      case "description" -> value.replaceFirst("\n$", "");
      case "http_proxy" -> value.replaceFirst("//[^/@]*@", "//"); // a password can stand there
      default -> LISTS.contains(name) ? value.replace('\n', ';') : value;
    };
  }

  private void appliances() {
    for (var told : answers.list("/nodes/{}/aplinfo", world.entry())) {
      var template = told.name("template");
      world
          .appliances()
          .put(
              template,
              new Appliance(
                  template,
                  told.find("os").orElse(""),
                  told.find("headline").orElse(""),
                  told.find("location").orElse(""),
                  APPLIANCE_BYTES,
                  APPLIANCE_UNPACKED_BYTES));
    }
  }
}
