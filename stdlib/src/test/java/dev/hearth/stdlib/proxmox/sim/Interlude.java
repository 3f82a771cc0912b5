package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.stdlib.proxmox.sim.qemu.GuestSystem;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was done to the recorded server between two recordings without being recorded. */
final class Interlude {
  private static final Pattern NEW_ID = Pattern.compile("(?:^|&)vmid=(\\d+)(?:&|$)");

  /** VM 200 was locked by hand as a backup does it, and unlocked again. */
  private static final int LOCKED = 176;

  private static final int UNLOCKED = 185;

  /** A stand-in for the guest agent was put below VM 210 while it ran, instead of a system. */
  private static final int AGENT = 257;

  /** The container's template was made when this was asked for; no recording says so. */
  private static final int TEMPLATE_MADE = 443;

  private Interlude() {}

  static void before(Recording recording, World world) throws InterruptedException {
    if (recording.number() == TEMPLATE_MADE) {
      for (var task : world.lock().holding(() -> world.tasks().all())) {
        var upid = task.upid().toString();
        var worker = world.lock().holding(() -> world.tasks().workerOf(upid));
        if (worker.isPresent()) {
          worker.get().join();
        }
      }
    }
    world.lock().holding(() -> change(recording, world));
  }

  private static void change(Recording recording, World world) {
    switch (recording.number()) {
      case LOCKED -> config(world, 200).put("lock", "backup");
      case UNLOCKED -> config(world, 200).remove("lock");
      case AGENT -> install(world.guests().get(210));
      default -> {
        // nothing was done
      }
    }
    if (recording.method().equals("POST") && recording.path().endsWith("/qemu")) {
      removeLeftover(recording, world);
    }
  }

  private static void install(@Nullable Guest guest) {
    if (guest != null) {
      guest.state().put(GuestSystem.IMAGE, "debian-12-generic-amd64.qcow2");
    }
  }

  private static java.util.Map<String, String> config(World world, int vmid) {
    var guest = world.guests().get(vmid);
    return guest == null ? new java.util.HashMap<>() : guest.config();
  }

  /** VMs that were created only to see whether that goes were removed again. */
  private static void removeLeftover(Recording recording, World world) {
    var body = URLDecoder.decode(recording.body(), StandardCharsets.ISO_8859_1);
    var id = NEW_ID.matcher(body.replace('\n', ' '));
    if (!id.find() || recording.reason().contains("already exists")) {
      return;
    }
    var vmid = Integer.valueOf(id.group(1));
    if (world.guests().remove(vmid) != null) {
      world.accounts().forgetPoolOf(vmid);
      for (var storage : world.storages().on("pve")) {
        storage.volumes().removeIf(volume -> vmid.equals(volume.vmid()));
      }
    }
  }
}
