package dev.hearth.cli;

import dev.hearth.log.FileLog;
import dev.hearth.log.ProcessLog;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.engine.BlankRealm;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.StandardStream;
import dev.hearth.terminal.Terminal;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From arguments to an exit status. Only the command that was asked for is built, and help needs
 * not even that.
 */
final class CommandLineInterface {
  private final Terminal terminal;
  private final Environment environment;
  private final Supplier<Interrupts> interrupts;
  private final Supplier<Instant> began;
  private FileLog log; // of the profile, once that is known

  /** A command line that begins now. */
  CommandLineInterface(
      Terminal terminal, Environment environment, Supplier<Interrupts> interrupts) {
    this(terminal, environment, interrupts, Instant::now);
  }

  /**
   * A command line.
   *
   * @param interrupts watches for Ctrl-C; asked for by commands that can be stopped gently
   * @param began says when the process began that somebody waits for
   */
  CommandLineInterface(
      Terminal terminal,
      Environment environment,
      Supplier<Interrupts> interrupts,
      Supplier<Instant> began) {
    this.began = began;
    this.log = new FileLog(environment);
    this.terminal = terminal;
    this.environment = environment;
    this.interrupts = interrupts;
  }

  /** Runs what the arguments ask for; every failure has been shown when this returns. */
  int run(List<String> arguments) {
    ProcessLog.writeTo(log);
    try {
      return written(dispatch(arguments));
    } catch (HearthException e) {
      if (isWorthALine(e, arguments)) {
        log.refused(typed(arguments), e);
      }
      return fail(ErrorReport.of(e), arguments);
    } catch (InvalidPathException e) { // wherever it was typed
      var input = SafeText.line(e.getInput());
      return fail(ErrorReport.of(new HearthException(CliError.NO_PATH, input)), arguments);
    } catch (InterruptedException e) {
      return ErrorKind.INTERRUPTED.exitStatus();
    } catch (Throwable e) { // whatever else escapes is a bug, and is shown as one
      return fail(BugReport.of(e, log.failed("hearth " + typed(arguments), e)), arguments);
    }
  }

  /** The words of the command, without arguments: those may hold secrets. */
  private static String typed(List<String> arguments) {
    return name(arguments).map(NamedCommand::words).orElse("");
  }

  private static Optional<NamedCommand> name(List<String> arguments) {
    return arguments.isEmpty() ? Optional.empty() : Commands.at(arguments);
  }

  /** A slip of the pen is told to whoever sits there; a run may have been started by nobody. */
  private static boolean isWorthALine(HearthException failure, List<String> arguments) {
    return failure.kind() != ErrorKind.USAGE
        || name(arguments).filter(name -> name.create().runsJavaScript()).isPresent();
  }

  /** Data that did not arrive is a failure, whatever the command thought of it. */
  private int written(int status) {
    if (status == 0 && terminal.out() instanceof StandardStream out) {
      out.failure()
          .ifPresent(
              e -> {
                throw new HearthException(CliError.OUTPUT_LOST, String.valueOf(e.getMessage()))
                    .causedBy(e);
              });
    }
    return status;
  }

  private int dispatch(List<String> arguments) throws InterruptedException {
    if (arguments.isEmpty()) {
      return show(TopHelp.all(), arguments);
    }
    return switch (arguments.getFirst()) {
      case "-h", "--help" -> show(TopHelp.all(), arguments);
      case Completer.COMMAND -> complete(arguments.subList(1, arguments.size()));
      case "help" -> help(arguments.subList(1, arguments.size()));
      case "-V", "--version" -> run(CommandName.VERSION, arguments.subList(1, arguments.size()));
      default -> command(arguments);
    };
  }

  /** Typed by the completion scripts, for what depends on the machine; help does not list it. */
  private int complete(List<String> words) {
    new Completer(environment)
        .complete(words)
        .forEach(word -> terminal.out().println(word.text() + "\t" + word.summary()));
    return 0;
  }

  private int help(List<String> words) throws InterruptedException {
    return words.isEmpty() || words.getFirst().startsWith("-")
        ? show(TopHelp.all(), words)
        : command(Stream.concat(words.stream(), Stream.of("--help")).toList());
  }

