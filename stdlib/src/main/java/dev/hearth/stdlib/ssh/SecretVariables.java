package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables whose values do not stand in the command, since all users of a host can read that. They
 * are the first lines of what the command reads: its shell takes them, one by one and nothing
 * beyond, as {@code read} of every POSIX shell does.
 */
final class SecretVariables {
  private static final String LINE = "hearth_line";
  private static final String BREAK = "hearth_break";

  private final Map<String, String> variables;

  private SecretVariables(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          RemoteScript.requireVariable(name);
          if (value.indexOf('\0') >= 0) {
            throw new HearthException(
                SshRunError.COMMAND_MALFORMED, "variable `" + name + "` holds a NUL character");
          }
        });
    this.variables = variables;
  }

  static SecretVariables of(@Nullable Map<String, String> variables) {
    return new SecretVariables(variables == null ? Map.of() : variables);
  }

  /** What the shell does first. */
  String reading() {
    if (variables.isEmpty()) {
      return "";
    }
    var script = new StringBuilder(BREAK + "='\n'; ");
    for (var name : variables.keySet()) {
      script.append("IFS= read -r ").append(LINE).append(" || exit; ");
      script.append("eval \"").append(name).append("=$").append(LINE).append("\"; ");
      script.append("export ").append(name).append("; ");
    }
    return script.append("unset ").append(LINE).append(' ').append(BREAK).append("; ").toString();
  }

  /** What the command reads, behind the variables. */
  RemoteInput before(RemoteInput own) {
    if (variables.isEmpty()) {
      return own;
    }
    return input -> {
      for (var value : variables.values()) {
        input.write((line(value) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      input.flush();
      own.writeTo(input);
    };
  }

  /** The value as one line that {@code eval} takes for it. */
  private static String line(String value) {
    return RemoteScript.quoted(value).replace("\n", "'\"$" + BREAK + "\"'");
  }
}
