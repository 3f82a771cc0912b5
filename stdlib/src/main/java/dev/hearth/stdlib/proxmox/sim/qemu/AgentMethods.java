package dev.hearth.stdlib.proxmox.sim.qemu;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Declares {@code …/agent} and what is below it. */
final class AgentMethods {
  private static final String VM = "/vms/{vmid}";
  private static final String UNRESTRICTED = "VM.GuestAgent.Unrestricted";
  private static final String AUDIT = "VM.GuestAgent.Audit";
  private static final String FILE_SYSTEMS = "VM.GuestAgent.FileSystemMgmt";

  /** More than this of a file is not handed over at once. */
  static final int MOST_BYTES = 16 << 20;

  /** The commands without parameters, with what PVE 9 asks for in place of unrestricted access. */
  private static final Map<String, List<String>> READS =
      commands(
          List.of(AUDIT),
          "get-fsinfo",
          "get-host-name",
          "get-memory-block-info",
          "get-memory-blocks",
          "get-osinfo",
          "get-time",
          "get-timezone",
          "get-users",
          "get-vcpus",
          "info",
          "network-get-interfaces");

  private static final Map<String, List<String>> ACTS = acts();

  private AgentMethods() {}

  private static Map<String, List<String>> acts() {
    var acts = new TreeMap<String, List<String>>();
    acts.putAll(commands(List.of(AUDIT), "ping"));
    acts.putAll(commands(List.of(AUDIT, FILE_SYSTEMS), "fsfreeze-status"));
    acts.putAll(commands(List.of(FILE_SYSTEMS), "fsfreeze-freeze", "fsfreeze-thaw", "fstrim"));
    acts.putAll(
        commands(
            List.of("VM.PowerMgmt"), "shutdown", "suspend-disk", "suspend-hybrid", "suspend-ram"));
    return acts;
  }

  private static Map<String, List<String>> commands(List<String> rights, String... names) {
    var commands = new TreeMap<String, List<String>>();
    for (var name : names) {
      commands.put(name, rights);
    }
    return commands;
  }

  /** Up to PVE 8 one privilege opens all of the agent; since 9 each kind of command has its own. */
  private static Check allow(int major, List<String> rights) {
    if (major < 9) {
      return Check.perm(VM, "VM.Monitor");
    }
    var wanted = new ArrayList<>(rights);
    wanted.add(UNRESTRICTED);
    return Check.permAny(VM, wanted.toArray(String[]::new));
  }

  static List<ApiMethod> of(int major) {
    var all = new ArrayList<ApiMethod>();
    READS.forEach((command, rights) -> all.add(command("GET", command, allow(major, rights))));
    ACTS.forEach((command, rights) -> all.add(command("POST", command, allow(major, rights))));
    all.add(
        QemuMethods.one("GET", "/agent", "index")
            .allow(Check.anyUser())
            .answers(AgentMethods::index));
    all.add(
        QemuMethods.one("POST", "/agent", "agent")
            .allow(allow(major, List.of()))
            .param("command", Param.of(oneOf(List.copyOf(names()))))
            .answers(call -> GuestAgent.command(call, call.params().text("command"))));
    all.addAll(programs(major));
    all.addAll(files(major));
    return all;
  }

  private static ApiMethod command(String verb, String command, Check check) {
    return QemuMethods.one(verb, "/agent/" + command, command)
        .allow(check)
        .answers(call -> GuestAgent.command(call, command));
  }

  private static Set<String> names() {
    var names = new TreeSet<>(READS.keySet());
    names.addAll(ACTS.keySet());
    return names;
  }

  private static Object index(Call call) {
    var names = names();
    names.addAll(List.of("exec", "exec-status", "file-read", "file-write", "set-user-password"));
    return names.stream().map(name -> Map.of("name", name)).toList();
  }

  private static List<ApiMethod> programs(int major) {
    var unrestricted = allow(major, List.of());
    return List.of(
        QemuMethods.one("POST", "/agent/exec", "exec")
            .allow(unrestricted)
            .param("command", new Param(string(), false, true, null))
            .param("input-data", Param.optional(string().maxLength(65_536)))
            .answers(GuestAgent::exec),
        QemuMethods.one("GET", "/agent/exec-status", "exec-status")
            .allow(unrestricted)
            .param("pid", Param.of(integer()))
            .answers(GuestAgent::execStatus),
        QemuMethods.one("POST", "/agent/set-user-password", "set-user-password")
            .allow(unrestricted)
            .param("username", Param.of(string()))
            .param("password", Param.of(string().minLength(5).maxLength(1024)))
            .param("crypted", Param.optional(bool().orElse("0")))
            .answers(GuestAgent::setPassword));
  }

  private static List<ApiMethod> files(int major) {
    var read =
        QemuMethods.one("GET", "/agent/file-read", "file-read")
            .allow(allow(major, List.of("VM.GuestAgent.FileRead")))
            .param("file", Param.of(string()));
    if (major >= 9) {
      read.param("offset", Param.optional(integer().min(0).orElse("0")))
          .param("count", Param.optional(integer().min(1).max(MOST_BYTES).orElse("" + MOST_BYTES)))
          .param("decode", Param.optional(bool().orElse("1")));
    }
    return List.of(
        read.answers(GuestAgent::readFile),
        QemuMethods.one("POST", "/agent/file-write", "file-write")
            .allow(allow(major, List.of("VM.GuestAgent.FileWrite")))
            .param("file", Param.of(string()))
            .param("content", Param.of(string().maxLength(61_440)))
            .param("encode", Param.optional(bool().orElse("1")))
            .answers(GuestAgent::writeFile));
  }
}
