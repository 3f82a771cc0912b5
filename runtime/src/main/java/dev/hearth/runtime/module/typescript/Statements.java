package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** Statements and declarations. */
final class Statements {
  /** What begins a statement and would go on with the one before without a semicolon. */
  private static final Set<String> CONTINUATIONS = Set.of("(", "[", "+", "-", "/", "*", "<");

  private static final Set<String> VARIABLES = Set.of("const", "let", "var");
  private static final Set<String> WITH_CONDITION = Set.of("if", "while", "with");
  private static final Set<String> JUMPS = Set.of("break", "continue");

  private final Grammar grammar;
  private final Tokens tokens;

  /** What is not there when the program runs may contain what cannot be taken out by itself. */
  private boolean inDeclaration;

  /** What became of a statement. */
  enum Outcome {
    /** None of these was here. */
    NOTHING,
    /** It was taken out. */
    TYPES,
    /** There is something to run. */
    CODE
  }

  Statements(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  void readAll() {
    while (!tokens.is(Kind.END)) {
      read();
    }
  }

  /** Takes out all from {@code from} to where reading has come to. */
  Outcome eraseFrom(int from) {
    grammar.edits.blank(from, tokens.previousEnd());
    if (mayContinue()) {
      grammar.edits.put(from, ';');
    }
    return Outcome.TYPES;
  }

  private boolean mayContinue() {
    return tokens.is(Kind.TEMPLATE) || tokens.isOneOf(CONTINUATIONS);
  }

  /** A semicolon, written or not. */
  void endStatement() {
    if (tokens.take(";") || tokens.is("}") || tokens.is(Kind.END)) {
      return;
    }
    if (!tokens.afterLineEnd()) {
      throw tokens.mismatch();
    }
    int erased = grammar.edits.blankEndingAt(tokens.previousEnd());
    if (erased >= 0 && mayContinue()) {
      grammar.edits.put(erased, ';'); // the type had ended the statement
    }
  }

  /** {@code { … }}; whether there is something to run in it. */
  boolean readBlock() {
    var found = new boolean[1];
    tokens.expect("{");
    grammar.expressions.enclosed(
        () -> {
          while (!tokens.is("}")) {
            found[0] |= read() == Outcome.CODE;
          }
        });
    tokens.expect("}");
    return found[0];
  }

  private Outcome read() {
    if (tokens.take(";")) {
      return Outcome.TYPES;
    }
    if (tokens.is("@")) {
      throw Unerasable.DECORATOR.at(tokens.start());
    }
    if (tokens.is("export")) {
      return grammar.modules.readExport();
    }
    if (tokens.is("import") && !tokens.isBefore("(") && !tokens.isBefore(".")) {
      return grammar.modules.readImport();
    }
    var declaration = readDeclaration(tokens.start());
    if (declaration != Outcome.NOTHING) {
      return declaration;
    }
    readStatement();
    return Outcome.CODE;
  }

  /**
   * A declaration, of types or others.
   *
   * @param from where its statement begins, which may be an {@code export} before it
   */
  Outcome readDeclaration(int from) {
    if (tokens.is("const") && tokens.isBefore("enum")) {
      tokens.advance();
    }
    if (tokens.is("enum")) {
      return readEnum(from);
    }
    if (isVariables()) {
      readVariables();
      endStatement();
      return Outcome.CODE;
    }
    if (tokens.is("type") && isBeforeName()) {
      return readAlias(from);
    }
    if ((tokens.is("namespace") || tokens.is("module")) && isBeforeNameOrString()) {
      return readNamespace(from);
    }
    if (tokens.is("global") && tokens.isBefore("{") && inDeclaration) {
      tokens.advance();
      readBlock();
      return eraseFrom(from);
    }
    if (tokens.is("declare") && isBeforeName()) {
      return readAmbient(from);
    }
    return readDefaultDeclaration(from);
  }

  /** What may also stand behind {@code export default}. */
  Outcome readDefaultDeclaration(int from) {
    if (tokens.is("interface") && isBeforeName()) {
      return readInterface(from);
    }
    if (tokens.is("function") || (tokens.is("async") && tokens.isBefore("function"))) {
      return readFunction(from);
    }
    if (tokens.is("abstract") && tokens.isBefore("class")) {
      grammar.erase(tokens::advance);
    }
    if (tokens.is("class")) {
      grammar.classes.read();
      return Outcome.CODE;
    }
    return Outcome.NOTHING;
  }

  private boolean isBeforeName() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          return tokens.is(Kind.NAME) && !tokens.afterLineEnd() && !isWordBetween();
        });
  }

  private boolean isWordBetween() {
    return tokens.is("in") || tokens.is("instanceof") || tokens.is("as") && !isBeforeEquals();
  }

  private boolean isBeforeEquals() {
    return tokens.isBefore("=") || tokens.isBefore("<") || tokens.isBefore("{");
  }

  private boolean isBeforeNameOrString() {
    return isBeforeName()
        || tokens.ahead(
            () -> {
              tokens.advance();
              return tokens.is(Kind.STRING) && !tokens.afterLineEnd();
            });
  }

  private Outcome readAlias(int from) {
    boolean isExported = from != tokens.start();
    tokens.advance();
    noteName(isExported);
    grammar.types.eraseParameters();
    tokens.expect("=");
    grammar.types.read();
    endStatement();
    return eraseFrom(from);
  }

  private void noteName(boolean isExported) {
    if (isExported && tokens.is(Kind.NAME)) {
      grammar.modules.exportedTypes().add(tokens.word());
    }
    tokens.expect(Kind.NAME);
  }

  private Outcome readInterface(int from) {
    boolean isExported = from != tokens.start();
    tokens.advance();
    noteName(isExported);
    grammar.types.eraseParameters();
    if (tokens.take("extends")) {
      grammar.classes.readTypes();
    }
    grammar.types.readMembers();
    return eraseFrom(from);
  }

  private Outcome readEnum(int from) {
    if (!inDeclaration) {
      throw Unerasable.ENUM.at(from);
    }
    tokens.expect("enum");
    tokens.expect(Kind.NAME);
    grammar.expressions.readObject(); // `{ A, B = 1 }` is like that of a pattern
    return eraseFrom(from);
  }

  private Outcome readNamespace(int from) {
    tokens.advance();
    if (tokens.is(Kind.STRING)) {
      tokens.advance();
      if (!tokens.is("{")) {
        endStatement();
        return eraseFrom(from);
      }
    } else {
      do {
        tokens.expect(Kind.NAME);
      } while (tokens.take("."));
    }
    if (readBlock() && !inDeclaration) {
      throw Unerasable.NAMESPACE.at(from);
    }
    return eraseFrom(from);
  }

  /** {@code declare …}. */
  private Outcome readAmbient(int from) {
    boolean isExported = from != tokens.start();
    boolean before = inDeclaration;
    inDeclaration = true;
    try {
      tokens.advance();
      if (isExported) {
        noteAmbientName();
      }
      if (readDeclaration(from) == Outcome.NOTHING) {
        throw tokens.mismatch();
      }
    } finally {
      inDeclaration = before;
    }
    return eraseFrom(from);
  }

  private void noteAmbientName() {
    tokens.ahead(
        () -> {
          while (tokens.is("abstract") || tokens.is("async") || tokens.is("const")) {
            tokens.advance();
          }
          tokens.advance();
          noteName(true);
          return true;
        });
  }

  private Outcome readFunction(int from) {
    tokens.take("async");
    tokens.expect("function");
    tokens.take("*");
    if (tokens.is(Kind.NAME)) {
      tokens.advance();
    }
    grammar.functions.readSignature();
    return grammar.functions.readBody() ? Outcome.CODE : eraseFrom(from);
  }

  private boolean isVariables() {
    return tokens.isOneOf(VARIABLES) || tokens.ahead(this::takeUsing);
  }

  /** {@code using} or {@code await using}, if a name follows. */
  private boolean takeUsing() {
    boolean isSplit = tokens.take("await") && tokens.afterLineEnd();
    return tokens.is("using")
        && !isSplit
        && isBeforeName()
        && !tokens.isBefore("of")
        && tokens.take("using");
  }

  private void readVariables() {
    if (!tokens.attempt(this::takeUsing)) {
      tokens.advance();
    }
    do {
      grammar.functions.readTarget();
      grammar.functions.eraseMark("!");
      grammar.types.eraseAnnotation();
      grammar.functions.readInitializer();
    } while (tokens.take(","));
  }

  private void readStatement() {
    if (tokens.is("{")) {
      readBlock();
    } else if (tokens.isOneOf(WITH_CONDITION)) {
      tokens.advance();
      readCondition();
      read();
      if (tokens.take("else")) {
        read();
      }
    } else if (tokens.take("do")) {
      read();
      tokens.expect("while");
      readCondition();
      tokens.take(";");
    } else if (tokens.is("for")) {
      readLoop();
    } else if (tokens.is("switch")) {
      readSwitch();
    } else if (tokens.is("try")) {
      readTry();
    } else if (tokens.isOneOf(JUMPS)) {
      tokens.advance();
      if (tokens.is(Kind.NAME) && !tokens.afterLineEnd()) {
        tokens.advance();
      }
      endStatement();
    } else if (tokens.is("return") || tokens.is("throw")) {
      readReturn();
    } else if (tokens.take("debugger")) {
      endStatement();
    } else if (tokens.is(Kind.NAME) && tokens.attempt(this::readLabel)) {
      read();
    } else {
      grammar.expressions.read();
      endStatement();
    }
  }

  private boolean readLabel() {
    tokens.expect(Kind.NAME);
    return tokens.take(":");
  }

  private void readReturn() {
    tokens.advance();
    boolean isLone =
        tokens.is(";") || tokens.is("}") || tokens.is(Kind.END) || tokens.afterLineEnd();
    if (!isLone) {
      grammar.expressions.read();
    }
    endStatement();
  }

  private void readCondition() {
    tokens.expect("(");
    grammar.expressions.enclosed(grammar.expressions::read);
    tokens.expect(")");
  }

  private void readLoop() {
    tokens.expect("for");
    tokens.take("await");
    tokens.expect("(");
    if (isVariables()) {
      grammar.expressions.readLoopHead(this::readVariables);
    } else if (!tokens.is(";")) {
      grammar.expressions.readLoopHead(grammar.expressions::read);
    }
    grammar.expressions.enclosed(this::readRestOfLoopHead);
    tokens.expect(")");
    read();
  }

  private void readRestOfLoopHead() {
    if (tokens.take("of") || tokens.take("in")) {
      grammar.expressions.read();
      return;
    }
    tokens.expect(";");
    if (!tokens.is(";")) {
      grammar.expressions.read();
    }
    tokens.expect(";");
    if (!tokens.is(")")) {
      grammar.expressions.read();
    }
  }

  private void readSwitch() {
    tokens.expect("switch");
    readCondition();
    tokens.expect("{");
    while (!tokens.is("}")) {
      if (!tokens.take("default")) {
        tokens.expect("case");
        grammar.expressions.enclosed(grammar.expressions::read);
      }
      tokens.expect(":");
      while (!tokens.is("case") && !tokens.is("default") && !tokens.is("}")) {
        read();
      }
    }
    tokens.expect("}");
  }

  private void readTry() {
    tokens.expect("try");
    readBlock();
    if (tokens.take("catch")) {
      if (tokens.take("(")) {
        grammar.functions.readTarget();
        grammar.types.eraseAnnotation();
        tokens.expect(")");
      }
      readBlock();
    }
    if (tokens.take("finally")) {
      readBlock();
    }
  }
}