  private int command(List<String> arguments) throws InterruptedException {
    var first = arguments.getFirst();
    if (first.startsWith("-")) {
      throw unknownOption(first);
    }
    var name = Commands.at(arguments);
    if (name.isEmpty()) {
      return group(first, arguments.subList(1, arguments.size()));
    }
    var words = name.get().words().split(" ", -1).length;
    return run(name.get(), arguments.subList(words, arguments.size()));
  }

  private int run(NamedCommand name, List<String> arguments) throws InterruptedException {
    var named = name.create();
    if (named.runsJavaScript() && !isHelpWanted(arguments)) {
      BlankRealm.prepare();
    }
    var given = named.given(arguments);
    var command = given.command();
    if (isHelpWanted(arguments)) {
      return show(command.help(name), arguments);
    }
    var spec = CommonFlags.addTo(command.spec());
    var parsed = new CommandParser(command.typed(name), spec).parse(given.arguments());
    var asking = parsed.matchedOptionValue("--no-input", false);
    var form =
        parsed.matchedOptionValue("--json", false) ? Invocation.Form.JSON : Invocation.Form.TEXT;
    var profile = parsed.matchedOptionValue("--profile", (String) null);
    if (profile != null) {
      log = log.in(ofProfile(profile));
      ProcessLog.writeTo(log);
    }
    return command.run(
        new Invocation(
            parsed,
            asking ? terminal.withoutQuestions() : terminal,
            ofProfile(profile),
            log,
            interrupts,
            began,
            CommonFlags.verbosity(parsed),
            form));
  }

  /** The flag is the variable, for everything that reads settings. */
  private Environment ofProfile(@Nullable String profile) {
    return profile == null
        ? environment
        : name -> name.equals(Settings.PROFILE) ? Optional.of(profile) : environment.get(name);
  }

  private static boolean isHelpWanted(List<String> arguments) {
    return CommonFlags.isGiven("--help", arguments) || CommonFlags.isGiven("-h", arguments);
  }

  private int group(String group, List<String> rest) {
    var commands = Commands.ofGroup(group);
    if (commands.isEmpty()) {
      throw unknownCommand(group);
    }
    if (isHelpWanted(rest)) {
      return show(TopHelp.group(group), rest);
    }
    var seconds =
        commands.stream().map(name -> name.words().substring(group.length() + 1)).toList();
    if (rest.isEmpty() || rest.getFirst().startsWith("-")) {
      throw new HearthException(CliError.MISSING_SUBCOMMAND, group, String.join(", ", seconds));
    }
    var word = rest.getFirst();
    var error = new HearthException(CliError.UNKNOWN_SUBCOMMAND, SafeText.line(word), group);
    throw Suggestion.closest(word, seconds)
        .map(nearest -> error.hint("Did you mean `hearth " + group + " " + nearest + "`?"))
        .orElse(error);
  }

  private static HearthException unknownCommand(String word) {
    var error = new HearthException(CliError.UNKNOWN_COMMAND, SafeText.line(word));
    return Suggestion.closest(word, Commands.firstWords())
        .map(nearest -> error.hint("Did you mean `hearth " + nearest + "`?"))
        .orElse(error);
  }

  private static HearthException unknownOption(String option) {
    return new HearthException(CliError.UNKNOWN_OPTION, SafeText.line(option), "hearth")
        .hint("Options stand after the command; list the commands with `hearth --help`.");
  }

  private int show(HelpPage page, List<String> arguments) {
    if (CommonFlags.isGiven("--json", arguments)) {
      terminal.out().println(JsonDocument.line(page.json()));
    } else {
      terminal.out().print(page.text(terminal.outScreen()));
    }
    return 0;
  }

  private int fail(ErrorReport report, List<String> arguments) {
    if (CommonFlags.isGiven("--json", arguments)) {
      var document = JsonDocument.of("error");
      document.set("error", ErrorJson.of(report));
      terminal.out().println(JsonDocument.line(document));
    } else {
      var detail =
          CommonFlags.isGiven("--verbose", arguments) || CommonFlags.isGiven("-v", arguments)
              ? ErrorRenderer.Detail.FULL
              : ErrorRenderer.Detail.BRIEF;
      terminal.err().print(new ErrorRenderer(terminal.errScreen(), detail).text(report));
    }
    return report.kind().exitStatus();
  }
}
