package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import dev.hearth.stdlib.proxmox.sim.world.Appliance;
import java.util.List;
import java.util.Objects;

/** {@code /nodes/NODE/aplinfo}: the container templates that Proxmox offers. */
public final class ApplianceMethods {
  private ApplianceMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/nodes/{node}/aplinfo")
            .name("aplinfo")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .answers(ApplianceMethods::list),
        ApiMethod.post("/nodes/{node}/aplinfo")
            .name("apl_download")
            .allow(Check.perm("/storage/{storage}", "Datastore.AllocateTemplate"))
            .task()
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("template", Param.of(string().maxLength(255)))
            .answers(ApplianceMethods::download));
  }

  private static Object list(Call call) {
    return call.world().appliances().values().stream().map(ApplianceMethods::listed).toList();
  }

  private static Item listed(Appliance appliance) {
    return Item.of("template", appliance.template())
        .with("package", appliance.packageName())
        .with("version", appliance.version())
        .with("os", appliance.os())
        .with("architecture", appliance.architecture())
        .with("type", "lxc")
        .with("section", "system")
        .with("source", appliance.location().replaceFirst("/[^/]+$", ""))
        .with("location", appliance.location())
        .with("headline", appliance.headline())
        .with("sha512sum", sha512(appliance));
  }

  private static String sha512(Appliance appliance) {
    return Objects.requireNonNull(appliance.facts().digests().get("sha512"));
  }

  private static Object download(Call call) {
    var name = call.params().text("template");
    var appliance = call.world().appliances().get(name);
    if (appliance == null) {
      throw Refusal.parameter("template", "no such template");
    }
    var storage = call.world().storages().at(call.node(), call.params().text("storage"));
    if (!storage.config().content().contains("vztmpl")) {
      throw Refusal.die(
          "storage '" + storage.id() + "' is not configured for content-type 'vztmpl'");
    }
    return call.fork("download", name, task -> store(call, storage, appliance, task));
  }

  private static void store(Call call, Storage storage, Appliance appliance, TaskRun task) {
    var volname = "vztmpl/" + appliance.template();
    var path = storage.path(volname);
    task.log("downloading " + appliance.location() + " to " + path);
    var facts = appliance.facts();
    var there = storage.find(volname);
    if (there.isPresent() && there.get().digests().equals(facts.digests())) {
      task.log("OK, got correct file already, no need to download");
      return;
    }
    task.work();
    storage.put(Volume.file(volname, "vztmpl", "raw", facts, call.world().now()));
    task.log("calculating checksum...OK, checksum verified");
    task.log("download of '" + appliance.location() + "' to '" + path + "' finished");
  }
}
