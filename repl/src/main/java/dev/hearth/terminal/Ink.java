package dev.hearth.terminal;

/** Whether text is coloured. */
public enum Ink {
  /** No escape sequences at all. */
  PLAIN,
  /** The terminal's own sixteen colours, so that its theme holds. */
  COLOUR;

  /** The text, coloured for its role if colours are on. */
  public String paint(Role role, String text) {
    return this == PLAIN || text.isEmpty()
        ? text
        : "\u001b[" + role.sgr() + "m" + text + "\u001b[0m";
  }
}
