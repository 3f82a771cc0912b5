package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A shell of the sh family.
 *
 * @param program its name or path
 * @param settings what a script begins with, so that a failure in it is one
 */
record Shell(String program, String settings) {
  private static final String STRICT = "set -eu";

  /** Has pipefail, so a failure before a pipe counts too. */
  private static final String STRICT_PIPES = "set -euo pipefail";

  private static final Map<String, String> KNOWN =
      Map.of(
          "bash", STRICT_PIPES,
          "zsh", STRICT_PIPES,
          "ksh", STRICT_PIPES,
          "mksh", STRICT_PIPES,
          "sh", STRICT,
          "dash", STRICT,
          "ash", STRICT);

  /** As zx and its users know it. */
  static final Shell BASH = named("bash");

  static Shell named(String program) {
    var settings = KNOWN.get(program.substring(program.lastIndexOf('/') + 1));
    if (settings == null) {
      throw new HearthException(ShellError.UNKNOWN_SHELL, VisibleText.of(program));
    }
    return new Shell(program, settings);
  }

  /**
   * The shell with a script. Values are not in the script: they are arguments that variables of the
   * script get, so that no text of theirs is ever read as code.
   */
  List<String> commandLine(CommandText command) {
    var script = new ScriptWriter(command).write();
    var line = new ArrayList<>(List.of(program, "-c", settings + "; " + script.text(), program));
    line.addAll(script.arguments());
    return line;
  }
}
