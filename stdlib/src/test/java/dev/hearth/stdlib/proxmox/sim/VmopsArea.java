package dev.hearth.stdlib.proxmox.sim;

import static java.util.Objects.requireNonNull;

import dev.hearth.stdlib.proxmox.sim.access.AclEntry;
import dev.hearth.stdlib.proxmox.sim.access.User;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Clones, moves, snapshots, agent and protection of virtual machines. */
final class VmopsArea implements Area {
  private static final String VM = "/nodes/pve/qemu/850";
  private static final String OTHER = "/nodes/pve/qemu/862";
  private static final String NO_SYSTEMD = "the recorded server ran in a container without systemd";

  /** The one privilege that a user has from a recording on. */
  private static final Map<Integer, List<String>> LIMITED = limited();

  private static Map<Integer, List<String>> limited() {
    var from = new TreeMap<Integer, List<String>>();
    from.put(5410, List.of("VM.Config.Options"));
    from.put(5428, List.of("VM.Config.HWType"));
    from.put(5437, List.of("VM.Config.CPU"));
    from.put(5440, List.of("VM.Config.Memory"));
    from.put(5442, List.of("VM.Config.Network"));
    from.put(5445, List.of("VM.Config.Cloudinit"));
    from.put(5448, List.of("VM.Config.Disk"));
    from.put(5452, List.of("VM.Config.CDROM"));
    from.put(5454, List.of("VM.PowerMgmt"));
    from.put(5461, List.of("VM.Snapshot"));
    from.put(5470, List.of("VM.Clone"));
    from.put(5472, List.of("VM.Monitor"));
    from.put(5474, List.of("VM.Console"));
    from.put(5500, List.of("VM.Config.Options"));
    return from;
  }

  @Override
  public Map<String, Integer> alike() {
    return Map.of("vmops", 402);
  }

  @Override
  public Map<Integer, String> notCompared() {
    return Map.of(
        5204, "its body was cut when it was recorded",
        5256, NO_SYSTEMD,
        5272, "figures over time are not conformance, says the recordings' README",
        5275, "a picture of such figures",
        5342, "how often a copy tells of its progress differs from run to run",
        5357, "the recorded server had another program in the place of qemu-img",
        5486, "the recorded server had not yet looked at what was changed just before",
        5500, "the server names any one of the tags, in no order",
        5505, "the server names any one of the tags, in no order");
  }

  @Override
  public void prepare(Offstage stage) {
    stage.post(
        "/nodes/pve/qemu",
        "vmid=850",
        "name=rt850",
        "memory=512",
        "cores=1",
        "scsihw=virtio-scsi-single",
        "scsi0=local:1,format=qcow2",
        "scsi1=local:1",
        "ide2=local:cloudinit",
        "net0=virtio=BC:24:11:86:1C:A4,bridge=vmbr0",
        "ipconfig0=ip=dhcp",
        "ciuser=debian",
        "agent=1",
        "onboot=1",
        "tags=a;b",
        "description=source");
    stage.byHand(
        world -> {
          world.storages().at("pve", "local").put(isoOf(world));
          // the recorded agent was a stand-in that answered for an empty disk
          var vm = world.guests().get(850);
          requireNonNull(vm).state().put("system", "fake-debian-12.qcow2");
        });
  }

  private static Volume isoOf(World world) {
    var facts = RecordedWorld.facts(new byte[RecordedWorld.ISO_BYTES]);
    return Volume.file("iso/rt.iso", "iso", "raw", facts, world.now());
  }

  @Override
  public void before(int number, Offstage stage) {
    var privileges = LIMITED.get(number);
    if (privileges != null) {
      limit(stage, privileges);
    }
    switch (number) {
      case 5016 -> stage.put(VM + "/config", "boot=order=scsi0");
      case 5051 -> stage.put(VM + "/config", "ide2=local:cloudinit");
      case 5057 -> stage.put(VM + "/config", "delete=virtio1");
      case 5070 -> stage.put(VM + "/config", "delete=net0");
      case 5101 -> stage.put(VM + "/config", "scsi0=local:850/vm-850-disk-0.qcow2");
      case 5121, 5288 -> stage.post(VM + "/status/stop");
      case 5136, 5141 -> stage.delete("/nodes/pve/qemu/854");
      case 5111 -> stage.settle(); // it starts in a task of its own
      case 5161 -> {
        for (var clone : List.of("851", "852", "855", "856", "857")) {
          stage.delete("/nodes/pve/qemu/" + clone);
        }
        stage.post(VM + "/status/start");
      }
      case 5167 -> stage.delete("/nodes/pve/qemu/858");
      case 5257, 5259, 5261, 5263, 5265, 5267, 5269, 5271 ->
          stage.byHand(
              world -> { // what NO_SYSTEMD kept from being done
                var vm = requireNonNull(world.guests().get(850));
                vm.config().remove("cpulimit");
                vm.pending().put("cpulimit", "1");
              });
      case 5277 -> stage.put(VM + "/config", "revert=template");
      case 5322 ->
          stage.post(
              "/nodes/pve/qemu",
              "vmid=862",
              "name=rt862",
              "memory=512",
              "cores=1",
              "scsihw=virtio-scsi-single",
              "boot= ");
      case 5335 -> stage.put(OTHER + "/config", "protection=1");
      case 5352 -> {
        stage.put(OTHER + "/config", "cores=2");
        stage.post(OTHER + "/template");
      }
      case 5368 ->
          stage.post(
              "/nodes/pve/qemu",
              "vmid=863",
              "name=rt863",
              "memory=512",
              "cores=1",
              "scsihw=virtio-scsi-single",
              "scsi0=local:1",
              "boot=order=scsi0");
      case 5428 -> stage.put(VM + "/config", "delete=template,protection,onboot");
      case 5437 -> stage.put(VM + "/config", "delete=machine,serial1,usb0,smbios1");
      case 5499 -> {
        stage.put("/cluster/options", "user-tag-access=user-allow=none");
        stage.put(VM + "/config", "tags=a;old");
      }
      case 5530 -> {
        stage.put("/cluster/options", "delete=user-tag-access", "tag-style=ordering=config");
        stage.put(VM + "/config", "tags=z;a;m");
        stage.put(OTHER + "/config", "protection=0");
        stage.delete(OTHER);
        stage.delete("/nodes/pve/qemu/863");
      }
      case 5531 -> stage.put("/cluster/options", "mac_prefix=02:AA:BB");
      case 5477 ->
          grantOn(
              stage,
              "/vms/866",
              List.of(
                  "VM.Allocate",
                  "VM.Config.Options",
                  "VM.Config.Memory",
                  "VM.Config.Disk",
                  "VM.Config.Network",
                  "VM.Config.CDROM"));
      default -> {
        // nothing was done
      }
    }
  }

  private static void limit(Offstage stage, List<String> privileges) {
    stage.byHand(
        world -> {
          world.accounts().roles().put("Lim", new TreeSet<>(privileges));
          world.accounts().users().computeIfAbsent("lim@pve", User::named);
          world.accounts().grant(new AclEntry("/vms/850", "user", "lim@pve", "Lim", true));
        });
  }

  private static void grantOn(Offstage stage, String path, List<String> privileges) {
    stage.byHand(
        world -> {
          world.accounts().roles().put("Lim2", new TreeSet<>(privileges));
          world.accounts().grant(new AclEntry(path, "user", "lim@pve", "Lim2", true));
        });
  }
}
