package dev.hearth.cli;

import dev.hearth.terminal.Verbosity;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The flags that every command has. */
final class CommonFlags {
  private CommonFlags() {}

  static final List<String> NAMES =
      List.of("--help", "--json", "--quiet", "--verbose", "--no-color", "--no-input", "--profile");

  static CommandSpec addTo(CommandSpec spec) {
    var common =
        new Spec()
            .flag("-h, --help", "Show this help.")
            .flag("--json", "Print JSON on standard output.")
            .flag("-q, --quiet", "Show only warnings and errors.")
            .flag("-v, --verbose", "Show more, such as the details of errors.")
            .flag("--no-color", "Use no colours.")
            .option("--profile", "PROFILE", "Use the settings and connections of this profile.")
            .flag("--no-input", "Never ask; fail where an answer is missing.")
            .build();
    common.options().forEach(spec::addOption);
    return spec;
  }

  static Verbosity verbosity(ParseResult parsed) {
    if (parsed.matchedOptionValue("--verbose", false)) {
      return Verbosity.VERBOSE;
    }
    return parsed.matchedOptionValue("--quiet", false) ? Verbosity.QUIET : Verbosity.NORMAL;
  }

  /** Whether a flag stands before {@code --}; for what must be known before anything is parsed. */
  static boolean isGiven(String flag, List<String> arguments) {
    for (var argument : arguments) {
      if (argument.equals("--")) {
        return false;
      }
      if (argument.equals(flag)) {
        return true;
      }
    }
    return false;
  }
}
