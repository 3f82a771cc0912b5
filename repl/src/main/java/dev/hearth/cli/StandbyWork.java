package dev.hearth.cli;

import dev.hearth.log.FileLog;
import dev.hearth.log.ProcessLog;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.engine.BlankRealm;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.run.RecipeRun;
import dev.hearth.standby.ProcessMemory;
import dev.hearth.standby.Standby;
import dev.hearth.standby.Visit;
import dev.hearth.terminal.Ink;
import java.nio.file.InvalidPathException;
import java.util.List;

/**
 * What a standby process does: runs of recipes, and evaluations, that start no program.
 *
 * <p>A program that a recipe starts belongs to the user's terminal, to its job control, its limits
 * and its control group: {@code sudo} asks there, Ctrl-Z stops it. Here it would belong to nobody,
 * so such a run is a process of its own.
 */
final class StandbyWork implements Standby.Work {
  /** What is never given back to the system by a JVM that goes on; then a new one is better. */
  private static final long MOST_MEMORY = 512L * 1024 * 1024;

  private static final int MOST_RUNS = 500;

  /** The commands that are faster here. */
  static final List<String> COMMANDS = List.of("run", "eval");

  private final FileLog log;
  private int runs;
  private Runnable afterwards = () -> {};

  /** Work that {@code log} tells of between the commands. */
  StandbyWork(FileLog log) {
    this.log = log;
  }

  @Override
  public boolean suits(Visit visit) {
    var words = visit.words();
    if (words.isEmpty()
        || !COMMANDS.contains(words.getFirst())
        || DiagnosticFlags.wantsDebugger(words)) {
      return false;
    }
    try {
      var flags = GrantFlags.of(words.subList(1, words.size()));
      return flags.grants().stream().noneMatch(StandbyWork::startsPrograms)
          && (words.getFirst().equals("eval")
              || declared(flags.rest()).stream().noneMatch(StandbyWork::startsPrograms));
    } catch (HearthException | InvalidPathException e) {
      return true; // something is wrong with it, which the command itself says best
    }
  }

  /** What the recipe among the arguments declares. */
  private static List<Permission> declared(List<String> arguments) {
    return NamedRecipe.among(
            WorldFlags.attachEmptyValue(arguments), CommonFlags.addTo(new RunCommand().spec()))
        .map(NamedRecipe::permissions)
        .orElse(List.of());
  }

  private static boolean startsPrograms(String grant) {
    return grant.equals("all") || grant.startsWith("exec");
  }

  private static boolean startsPrograms(Permission declared) {
    return declared instanceof Permission.Exec || declared instanceof Permission.All;
  }

  @Override
  public int perform(Visit visit) {
    var words = visit.words();
    var variables = visit.environment();
    var environment = Environment.of(variables);
    afterwards = () -> AfterRun.tidy(words, environment);
    var terminal =
        visit.terminal(CommonFlags.isGiven("--no-color", words) ? Ink.PLAIN : Ink.COLOUR);
    var status =
        new CommandLineInterface(
                terminal,
                environment,
                () -> {
                  var interrupts = new Interrupts(terminal.err(), Main::endAtOnce);
                  visit.onSignal(interrupts::signalled);
                  return interrupts;
                },
                visit::came)
            .run(words);
    terminal.out().flush();
    terminal.err().flush();
    return status;
  }

  @Override
  public Standby.Next after(int status) {
    runs++;
    afterwards.run();
    ProcessLog.writeTo(log); // the command's own knows its secrets, and is to be forgotten
    if (status == ErrorKind.BUG.exitStatus()
        || RecipeRun.leftThreads()
        || runs >= MOST_RUNS
        || isLarge()) {
      return Standby.Next.END; // nobody knows what such a process is like
    }
    BlankRealm.prepare();
    return Standby.Next.STAY;
  }

  /** Whether what is left of the runs, secrets of theirs included, is much after a collection. */
  private static boolean isLarge() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() > MOST_MEMORY / 4
        || ProcessMemory.resident() > MOST_MEMORY;
  }
}
