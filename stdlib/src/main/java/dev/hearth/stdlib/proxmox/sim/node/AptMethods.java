package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Lines;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.rest.VersionMethods;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/apt}: packages, and where they come from. What is installed is current. */
final class AptMethods {
  private static final Param DIGEST = Param.optional(string().maxLength(80));

  private AptMethods() {}

  static List<ApiMethod> all() {
    var flag = Param.optional(bool().orElse("0"));
    return List.of(
        OneNode.method("GET", "apt", "index", Check.anyUser())
            .answers(
                _ ->
                    List.of("changelog", "repositories", "update", "versions").stream()
                        .map(name -> Item.of("id", name))
                        .toList()),
        OneNode.method("GET", "apt/update", "list_updates", OneNode.MODIFY).answers(_ -> List.of()),
        OneNode.method("POST", "apt/update", "update_database", OneNode.MODIFY)
            .param("notify", flag)
            .param("quiet", flag)
            .task()
            .answers(AptMethods::update),
        OneNode.method("GET", "apt/changelog", "changelog", OneNode.MODIFY)
            .param("name", Param.of(matching("[a-z0-9][-+.a-z0-9:]+")))
            .param("version", Param.optional(string()))
            .answers(AptMethods::changes),
        OneNode.method("GET", "apt/versions", "versions", OneNode.AUDIT)
            .answers(AptMethods::versions),
        OneNode.method("GET", "apt/repositories", "repositories", OneNode.AUDIT)
            .answers(call -> of(call).told()),
        OneNode.method("PUT", "apt/repositories", "add_repository", OneNode.MODIFY)
            .param("handle", Param.of(string()))
            .param("digest", DIGEST)
            .answers(AptMethods::add),
        OneNode.method("POST", "apt/repositories", "change_repository", OneNode.MODIFY)
            .param("path", Param.of(string()))
            .param("index", Param.of(integer()))
            .param("enabled", Param.optional(bool()))
            .param("digest", DIGEST)
            .answers(AptMethods::change));
  }

  /** Lines of what each package is. */
  private static List<String> packages() {
    return Lines.of(AptMethods.class, "packages.txt");
  }

  private static AptRepositories of(Call call) {
    return new AptRepositories(call.world(), call.node());
  }

  private static @Nullable Object add(Call call) {
    of(call).add(call.params().text("handle"), call.params().text("digest", ""));
    return null;
  }

  private static @Nullable Object change(Call call) {
    var params = call.params();
    var enabled =
        params.has("enabled") ? Optional.of(params.flag("enabled")) : Optional.<Boolean>empty();
    of(call)
        .change(params.text("path"), params.integer("index"), enabled, params.text("digest", ""));
    return null;
  }

  /** Who has not paid gets nothing from where only subscribers do. */
  private static Object update(Call call) {
    boolean isPaid = call.world().nodeFacts(call.node(), "subscription").containsKey("key");
    return call.fork(
        "aptupdate",
        "",
        task -> {
          task.log("starting apt-get update");
          task.work();
          if (of(call).needsSubscription() && !isPaid) {
            task.log(
                "E: Failed to fetch https://enterprise.proxmox.com/debian/pve/dists/InRelease  401"
                    + "  Unauthorized");
            throw Refusal.die("command 'apt-get update' failed: exit code 100");
          }
          task.log("Reading package lists...");
        });
  }

  private static Object changes(Call call) {
    var name = call.params().text("name");
    boolean isKnown = packages().stream().anyMatch(line -> line.startsWith(name + "|"));
    return isKnown
        ? "E: Failed to fetch changelog:/%s.changelog  Changelog unavailable for %s\nRC: 100"
            .formatted(name, name)
        : "E: Unable to locate package " + name + "\nRC: 100";
  }

  private static Object versions(Call call) {
    call.world().node(call.node());
    int column = call.world().major() >= 9 ? 3 : 2;
    return packages().stream()
        .map(line -> line.split("\\|", -1))
        .filter(parts -> !parts[column].isEmpty())
        .map(parts -> installed(call, parts, parts[column]))
        .toList();
  }

  private static Item installed(Call call, String[] parts, String stated) {
    var name = parts[0];
    var version = name.equals("pve-manager") ? VersionMethods.number(call.world()) : stated;
    var item =
        Item.of("Package", name)
            .with("Title", parts[4])
            .with("Description", parts[4])
            .with("Origin", "Proxmox")
            .with("Section", parts[1])
            .with("Priority", "optional")
            .with("Arch", parts[5])
            .with("Version", version)
            .with("OldVersion", version)
            .with("CurrentState", "Installed");
    return switch (name) {
      case "pve-manager" -> item.with("ManagerVersion", version + "/2606ac85aaaaaaaa");
      case "proxmox-ve" ->
          item.with("RunningKernel", call.world().major() >= 9 ? "6.17.2-1-pve" : "6.8.12-15-pve");
      default -> item;
    };
  }
}
