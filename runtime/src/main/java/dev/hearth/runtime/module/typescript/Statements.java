package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** Statements, with semicolons or without. */
final class Statements {
  /** What begins a statement and would go on with the one before without a semicolon. */
  private static final Set<String> CONTINUATIONS = Set.of("(", "[", "+", "-", "/", "*", "<");

  private static final Set<String> WITH_CONDITION = Set.of("if", "while", "with");
  private static final Set<String> JUMPS = Set.of("break", "continue");

  private final Grammar grammar;
  private final Tokens tokens;

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
    var declaration = grammar.declarations.read(tokens.start());
    if (declaration != Outcome.NOTHING) {
      return declaration;
    }
    readStatement();
    return Outcome.CODE;
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
    if (grammar.declarations.isVariables()) {
      grammar.expressions.readLoopHead(grammar.declarations::readVariables);
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
