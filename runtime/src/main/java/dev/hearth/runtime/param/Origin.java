package dev.hearth.runtime.param;

/**
 * Where a parameter's value comes from.
 *
 * @param kind which of the sources
 * @param shown that source, to be read in a sentence: {@code the flag `--node`}
 */
public record Origin(Kind kind, String shown) {
  /** The sources, the first of which wins. */
  public enum Kind {
    /** A flag on the command line. */
    FLAG,
    /** The program that embeds Hearth. */
    CALLER,
    /** A parameter file. */
    FILE,
    /** An environment variable. */
    ENVIRONMENT,
    /** The declaration. */
    DEFAULT,
    /** A person on the terminal. */
    ANSWER
  }

  @Override
  public String toString() {
    return shown;
  }
}
