package dev.hearth.stdlib.proxmox.sim.qemu;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said to the QEMU process of a VM in its own words: its human monitor, and key presses.
 */
final class MonitorMethods {
  private static final String VM = "/vms/{vmid}";
  private static final String VERSION = "7.2.22Debian 1:7.2+dfsg-7+deb12u18+b3";
  private static final String END = "\r\n";

  /** Monitor commands that do not do without a text, by how they begin. */
  private static final Map<String, Integer> TEXTS =
      Map.of("drive_add", 2, "device_add", 1, "device_del", 1, "netdev_add", 1, "sendkey", 1);

  private static final Set<String> READS = Set.of("info", "help", "?");

  /** QEMU's names of keys; a number in hexadecimal is one too. */
  private static final Pattern KEY =
      Pattern.compile(
          "[a-z0-9]|f\\d|f1[0-2]|kp_[0-9a-z]+|0x[0-9a-f]{1,2}|(?:shift|ctrl|alt|altgr|meta)(?:_[lr])?|esc"
              + "|ret|tab|spc|backspace|delete|insert|home|end|pgup|pgdn|up|down|left|right|caps_lock"
              + "|num_lock|scroll_lock|print|sysrq|pause|menu|minus|equal|comma|dot|slash|backslash"
              + "|semicolon|apostrophe|grave_accent|bracket_left|bracket_right|asterisk|less|power"
              + "|sleep|wake|volumeup|volumedown|audiomute");

  private MonitorMethods() {}

  static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    if (major >= 9) {
      methods.add(
          QemuMethods.one("POST", "/dbus-vmstate", "dbus_vmstate")
              .allow(Check.perm(VM, "VM.Migrate"))
              .param("action", Param.of(oneOf("start", "stop")))
              .answers(MonitorMethods::helper));
    }
    methods.addAll(speaking(major));
    return methods;
  }

  private static List<ApiMethod> speaking(int major) {
    return List.of(
        QemuMethods.one("POST", "/monitor", "monitor")
            .allow(
                major >= 9
                    ? Check.permAny(VM, "Sys.Audit", "Sys.Modify")
                    : Check.perm(VM, "VM.Monitor"))
            .param("command", Param.of(string()))
            .answers(MonitorMethods::command),
        QemuMethods.one("PUT", "/sendkey", "vm_sendkey")
            .allow(Check.perm(VM, "VM.Console"))
            .param("key", Param.of(string()))
            .param("skiplock", Param.optional(bool()))
            .answers(MonitorMethods::key));
  }

  /** The helper that takes connections along on a migration; it comes and goes unseen. */
  private static @Nullable Object helper(Call call) {
    var vm = QemuReads.vm(call);
    if (!vm.isRunning()) {
      throw Refusal.die("VM " + vm.vmid() + " not running");
    }
    return null;
  }

  private static Object command(Call call) {
    var vm = QemuReads.vm(call);
    var command = call.params().text("command").strip();
    var words = command.split("\\s+");
    if (!READS.contains(words[0])) {
      call.rights().check("/", "Sys.Modify");
    }
    return vm.isRunning() ? said(vm, command, words) : "ERROR: VM " + vm.vmid() + " not running\n";
  }

  private static String said(Vm vm, String command, String[] words) {
    var texts = TEXTS.getOrDefault(words[0], -1);
    if (texts >= words.length) {
      return words[0]
          + ": string expected"
          + END
          + "Try \"help "
          + words[0]
          + "\" for more information"
          + END;
    }
    return switch (command) {
      case "" -> "";
      case "info version" -> VERSION + END;
      case "info status" -> "VM status: " + (vm.isPaused() ? "paused" : "running") + END;
      case "info name" -> vm.config().getOrDefault("name", "VM " + vm.vmid()) + END;
      case "info kvm" -> "kvm support: disabled" + END;
      case "info uuid" ->
          VmStatus.properties(vm.config(), "smbios1")
                  .flatMap(known -> known.written("uuid"))
                  .orElse("00000000-0000-0000-0000-000000000000")
              + END;
      default -> texts >= 0 ? "" : "unknown command: '" + command + "'" + END;
    };
  }

  private static @Nullable Object key(Call call) {
    var vm = QemuReads.vm(call);
    if (!vm.isRunning()) {
      throw Refusal.die("VM " + vm.vmid() + " not running");
    }
    for (var key : call.params().text("key").split("-", -1)) {
      if (!KEY.matcher(key).matches()) {
        throw Refusal.die("invalid parameter: " + key + "\r");
      }
    }
    Installation.typed(vm, call.params().text("key"));
    return null;
  }
}
