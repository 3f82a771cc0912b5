package dev.hearth.terminal;

import dev.hearth.runtime.report.ErrorRenderer;

/** How much a user wants to hear. */
public enum Verbosity {
  /** Warnings and errors. */
  QUIET,
  /** Also steps and the recipe's own messages. */
  NORMAL,
  /** Also debug messages, every use of a permission, and the details of errors. */
  VERBOSE;

  public ErrorRenderer.Detail detail() {
    return this == VERBOSE ? ErrorRenderer.Detail.FULL : ErrorRenderer.Detail.BRIEF;
  }
}
