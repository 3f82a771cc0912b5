package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault.Trouble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Programs that the agent starts in a guest. A simulated guest has no programs, so it knows what a
 * handful of them would print and takes every other name of its PATH for one that does its work in
 * silence; only a path that leads nowhere fails. As with the real agent a result is gone once it
 * was read.
 */
final class GuestProcesses {
  private static final String PROCESS = "exec.";

  /** The state of a VM that was asked already how far cloud-init is. */
  private static final String SET_UP = "set-up";

  private static final Set<String> PRINTS_WHEN_IT_FAILS = Set.of("cloud-init", "cat");
  private static final int FIRST_PID = 1000;
  private static final String RUNNING = "running";
  private static final Set<String> SYSTEM_FOLDERS =
      Set.of("/bin", "/sbin", "/usr/bin", "/usr/sbin");
  private static final Set<String> PROGRAMS =
      Set.of(
          ("apt apt-get bash cat chmod chown cloud-init cp curl dd df dnf echo env false find grep"
                  + " growpart hostname hostnamectl id install ip journalctl ln ls mkdir mount mv"
                  + " netplan ping poweroff ps python3 reboot rm sed service sh sleep ss stat sudo"
                  + " swapoff sync sysctl systemctl tail tar tee test timedatectl touch true"
                  + " umount uname useradd usermod wget whoami yum zypper")
              .split(" "));

  private final Vm vm;

  GuestProcesses(Vm vm) {
    this.vm = vm;
  }

  static void forget(Vm vm) {
    vm.state().keySet().removeIf(key -> key.startsWith(PROCESS));
    vm.state().remove(SET_UP);
  }

  /** Starts a program and returns its process id. */
  int start(List<String> command, String input) {
    var program = command.isEmpty() ? "" : command.getFirst();
    if (program.isEmpty() || !exists(program)) {
      throw Refusal.die(
          "Agent error: Guest agent command failed, error was 'Failed to execute child process \""
              + program
              + "\" (No such file or directory)'");
    }
    var pid = FIRST_PID;
    while (vm.state().containsKey(PROCESS + pid)) {
      pid++;
    }
    var name = program.substring(program.lastIndexOf('/') + 1);
    var arguments = command.subList(1, command.size());
    var status = new GuestFileSystem(vm).act(name, arguments) ? status(name, arguments) : 1;
    var output =
        status == 0 || PRINTS_WHEN_IT_FAILS.contains(name) ? output(name, arguments, input) : "";
    vm.state().put(PROCESS + pid, RUNNING + "\n" + status + "\n" + output);
    return pid;
  }

  private int status(String name, List<String> arguments) {
    return switch (name) {
      case "false" -> 1;
      case "id" -> arguments.size() > 1 && isTroubled(Trouble.NO_USER) ? 1 : 0;
      case "dpkg-query", "rpm", "apk", "pacman" -> isTroubled(Trouble.NO_PACKAGE) ? 1 : 0;
      case "cloud-init" -> isTroubled(Trouble.CLOUD_INIT_FAILED) ? 1 : 0;
      default -> 0;
    };
  }

  private boolean isTroubled(Trouble trouble) {
    return GuestSystem.isTroubled(vm, trouble);
  }

  /** The first to ask finds it at work still, as a guest that has just started. */
  private String cloudInit() {
    var running =
        isTroubled(Trouble.CLOUD_INIT_RUNNING) || vm.state().putIfAbsent(SET_UP, "1") == null;
    if (running) {
      return "{\"status\": \"running\", \"errors\": []}\n";
    }
    return isTroubled(Trouble.CLOUD_INIT_FAILED)
        ? "{\"status\": \"error\", \"extended_status\": \"error - done\", \"errors\": [\"('scripts_user',"
            + " RuntimeError('Runparts: 1 failures'))\"]}\n"
        : "{\"status\": \"done\", \"extended_status\": \"done\", \"errors\": []}\n";
  }

  private static boolean exists(String program) {
    var slash = program.lastIndexOf('/');
    return slash < 0
        || (SYSTEM_FOLDERS.contains(program.substring(0, slash))
            && PROGRAMS.contains(program.substring(slash + 1)));
  }

  private String output(String name, List<String> arguments, String input) {
    var facts = new GuestFacts(vm);
    return switch (name) {
      case "echo" -> String.join(" ", arguments) + "\n";
      case "cat" -> arguments.isEmpty() ? input : new GuestFileSystem(vm).together(arguments);
      case "hostname" -> facts.hostName() + "\n";
      case "whoami" -> "root\n";
      case "id" -> arguments.contains("-u") ? "1000\n" : "uid=0(root) gid=0(root) groups=0(root)\n";
      case "cloud-init" -> cloudInit();
      case "dpkg-query" -> "install ok installed";
      case "tail" -> "Cloud-init v. 25.1.4 finished. Datasource DataSourceNoCloud.\n";
      default -> "";
    };
  }

  /** What became of a process: the first to ask finds it running still. */
  Map<String, Object> status(int pid) {
    var kept = vm.state().get(PROCESS + pid);
    if (kept == null) {
      throw Refusal.die("Agent error: Invalid parameter 'pid'");
    }
    var answer = new LinkedHashMap<String, Object>();
    if (kept.startsWith(RUNNING + "\n")) {
      vm.state().put(PROCESS + pid, kept.substring(RUNNING.length() + 1));
      answer.put("exited", 0);
      return answer;
    }
    vm.state().remove(PROCESS + pid);
    var line = kept.indexOf('\n');
    answer.put("exited", 1);
    answer.put("exitcode", Integer.parseInt(kept.substring(0, line)));
    answer.put("out-data", kept.substring(line + 1));
    return answer;
  }
}
