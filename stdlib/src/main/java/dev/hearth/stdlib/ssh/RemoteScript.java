package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.command.ShellScript;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command as a recipe wrote it, made into text for the shell of a host. */
final class RemoteScript {
  private static final ShellScript.Errors ERRORS =
      new ShellScript.Errors(SshRunError.COMMAND_MALFORMED, SshRunError.VALUE_AS_CODE);

  private RemoteScript() {}

  /**
   * The script.
   *
   * @param text the template's own pieces
   * @param values between each two of them
   */
  static String of(List<String> text, List<List<String>> values) {
    return ShellScript.of(text, values, ERRORS);
  }

  static String quoted(String word) {
    return ShellScript.quoted(word);
  }

  static void requireVariable(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new HearthException(SshRunError.NAME_MALFORMED, name, "a variable");
    }
  }

  /**
   * The same script in a folder and with variables.
   *
   * @param folder where it runs; {@code null}: where the login begins
   */
  static String prepared(String script, @Nullable String folder, Map<String, String> variables) {
    var prepared = new StringBuilder();
    variables.forEach(
        (name, value) -> {
          requireVariable(name);
          prepared.append("export ").append(name).append('=').append(quoted(value)).append("; ");
        });
    if (folder != null) {
      prepared.append("cd -- ").append(quoted(folder)).append(" || exit; ");
    }
    return prepared.append(script).toString();
  }
}
