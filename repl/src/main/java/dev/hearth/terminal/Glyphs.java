package dev.hearth.terminal;

/** The signs beside the text; plain ASCII where the locale has no others. */
public enum Glyphs {
  UNICODE("✓", "✗", "↷", "↶", "…", "▸", "├─ ", "└─ ", "│  ", "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"),
  ASCII("+", "x", "-", "<", "...", ">", "|- ", "`- ", "|  ", "|/-\\");

  private final String tick;
  private final String cross;
  private final String passed;
  private final String undone;
  private final String ellipsis;
  private final String pointer;
  private final String branch;
  private final String lastBranch;
  private final String trunk;
  private final String spinner;

  Glyphs(
      String tick,
      String cross,
      String passed,
      String undone,
      String ellipsis,
      String pointer,
      String branch,
      String lastBranch,
      String trunk,
      String spinner) {
    this.tick = tick;
    this.cross = cross;
    this.passed = passed;
    this.undone = undone;
    this.ellipsis = ellipsis;
    this.pointer = pointer;
    this.branch = branch;
    this.lastBranch = lastBranch;
    this.trunk = trunk;
    this.spinner = spinner;
  }

  public String tick() {
    return tick;
  }

  public String cross() {
    return cross;
  }

  public String passed() {
    return passed;
  }

  public String undone() {
    return undone;
  }

  String ellipsis() {
    return ellipsis;
  }

  public String pointer() {
    return pointer;
  }

  String branch() {
    return branch;
  }

  String lastBranch() {
    return lastBranch;
  }

  String trunk() {
    return trunk;
  }

  /** The picture of a turning thing at its {@code n}-th turn. */
  String spinner(long n) {
    return String.valueOf(spinner.charAt((int) (n % spinner.length())));
  }
}
