package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The operating system inside a simulated VM. A VM has one when its disk came from an image that
 * holds one; then it boots, hears the power button and, where the configuration has a channel for
 * it, its guest agent answers.
 *
 * @param id as in {@code /etc/os-release}
 * @param name the distribution
 * @param version the release, empty where there are none
 */
public record GuestSystem(String id, String name, String version) {
  /** The state of a VM that names the image its system came from. */
  public static final String IMAGE = "system";

  /** The state of a VM that says {@code 0} when its system has no guest agent. */
  public static final String AGENT = "agent";

  /** A smaller image file holds no system, unless its name says that it does. */
  private static final long SMALLEST_SYSTEM_BYTES = 8L << 20;

  private static final List<GuestSystem> KNOWN =
      List.of(
          new GuestSystem("debian", "Debian GNU/Linux", "12"),
          new GuestSystem("ubuntu", "Ubuntu", "24.04"),
          new GuestSystem("rocky", "Rocky Linux", "9"),
          new GuestSystem("almalinux", "AlmaLinux", "9"),
          new GuestSystem("centos", "CentOS Stream", "9"),
          new GuestSystem("fedora", "Fedora Linux", "43"),
          new GuestSystem("opensuse", "openSUSE Leap", "15.6"),
          new GuestSystem("ol", "Oracle Linux Server", "9"),
          new GuestSystem("arch", "Arch Linux", ""),
          new GuestSystem("alpine", "Alpine Linux", "3.22"),
          new GuestSystem("flatcar", "Flatcar Container Linux", ""),
          new GuestSystem("freebsd", "FreeBSD", "14"),
          new GuestSystem("talos", "Talos", ""));

  /** Names of Ubuntu's releases and builds, which its images carry in place of its own. */
  private static final List<String> UBUNTU = List.of("cloudimg", "noble", "jammy", "focal");

  /** Notes that a VM's disk came from this image. */
  static void install(Map<String, String> state, String drive, Volume image) {
    var file = image.name().substring(image.name().lastIndexOf('/') + 1);
    var holdsSystem =
        byName(file).isPresent()
            || (image.fileBytes() >= SMALLEST_SYSTEM_BYTES && image.usedBytes() > 0);
    if (holdsSystem && !drive.equals("efidisk0") && !drive.equals("tpmstate0")) {
      state.put(IMAGE, file);
    }
  }

  /** A clone has what its source has. */
  static void copy(Map<String, String> from, Map<String, String> to) {
    for (var key : List.of(IMAGE, AGENT)) {
      var value = from.get(key);
      if (value != null) {
        to.put(key, value);
      }
    }
  }

  /** The system in a VM, if there is one. */
  static Optional<GuestSystem> of(Vm vm) {
    return Optional.ofNullable(vm.state().get(IMAGE))
        .map(image -> byName(image).orElse(new GuestSystem("linux", "Linux", "")));
  }

  /** Whether the VM's agent answers now: it runs, has a channel, and a system with an agent. */
  static boolean agentAnswers(Vm vm) {
    return vm.isRunning()
        && !vm.isPaused()
        && VmStatus.hasAgent(vm.config())
        && of(vm).isPresent()
        && !"0".equals(vm.state().get(AGENT))
        && !isTroubled(vm, Trouble.NO_AGENT);
  }

  static boolean isTroubled(Vm vm, Trouble trouble) {
    return vm.world().isTroubled(vm.config().getOrDefault("name", ""), trouble);
  }

  private static Optional<GuestSystem> byName(String image) {
    var lower = image.toLowerCase(Locale.ROOT);
    if (UBUNTU.stream().anyMatch(lower::contains)) {
      return KNOWN.stream().filter(system -> system.id.equals("ubuntu")).findFirst();
    }
    return KNOWN.stream()
        .filter(system -> lower.matches(".*\\b" + system.id + ".*"))
        .findFirst()
        .map(system -> system.released(lower));
  }

  /** The same in the release that the image's name states. */
  private GuestSystem released(String image) {
    var stated = image.replaceFirst(".*\\b" + id + "[a-z]*-?v?(\\d+(?:\\.\\d+)?).*", "$1");
    return stated.matches("\\d+(\\.\\d+)?") && !version.isEmpty()
        ? new GuestSystem(id, name, stated)
        : this;
  }

  String prettyName() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
