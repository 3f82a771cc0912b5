package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an installer does in a simulated VM that starts from its disc. Where it finds its answers on
 * a second disc it installs itself for a while and powers the VM off; else it waits for somebody
 * before the machine, who never comes.
 */
public final class Installation {
  /** How long it takes, in seconds: for people who wait, not for what really happens. */
  private static final long SECONDS = 2;

  private static final String DISC = "installer";
  private static final String TYPED = "typed";
  private static final String END = "installedAt";

  /** Ubuntu's asks as well, so its label alone is not enough. */
  private static final String ASKS = "CIDATA";

  /** By the names of discs: the label under which each kind of installer looks for its answers. */
  private static final Map<Pattern, String> ANSWERS =
      Map.of(
          Pattern.compile("(?:fedora|rhel|rocky|alma|centos|oracle).*"),
          "OEMDRV",
          Pattern.compile("ubuntu.*"),
          ASKS);

  /** What an installer asks for before it writes to a disk, unless its command line has it. */
  private static final String CONSENT = "autoinstall";

  private Installation() {}

  /** The VM has started: from a disc, when that comes first or the disk has no system. */
  static void begin(Vm vm) {
    vm.state().keySet().removeAll(List.of(DISC, TYPED, END));
    var discs = discs(vm);
    var order =
        VmStatus.properties(vm.config(), "boot").flatMap(boot -> boot.get("order")).orElse("");
    boolean fromDisc =
        GuestSystem.of(vm).isEmpty()
            || vm.drives().stream().filter(Drive::isCdrom).anyMatch(d -> order.startsWith(d.key()));
    if (!fromDisc) {
      return;
    }
    for (var disc : discs) {
      ANSWERS.entrySet().stream()
          .filter(each -> each.getKey().matcher(fileName(disc)).matches())
          .findFirst()
          .ifPresent(
              each -> {
                vm.state().put(DISC, fileName(disc));
                boolean answered =
                    discs.stream().anyMatch(d -> each.getValue().equalsIgnoreCase(d.label()));
                if (answered && !each.getValue().equals(ASKS)) {
                  run(vm);
                }
              });
    }
  }

  private static List<Volume> discs(Vm vm) {
    var disks = new Disks(vm.world(), vm.node(), line -> {});
    return vm.drives().stream()
        .filter(Drive::isRealCdrom)
        .flatMap(drive -> drive.volume().stream())
        .flatMap(id -> disks.find(id).stream())
        .toList();
  }

  private static String fileName(Volume disc) {
    return disc.name().replaceFirst(".*/", "").toLowerCase(Locale.ROOT);
  }

  private static void run(Vm vm) {
    vm.state().put(END, String.valueOf(vm.world().now() + SECONDS));
  }

  /** A key was pressed: at the boot menu, that may be the consent that an installer wants. */
  static void typed(Vm vm, String key) {
    if (!vm.state().containsKey(DISC) || vm.state().containsKey(END)) {
      return;
    }
    var typed = vm.state().merge(TYPED, key.length() == 1 ? key : "<" + key + ">", String::concat);
    boolean answered = discs(vm).stream().anyMatch(disc -> ASKS.equalsIgnoreCase(disc.label()));
    if (answered && typed.contains(CONSENT) && typed.endsWith("boot<ret>")) {
      run(vm);
    }
  }

  /** What has come to its end by now: the disk has a system, and the VM is off. */
  public static void act(World world) {
    world.guests().values().stream()
        .filter(guest -> guest.state().containsKey(END))
        .map(guest -> Vm.of(world, guest))
        .filter(vm -> vm.isRunning() && isOver(vm))
        .forEach(
            vm -> {
              vm.state().put(GuestSystem.IMAGE, vm.state().getOrDefault(DISC, ""));
              PowerVm.halt(vm);
            });
  }

  private static boolean isOver(Vm vm) {
    return Long.parseLong(vm.state().getOrDefault(END, "0")) <= vm.world().now();
  }

  /** The VM is off. */
  static void forget(Vm vm) {
    vm.state().keySet().removeAll(List.of(DISC, TYPED, END));
  }
}
