package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.world.Appliance;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** What the cluster keeps in files of sections, and the options of the datacenter. */
final class SettingsCopy {
  private static final int FIRST_WITH_MAPPINGS = 8;
  private static final int FIRST_WITH_HA_RULES = 9;
  private static final long APPLIANCE_BYTES = 100L << 20;
  private static final long APPLIANCE_UNPACKED_BYTES = 400L << 20;

  /** What is added when a section is read. */
  private static final Set<String> READ = Set.of("type", "digest");

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
    metricServers();
    backupJobs();
    networks();
    appliances();
  }

  private void sections(String file, String key, String path, String... leftOut) {
    sections(file, key, Ask.of(path), leftOut);
  }

  private void sections(String file, String key, Ask ask, String... leftOut) {
    var without = new HashSet<>(READ);
    without.add(key);
    without.addAll(List.of(leftOut));
    for (var told : answers.list(ask)) {
      var type = told.find("type").orElse(key);
      world.sections(file).put(told.name(key), type, told.texts(without));
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

  private void networks() {
    for (var state : List.of("", "running/")) {
      network(state, "zones", "zone", Ask.of("/cluster/sdn/zones"));
      network(state, "vnets", "vnet", Ask.of("/cluster/sdn/vnets"));
      for (var vnet : List.copyOf(world.sections("sdn/" + state + "vnets").all().keySet())) {
        network(state, "subnets", "subnet", Ask.of("/cluster/sdn/vnets/{}/subnets", vnet));
      }
    }
  }

  private void network(String state, String kind, String key, Ask ask) {
    sections(
        "sdn/" + state + kind,
        key,
        state.isEmpty() ? ask : ask.with("running", "1"),
        kind.equals("subnets")
            ? new String[] {"id", "network", "mask", "cidr", "zone"}
            : new String[] {"state", "pending"});
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
