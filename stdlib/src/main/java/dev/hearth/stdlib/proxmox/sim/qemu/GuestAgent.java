package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The QEMU guest agent as the API reaches it: questions to a running guest, files, programs. */
final class GuestAgent {
  private static final String VERSION = "7.2.0";

  /** The agent's commands, in the order in which it names them. */
  private static final List<String> SUPPORTED =
      List.of(
          "sync",
          "sync-delimited",
          "ping",
          "info",
          "network-get-interfaces",
          "get-osinfo",
          "get-host-name",
          "get-time",
          "get-timezone",
          "get-users",
          "get-vcpus",
          "get-fsinfo",
          "exec",
          "exec-status",
          "file-open",
          "file-read",
          "file-write",
          "file-close",
          "fsfreeze-status",
          "fsfreeze-freeze",
          "fsfreeze-thaw",
          "fstrim",
          "shutdown",
          "set-user-password");

  private final Vm vm;

  private GuestAgent(Vm vm) {
    this.vm = vm;
  }

  /** The agent of the VM that a call names; dies as Proxmox does when it cannot answer. */
  private static GuestAgent reach(Call call) {
    var vm = Vm.load(call.world(), call.node(), call.params().integer("vmid"));
    if (!VmStatus.hasAgent(vm.config())) {
      throw Refusal.die("No QEMU guest agent configured");
    }
    if (!vm.isRunning()) {
      throw Refusal.die("VM " + vm.vmid() + " is not running");
    }
    if (!GuestSystem.agentAnswers(vm)) {
      throw Refusal.die("QEMU guest agent is not running");
    }
    return new GuestAgent(vm);
  }

  /** Answers a command without parameters, such as {@code get-osinfo}. */
  static Object command(Call call, String command) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("result", reach(call).result(command));
    return result;
  }

  private Object result(String command) {
    var guest = new GuestFacts(vm);
    return switch (command) {
      case "ping" -> Map.of();
      case "info" -> info();
      case "network-get-interfaces" -> guest.interfaces();
      case "get-osinfo" -> guest.system();
      case "get-host-name" -> Map.of("host-name", guest.hostName());
      case "get-time" -> vm.world().now() * 1_000_000_000L;
      case "get-timezone" -> Map.of("zone", "UTC", "offset", 0);
      case "get-users" -> List.of();
      case "get-vcpus" -> guest.processors();
      case "get-fsinfo" -> guest.fileSystems();
      case "fstrim" -> Map.of("paths", List.of());
      case "fsfreeze-status" -> vm.state().containsKey("frozen") ? "frozen" : "thawed";
      case "fsfreeze-freeze" -> freeze();
      case "fsfreeze-thaw" -> thaw();
      case "shutdown" -> shutdown();
      default ->
          Map.of(
              "error",
              Map.of(
                  "class",
                  "CommandNotFound",
                  "desc",
                  "The command guest-" + command + " has not been found"));
    };
  }

  private Object freeze() {
    vm.state().put("frozen", "1");
    return 1;
  }

  private Object thaw() {
    vm.state().remove("frozen");
    return 1;
  }

  private Object shutdown() {
    PowerVm.halt(vm);
    return Map.of();
  }

  private static Object info() {
    var commands = new ArrayList<Map<String, Object>>();
    for (var command : SUPPORTED) {
      commands.add(
          Map.of(
              "name",
              "guest-" + command,
              "enabled",
              true,
              "success-response",
              !command.equals("shutdown")));
    }
    return Map.of("version", VERSION, "supported_commands", commands);
  }

  static Object exec(Call call) {
    var vm = reach(call).vm;
    var input = call.params().text("input-data", "");
    return Map.of("pid", new GuestProcesses(vm).start(call.params().array("command"), input));
  }

  static Object execStatus(Call call) {
    return new GuestProcesses(reach(call).vm).status(call.params().integer("pid"));
  }

  /** A VM that stops takes its processes with it. */
  static void forgetProcesses(Vm vm) {
    GuestProcesses.forget(vm);
    vm.state().remove("frozen");
  }

  static Object setPassword(Call call) {
    reach(call);
    return Map.of("result", Map.of());
  }

  static Object readFile(Call call) {
    var vm = reach(call).vm;
    var path = call.params().text("file");
    var content = new GuestFileSystem(vm).read(path);
    if (content == null) {
      throw Refusal.die(
          "Agent error: failed to open file '" + path + "' (mode: 'r'): No such file or directory");
    }
    int from = (int) Math.min(content.length(), call.params().integer("offset", 0));
    long most = call.params().integer("count", AgentMethods.MOST_BYTES);
    var part = content.substring(from, (int) Math.min(content.length(), from + most));
    var bytes = part.getBytes(StandardCharsets.ISO_8859_1);
    var answer = new LinkedHashMap<String, Object>();
    answer.put(
        "content",
        call.params().flag("decode", true) ? part : Base64.getEncoder().encodeToString(bytes));
    answer.put("bytes-read", bytes.length);
    if (from + part.length() < content.length()) {
      answer.put("truncated", 1);
    }
    return answer;
  }

  static @Nullable Object writeFile(Call call) {
    var vm = reach(call).vm;
    var content = call.params().text("content");
    if (content.codePoints().anyMatch(point -> point > 255)) {
      throw Refusal.die(
          "Wide character in subroutine entry at /usr/share/perl5/PVE/API2/Qemu/Agent.pm line"
              + " 521.");
    }
    var text = call.params().flag("encode", true) ? content : decoded(content);
    new GuestFileSystem(vm).write(call.params().text("file"), text);
    return null;
  }

  /** The agent takes what it can of broken base 64, as glib does. */
  private static String decoded(String base64) {
    var clean = base64.replaceAll("[^A-Za-z0-9+/]", "");
    var whole = clean.substring(0, clean.length() - (clean.length() % 4 == 1 ? 1 : 0));
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
  }
}
