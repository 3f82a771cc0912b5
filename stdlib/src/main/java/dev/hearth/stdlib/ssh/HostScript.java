package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Our own scripts on a host, for one thing there that is looked at or changed.
 *
 * @param what names the thing in messages: {@code The package `nginx`}
 * @param asRoot whether sudo runs them
 */
record HostScript(Host host, String what, boolean asRoot) {
  /** Its standard output; a script that fails says what the thing could not be. */
  String run(String script, RemoteInput input) {
    var command = new RemoteCommand("", script, "sh", Optional.empty(), asRoot);
    var outcome = new Commands(host).run(command, input);
    if (outcome.succeeded()) {
      return outcome.stdout();
    }
    var failure =
        outcome.in(new HearthException(EnsureError.ENSURE_FAILED, what, host.target().name()));
    throw outcome
        .lastWords()
        .map(words -> failure.hint("The host said: `" + words + "`." + (asRoot ? "" : ROOT_HINT)))
        .orElse(failure);
  }

  private static final String ROOT_HINT = " If it takes root, pass `{ sudo: true }`.";

  String run(String script) {
    return run(script, RemoteInput.NONE);
  }

  /** The same, for a script that tells {@code key=value}, one on a line. */
  Map<String, String> facts(String script) {
    var facts = new LinkedHashMap<String, String>();
    for (var line : run(script).lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return facts;
  }

  /** Fails unless a text that becomes part of a script has the form of such a thing. */
  static String require(String option, String text, String form) {
    if (!text.matches(form)) {
      throw new HearthException(
          EnsureError.SPEC_WRONG, option, "cannot be `" + VisibleText.of(text) + "`");
    }
    return text;
  }
}
