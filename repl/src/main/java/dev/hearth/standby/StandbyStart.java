package dev.hearth.standby;

import dev.hearth.runtime.storage.PrivateFolder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.Signals;

/** How a standby process comes to be. */
public final class StandbyStart {
  private static final String MAIN = "dev.hearth.cli.StandbyMain";

  private final PrivateFolder folder;

  /**
   * The standby process of a user.
   *
   * @param folder Hearth's folder for sockets
   */
  public StandbyStart(Path folder) {
    this.folder = new PrivateFolder(folder);
  }

  public StandbyAddress address() {
    return new StandbyAddress(folder.path());
  }

  /**
   * Is the standby process, in this process, until it has ended.
   *
   * @param jar what runs here; another build does not come to it
   */
  public void serve(Path jar, Standby.Work work, Duration idle, Runnable endAtOnce)
      throws IOException {
    // It may still stand in the group of a terminal whose user presses Ctrl-C for something else.
    Signals.register("INT", () -> {});
    Signals.register("HUP", () -> {});
    folder.create();
    var likeness = Likeness.ofThisProcess(jar, System.getenv());
    if (likeness.isPresent()) {
      new Standby(address(), likeness.get(), work, idle, endAtOnce).serve();
    }
  }

  /**
   * Starts one like this process and does not wait for it; does nothing where the system cannot
   * have one.
   *
   * @return whether one was started
   */
  public boolean start() throws IOException {
    var command = command();
    if (command.isEmpty()) {
      return false;
    }
    var nothing = new File("/dev/null");
    new ProcessBuilder(command.get())
        .redirectInput(nothing)
        .redirectOutput(nothing)
        .redirectError(nothing)
        .start();
    return true;
  }

  /**
   * The command line of this process up to the class path, which the launcher chose with care; only
   * the cache is the one that has all in it. Empty when it was not the launcher that started this.
   */
  private static Optional<List<String>> command() throws IOException {
    var own = Path.of("/proc/self/cmdline");
    if (!Files.exists(own)) {
      return Optional.empty();
    }
    var words = List.of(Files.readString(own, StandardCharsets.UTF_8).split("\0", -1));
    var path = words.indexOf("-cp");
    if (path < 0) {
      return Optional.empty();
    }
    var jar = words.get(path + 1).split(File.pathSeparator, 2)[0]; // a debugger's stand behind it
    if (!Path.of(jar).endsWith("lib/hearth.jar")) {
      return Optional.empty();
    }
    var command = new ArrayList<String>();
    var setsid = Path.of("/usr/bin/setsid"); // out of the terminal's session, where there is one
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString());
    }
    for (var word : words.subList(0, path)) {
      command.add(
          word.startsWith("-XX:AOTCache=")
              ? word.replaceFirst("[a-z]+[.]aot$", "simulated.aot")
              : word);
    }
    command.addAll(List.of("-cp", jar, MAIN, jar));
    return Optional.of(command);
  }

  /**
   * Whether a run that has just ended should leave a standby process behind, for the next one.
   *
   * @param environment the variable {@code HEARTH_STANDBY}: {@code off} never, {@code on} always,
   *     else when a person sits there
   * @param interactive whether a person can be asked
   */
  public static boolean isWanted(Map<String, String> environment, boolean interactive) {
    return switch (environment.getOrDefault("HEARTH_STANDBY", "")) {
      case "off" -> false;
      case "on" -> true;
      default ->
          interactive
              && environment.getOrDefault("CI", "").isEmpty()
              && !environment.containsKey("HEARTH_PROCESS"); // a recipe's child ends with it
    };
  }
}
