package dev.hearth.runtime.module.typescript;

/** The parts of the language, which need each other, over one text. */
final class Grammar {
  final Tokens tokens;
  final Edits edits;
  final Types types;
  final Members members;
  final Functions functions;
  final Expressions expressions;
  final Classes classes;
  final Modules modules;
  final Declarations declarations;
  final Statements statements;

  Grammar(String text, Edits edits) {
    this.edits = edits;
    tokens = new Tokens(text, edits);
    types = new Types(this);
    members = new Members(this);
    functions = new Functions(this);
    expressions = new Expressions(this);
    classes = new Classes(this);
    modules = new Modules(this);
    declarations = new Declarations(this);
    statements = new Statements(this);
  }

  /** Takes out what is read by {@code reading}, from the current token on. */
  void erase(Runnable reading) {
    int from = tokens.start();
    reading.run();
    edits.blank(from, tokens.previousEnd());
  }
}
