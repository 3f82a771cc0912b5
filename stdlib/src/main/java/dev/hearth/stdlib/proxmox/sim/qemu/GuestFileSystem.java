package dev.hearth.stdlib.proxmox.sim.qemu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that were written in a guest, each byte as the character of its number. */
final class GuestFileSystem {
  private static final String FILE = "file:";

  private final Vm vm;

  GuestFileSystem(Vm vm) {
    this.vm = vm;
  }

  /** What somebody wrote there, or what every system has; null where there is nothing. */
  @Nullable String read(String path) {
    var written = vm.state().get(FILE + path);
    var facts = new GuestFacts(vm);
    return switch (path) {
      case "/etc/hostname" -> written == null ? facts.hostName() + "\n" : written;
      case "/etc/os-release" -> written == null ? facts.osRelease() : written;
      default -> written;
    };
  }

  void write(String path, String content) {
    vm.state().put(FILE + path, content);
  }

  /** What is in some files, one after the other. */
  String together(List<String> paths) {
    var all = new StringBuilder();
    for (var path : paths) {
      var content = read(path);
      all.append(content == null ? "" : content);
    }
    return all.toString();
  }

  /**
   * Does what a program does to files; of others it knows nothing.
   *
   * @return whether it went well
   */
  boolean act(String program, List<String> arguments) {
    var paths = new ArrayList<>(arguments);
    boolean forces = paths.removeIf(word -> word.equals("-f"));
    return switch (program) {
      case "cat" -> paths.stream().allMatch(path -> read(path) != null);
      case "cp", "mv" -> paths.size() == 2 && copied(program, paths.get(0), paths.get(1));
      case "rm" -> removed(paths, forces);
      case "dd" -> joined(arguments);
      default -> true;
    };
  }

  private boolean copied(String program, String from, String to) {
    var content = read(from);
    if (content == null) {
      return false;
    }
    write(to, content);
    if (program.equals("mv")) {
      vm.state().remove(FILE + from);
    }
    return true;
  }

  private boolean removed(List<String> paths, boolean forces) {
    boolean all = true;
    for (var path : paths) {
      all &= vm.state().remove(FILE + path) != null;
    }
    return all || forces;
  }

  private boolean joined(List<String> arguments) {
    String from = "";
    String to = "";
    for (var argument : arguments) {
      if (argument.startsWith("if=")) {
        from = argument.substring("if=".length());
      } else if (argument.startsWith("of=")) {
        to = argument.substring("of=".length());
      }
    }
    var content = read(from);
    if (content == null || to.isEmpty()) {
      return false;
    }
    var before = arguments.contains("oflag=append") ? read(to) : "";
    write(to, (before == null ? "" : before) + content);
    return true;
  }
}
