package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import org.jspecify.annotations.Nullable;

/** The shells that a command can be written for. */
final class Shells {
  private Shells() {}

  /** The shell of that name or path; {@code sh} when none is named. */
  static String named(@Nullable String name) {
    if (name == null) {
      return "sh";
    }
    if (!name.matches("/?[A-Za-z0-9_][A-Za-z0-9_./-]*")) {
      throw new HearthException(SshRunError.NAME_MALFORMED, name, "a shell");
    }
    return name;
  }
}
