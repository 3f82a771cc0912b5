package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.command.ShellScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command in a container, as a recipe gives it: words, or a template's text for a shell there.
 *
 * @param values between each two pieces of the text, as words
 */
record ExecRequest(
    String name,
    @Nullable List<String> words,
    @Nullable List<String> text,
    @Nullable List<List<String>> values,
    @Nullable Options options) {

  private static final ShellScript.Errors ERRORS =
      new ShellScript.Errors(DockerError.COMMAND_MALFORMED, DockerError.VALUE_AS_CODE);
  private static final int SHOWN = 60;

  /**
   * How it is run.
   *
   * @param cwd the folder there
   * @param user name or id, with `:group` when that is meant, too
   * @param stdin text that it reads; bytes come beside the argument
   * @param shell reads the template; absent: sh
   * @param nothrow whether a failure is a result
   * @param tty whether it gets a terminal, and then one output
   * @param rows of the terminal
   */
  record Options(
      @Nullable String cwd,
      @Nullable Map<String, String> env,
      @Nullable String user,
      @Nullable String stdin,
      @Nullable Duration timeout,
      @Nullable String shell,
      @Nullable Boolean nothrow,
      @Nullable Boolean privileged,
      @Nullable Boolean tty,
      @Nullable Integer rows,
      @Nullable Integer columns) {
    static final Options NONE =
        new Options(null, null, null, null, null, null, null, null, null, null, null);
  }

  Options how() {
    return options == null ? Options.NONE : options;
  }

  boolean mayFail() {
    return Boolean.TRUE.equals(how().nothrow());
  }

  boolean hasTerminal() {
    return Boolean.TRUE.equals(how().tty());
  }

  /** The words that the engine runs. */
  List<String> command() {
    var given = words;
    if (given != null) {
      if (given.isEmpty() || given.getFirst().isEmpty()) {
        throw new HearthException(DockerError.COMMAND_MALFORMED, "it is empty");
      }
      return given;
    }
    var shell = how().shell() == null ? "sh" : how().shell();
    var script =
        ShellScript.of(
            text == null ? List.of() : text, values == null ? List.of() : values, ERRORS);
    return List.of(shell, "-c", script);
  }

  /** What messages call it; values may be long, and what is said first tells most. */
  String shown() {
    var command = command();
    var all = words == null ? command.getLast() : String.join(" ", command);
    return all.length() > SHOWN ? all.substring(0, SHOWN) + "…" : all;
  }

  /** What it reads; null when it reads nothing. */
  byte @Nullable [] input(byte @Nullable [] beside) {
    var stdin = how().stdin();
    return beside != null || stdin == null ? beside : stdin.getBytes(StandardCharsets.UTF_8);
  }

  /** The body of the call that prepares it. */
  ObjectNode creation(boolean reads) {
    var how = how();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("AttachStdin", reads)
            .put("AttachStdout", true)
            .put("AttachStderr", true)
            .put("Tty", hasTerminal());
    command().forEach(body.putArray("Cmd")::add);
    if (how.env() != null) {
      var variables = body.putArray("Env");
      how.env().forEach((name, value) -> variables.add(name + "=" + value));
    }
    if (how.user() != null) {
      body.put("User", how.user());
    }
    if (how.cwd() != null) {
      body.put("WorkingDir", how.cwd());
    }
    if (how.privileged() != null) {
      body.put("Privileged", how.privileged());
    }
    return body;
  }
}
