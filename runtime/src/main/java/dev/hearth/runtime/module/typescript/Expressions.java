package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.HashSet;
import java.util.Set;

/**
 * Expressions. Which operator binds tighter makes no difference to where types stand, so operands
 * and operators are read in a row.
 */
final class Expressions {
  private static final Set<String> PREFIXES =
      Set.of("!", "~", "+", "-", "++", "--", "typeof", "void", "delete", "await");
  private static final Set<String> OPERATORS =
      Set.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "**",
          "&",
          "|",
          "^",
          "&&",
          "||",
          "??",
          "==",
          "!=",
          "===",
          "!==",
          "<",
          ">",
          "<=",
          ">=",
          "<<",
          ">>",
          ">>>",
          "<<=",
          ">>=",
          ">>>=",
          "instanceof");
  private static final Set<String> ASSIGNMENTS =
      Set.of("=", "+=", "-=", "*=", "/=", "%=", "**=", "&=", "|=", "^=", "&&=", "||=", "??=");
  private static final Set<String> BEGINNINGS = Set.of("(", "[", "{", "~", "!", "++", "--", "@");
  private static final Set<String> WORDS_BETWEEN = Set.of("as", "satisfies", "in", "instanceof");
  private static final Set<String> NO_OPERANDS =
      Set.of(
          "break",
          "case",
          "catch",
          "const",
          "continue",
          "debugger",
          "default",
          "do",
          "else",
          "enum",
          "export",
          "extends",
          "finally",
          "for",
          "if",
          "in",
          "instanceof",
          "return",
          "switch",
          "throw",
          "try",
          "var",
          "while",
          "with");
  private static final Set<String> METHOD_MODIFIERS = Set.of("async", "get", "set");
  private static final Set<String> AFTER_A_KEY = Set.of(",", ":", "(", "<", "}", "=");
  private static final Set<String> AFTER_A_LONE_YIELD = Set.of(")", "]", "}", ",", ";", ":");

  private final Grammar grammar;
  private final Tokens tokens;
  private final Set<Integer> noArrowFunctions = new HashSet<>();

  /** Whether a {@code :} may belong to a {@code ?} that stands before. */
  private boolean inChoice;

  /** Whether {@code in} belongs to the head of a loop. */
  private boolean inLoopHead;

  Expressions(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Whether the current token may be the first of an expression. */
  boolean mayBegin() {
    return tokens.is(Kind.NAME)
        ? !tokens.isOneOf(WORDS_BETWEEN)
        : tokens.isOneOf(BEGINNINGS) || !(tokens.is(Kind.PUNCTUATOR) || tokens.is(Kind.END));
  }

  /** Reads what is in brackets of any kind, where the outside has no say. */
  void enclosed(Runnable reading) {
    inside(false, false, reading);
  }

  private void inside(boolean choice, boolean loopHead, Runnable reading) {
    boolean choiceBefore = inChoice;
    boolean loopHeadBefore = inLoopHead;
    inChoice = choice;
    inLoopHead = loopHead;
    try {
      reading.run();
    } finally {
      inChoice = choiceBefore;
      inLoopHead = loopHeadBefore;
    }
  }

  void readLoopHead(Runnable reading) {
    inside(false, true, reading);
  }

  /** One or more, separated by commas. */
  void read() {
    do {
      readAssignment();
    } while (tokens.take(","));
  }

  void readAssignment() {
    if (tokens.is("yield")) {
      readYield();
      return;
    }
    if (readArrowFunction()) {
      return;
    }
    readOperands();
    if (tokens.take("?")) {
      inside(true, false, this::readAssignment);
      tokens.expect(":");
      readAssignment();
    } else if (tokens.isOneOf(ASSIGNMENTS)) {
      tokens.advance();
      readAssignment();
    }
  }

  private void readYield() {
    tokens.advance();
    if (tokens.afterLineEnd() || tokens.is(Kind.END) || tokens.isOneOf(AFTER_A_LONE_YIELD)) {
      return;
    }
    tokens.take("*");
    readAssignment();
  }

  private boolean readArrowFunction() {
    if (tokens.is(Kind.NAME)) {
      if (tokens.attempt(this::readNameAndArrow)) {
        readArrowBody();
        return true;
      }
      if (!tokens.is("async")) {
        return false;
      }
    } else if (!tokens.is("(") && !tokens.is("<")) {
      return false;
    }
    int start = tokens.start();
    return !noArrowFunctions.contains(start)
        && (readArrowFunctionWithTypes() || !noArrowFunctions.add(start));
  }

  private boolean readNameAndArrow() {
    if (tokens.is("async")) {
      tokens.attempt(
          () -> {
            tokens.advance();
            return tokens.is(Kind.NAME) && !tokens.afterLineEnd();
          });
    }
    tokens.expect(Kind.NAME);
    return !tokens.afterLineEnd() && tokens.take("=>");
  }

  private boolean readArrowFunctionWithTypes() {
    if (!inChoice) {
      boolean isOne = tokens.attempt(() -> readArrowHead() != ArrowHead.NONE);
      if (isOne) {
        readArrowBody();
      }
      return isOne;
    }
    return tokens.attempt(
        () -> {
          var head = readArrowHead();
          if (head == ArrowHead.NONE) {
            return false;
          }
          readArrowBody();
          // In `a ? (b) : c => d` the colon is that of the choice.
          return head == ArrowHead.PLAIN || tokens.is(":");
        });
  }

  private enum ArrowHead {
    NONE,
    PLAIN,
    WITH_RETURN_TYPE
  }

  private ArrowHead readArrowHead() {
    if (tokens.take("async") && tokens.afterLineEnd()) {
      return ArrowHead.NONE;
    }
    int first = tokens.start();
    grammar.types.eraseParameters();
    int open = tokens.start();
    if (tokens.hasLineEnd(first, open)) { // which must not follow `async` or `return`
      grammar.edits.put(first, '(');
      grammar.edits.put(open, ' ');
    }
    enclosed(grammar.functions::readParameters);
    int close = tokens.previousEnd() - 1;
    var head = tokens.is(":") ? ArrowHead.WITH_RETURN_TYPE : ArrowHead.PLAIN;
    grammar.functions.eraseReturn();
    int end = tokens.previousEnd() - 1;
    if (tokens.hasLineEnd(close, end)) { // which must not stand between `)` and `=>`
      grammar.edits.put(close, ' ');
      grammar.edits.put(end, ')');
    }
    return !tokens.afterLineEnd() && tokens.take("=>") ? head : ArrowHead.NONE;
  }

  private void readArrowBody() {
    if (tokens.is("{")) {
      grammar.statements.readBlock();
    } else {
      readAssignment();
    }
  }

  private void readOperands() {
    readOperand();
    while (true) {
      if (tokens.is("<") || tokens.is(">")) {
        tokens.joinAngles();
      }
      if ((tokens.is("as") || tokens.is("satisfies")) && !tokens.afterLineEnd()) {
        grammar.erase(
            () -> {
              tokens.advance();
              grammar.types.read();
            });
      } else if (tokens.isOneOf(OPERATORS) || (tokens.is("in") && !inLoopHead)) {
        tokens.advance();
        readOperand();
      } else {
        return;
      }
    }
  }

  private void readOperand() {
    while (tokens.isOneOf(PREFIXES)) {
      tokens.advance();
    }
    if (tokens.is("<")) {
      throw Unerasable.ASSERTION.at(tokens.start());
    }
    readLeftHandSide();
    if ((tokens.is("++") || tokens.is("--")) && !tokens.afterLineEnd()) {
      tokens.advance();
    }
  }

  void readLeftHandSide() {
    readPrimary();
    while (readTail()) {
      // One after the other.
    }
  }

  private boolean readTail() {
    if (tokens.take(".")) {
      readMemberName();
    } else if (tokens.take("?.")) {
      if (tokens.is("<")) {
        grammar.types.eraseArguments();
      } else if (!tokens.is("(") && !tokens.is("[") && !tokens.is(Kind.TEMPLATE)) {
        readMemberName();
      }
    } else if (tokens.take("[")) {
      enclosed(this::read);
      tokens.expect("]");
    } else if (tokens.is("(")) {
      readArguments();
    } else if (tokens.is(Kind.TEMPLATE)) {
      readTemplate();
    } else if (tokens.is("!") && !tokens.afterLineEnd()) {
      grammar.functions.eraseMark("!");
    } else {
      return tokens.is("<") && grammar.types.eraseArgumentsOfCall();
    }
    return true;
  }

  private void readMemberName() {
    if (!tokens.is(Kind.PRIVATE_NAME) && !tokens.is(Kind.NAME)) {
      throw tokens.mismatch();
    }
    tokens.advance();
  }

  private void readArguments() {
    tokens.expect("(");
    enclosed(() -> readList(")"));
    tokens.expect(")");
  }

  private void readList(String end) {
    while (!tokens.is(end)) {
      tokens.take("...");
      if (!tokens.is(",")) { // a hole
        readAssignment();
      }
      if (!tokens.take(",")) {
        break;
      }
    }
  }

  private void readPrimary() {
    if (tokens.take("(")) {
      enclosed(this::read);
      tokens.expect(")");
    } else if (tokens.take("[")) {
      enclosed(() -> readList("]"));
      tokens.expect("]");
    } else if (tokens.is("{")) {
      enclosed(this::readObject);
    } else if (tokens.is(Kind.TEMPLATE)) {
      readTemplate();
    } else if (tokens.is("/") || tokens.is("/=")) {
      tokens.readRegularExpression();
    } else if (tokens.is("@")) {
      throw Unerasable.DECORATOR.at(tokens.start());
    } else if (tokens.is(Kind.NAME)) {
      readWord();
    } else if (tokens.is(Kind.PUNCTUATOR) || tokens.is(Kind.END)) {
      throw tokens.mismatch();
    } else {
      tokens.advance();
    }
  }

  private void readWord() {
    if (tokens.isOneOf(NO_OPERANDS)) {
      throw tokens.mismatch();
    }
    if (tokens.is("function") || (tokens.is("async") && tokens.isBefore("function"))) {
      enclosed(this::readFunction);
    } else if (tokens.is("class")) {
      enclosed(grammar.classes::read);
    } else if (tokens.take("new")) {
      if (!tokens.is(".")) { // of `new.target`
        readPrimary();
      }
    } else {
      tokens.advance();
    }
  }

  private void readFunction() {
    tokens.take("async");
    tokens.expect("function");
    tokens.take("*");
    if (tokens.is(Kind.NAME)) {
      tokens.advance();
    }
    grammar.functions.readSignature();
    grammar.statements.readBlock();
  }

  private void readTemplate() {
    while (tokens.readTemplatePart()) {
      enclosed(this::read);
      if (!tokens.is("}")) {
        throw tokens.mismatch();
      }
    }
  }

  void readObject() {
    tokens.expect("{");
    while (!tokens.is("}")) {
      readEntry();
      if (!tokens.take(",")) {
        break;
      }
    }
    tokens.expect("}");
  }

  private void readEntry() {
    if (tokens.take("...")) {
      readAssignment();
      return;
    }
    while (tokens.isOneOf(METHOD_MODIFIERS) && isModifier()) {
      tokens.advance();
    }
    tokens.take("*");
    readPropertyName();
    if (tokens.is("(") || tokens.is("<")) {
      grammar.functions.readSignature();
      grammar.statements.readBlock();
    } else if (tokens.take(":")) {
      readAssignment();
    } else {
      grammar.functions.readInitializer();
    }
  }

  private boolean isModifier() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          return !tokens.isOneOf(AFTER_A_KEY);
        });
  }

  /** The name of a property, also a quoted, private or computed one. */
  void readPropertyName() {
    if (tokens.take("[")) {
      enclosed(this::readAssignment);
      tokens.expect("]");
    } else if (tokens.is(Kind.PUNCTUATOR) || tokens.is(Kind.END) || tokens.is(Kind.TEMPLATE)) {
      throw tokens.mismatch();
    } else {
      tokens.advance();
    }
  }
}
