package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Statements.Outcome;
import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** Declarations of variables, functions, classes and types. */
final class Declarations {
  private static final Set<String> VARIABLES = Set.of("const", "let", "var");

  private final Grammar grammar;
  private final Tokens tokens;

  /** What is not there when the program runs may contain what cannot be taken out by itself. */
  private boolean inDeclaration;

  Declarations(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /**
   * A declaration, of types or others.
   *
   * @param from where its statement begins, which may be an {@code export} before it
   */
  Outcome read(int from) {
    if (tokens.is("const") && tokens.isBefore("enum")) {
      tokens.advance();
    }
    if (tokens.is("enum")) {
      return readEnum(from);
    }
    if (isVariables()) {
      readVariables();
      grammar.statements.endStatement();
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
      grammar.statements.readBlock();
      return grammar.statements.eraseFrom(from);
    }
    if (tokens.is("declare") && isBeforeName()) {
      return readAmbient(from);
    }
    return readDefault(from);
  }

  /** What may also stand behind {@code export default}. */
  Outcome readDefault(int from) {
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
    return tokens.is("in") || tokens.is("instanceof") || (tokens.is("as") && !isBeforeEquals());
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
    grammar.statements.endStatement();
    return grammar.statements.eraseFrom(from);
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
    grammar.members.read();
    return grammar.statements.eraseFrom(from);
  }

  private Outcome readEnum(int from) {
    if (!inDeclaration) {
      throw Unerasable.ENUM.at(from);
    }
    tokens.expect("enum");
    tokens.expect(Kind.NAME);
    grammar.expressions.readObject(); // `{ A, B = 1 }` is like that of a pattern
    return grammar.statements.eraseFrom(from);
  }

  private Outcome readNamespace(int from) {
    tokens.advance();
    if (tokens.is(Kind.STRING)) {
      tokens.advance();
      if (!tokens.is("{")) {
        grammar.statements.endStatement();
        return grammar.statements.eraseFrom(from);
      }
    } else {
      do {
        tokens.expect(Kind.NAME);
      } while (tokens.take("."));
    }
    if (grammar.statements.readBlock() && !inDeclaration) {
      throw Unerasable.NAMESPACE.at(from);
    }
    return grammar.statements.eraseFrom(from);
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
      if (read(from) == Outcome.NOTHING) {
        throw tokens.mismatch();
      }
    } finally {
      inDeclaration = before;
    }
    return grammar.statements.eraseFrom(from);
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
    return grammar.functions.readBody() ? Outcome.CODE : grammar.statements.eraseFrom(from);
  }

  boolean isVariables() {
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

  void readVariables() {
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
}
