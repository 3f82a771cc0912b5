package dev.hearth.runtime.module.typescript;

/** What TypeScript has and JavaScript has not: it would have to be turned into other code. */
public enum Unerasable {
  ENUM("an enum", "Write `const Color = { Red: 'red' } as const;` in its place."),
  NAMESPACE("a namespace with values", "Move its content into a file of its own and import that."),
  PARAMETER_PROPERTY(
      "a parameter property", "Declare the field in the class and assign it in the constructor."),
  IMPORT_EQUALS("`import … =`", "Write `import name from './file.js';`."),
  EXPORT_EQUALS("`export =`", "Write `export default`."),
  DECORATOR("a decorator", "Call a function on the class behind it."),
  ASSERTION("`<…>` before a value, an assertion or JSX", "Write `value as Type`.");

  private final String what;
  private final String instead;

  Unerasable(String what, String instead) {
    this.what = what;
    this.instead = instead;
  }

  /** What it is, with its article. */
  public String what() {
    return what;
  }

  /** What to write in its place, as a sentence. */
  public String instead() {
    return instead;
  }

  NotErasableException at(int offset) {
    return new NotErasableException(this, offset);
  }
}
