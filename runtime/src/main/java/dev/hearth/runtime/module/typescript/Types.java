package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** Types, which are read to know where they end. */
final class Types {
  private static final Set<String> OPERATORS = Set.of("keyof", "unique", "readonly");

  /** What makes {@code f<T>} before it no call but a comparison. */
  private static final Set<String> BEHIND_A_COMPARISON = Set.of("<", ">", "+", "-");

  private final Grammar grammar;
  private final Tokens tokens;

  /** Whether {@code extends} belongs to what encloses the type that is read. */
  private boolean inExtends;

  Types(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Takes out {@code : T}, if it is there. */
  void eraseAnnotation() {
    if (tokens.is(":")) {
      grammar.erase(this::readAnnotation);
    }
  }

  private void readAnnotation() {
    tokens.expect(":");
    read();
  }

  /** Takes out {@code <T extends U = V>}, if it is there. */
  void eraseParameters() {
    if (tokens.is("<")) {
      grammar.erase(this::readParameters);
    }
  }

  /** Takes out {@code <A, B>}, if it is there. */
  void eraseArguments() {
    if (tokens.is("<")) {
      grammar.erase(this::readArguments);
    }
  }

  /** Takes out the {@code <A, B>} of an expression, where it may also be a comparison. */
  boolean eraseArgumentsOfCall() {
    return tokens.attempt(
        () -> {
          eraseArguments();
          return tokens.is("(")
              || tokens.is(Kind.TEMPLATE)
              || (!tokens.isJoined('=') // `a < b >= c`
                  && !tokens.isOneOf(BEHIND_A_COMPARISON)
                  && (tokens.afterLineEnd() || !grammar.expressions.mayBegin()));
        });
  }

  /** A type, or what a function says of its arguments: {@code x is T}, {@code asserts x}. */
  void readReturn() {
    inside(false, this::readReturnInPlace);
  }

  private void readReturnInPlace() {
    boolean isAssertion = tokens.is("asserts") && tokens.attempt(this::readAssertion);
    if (!isAssertion) {
      tokens.attempt(this::readSubject);
      readOne();
    }
  }

  private boolean readAssertion() {
    tokens.expect("asserts");
    if (tokens.afterLineEnd() || tokens.is("is")) {
      return false;
    }
    tokens.expect(Kind.NAME);
    if (tokens.take("is")) {
      readOne();
    }
    return true;
  }

  private boolean readSubject() {
    tokens.expect(Kind.NAME);
    return tokens.is("is") && !tokens.afterLineEnd() && tokens.take("is");
  }

  /** A whole type, whatever encloses it. */
  void read() {
    inside(false, this::readOne);
  }

  private void inside(boolean ofExtends, Runnable reading) {
    boolean before = inExtends;
    inExtends = ofExtends;
    try {
      reading.run();
    } finally {
      inExtends = before;
    }
  }

  private void readOne() {
    if (readFunction()) {
      return;
    }
    readUnion();
    if (!inExtends && tokens.is("extends") && !tokens.afterLineEnd()) {
      tokens.advance();
      inside(true, this::readOne);
      tokens.expect("?");
      read();
      tokens.expect(":");
      read();
    }
  }

  private boolean readFunction() {
    if (tokens.is("<") || tokens.is("new") || (tokens.is("abstract") && tokens.isBefore("new"))) {
      tokens.take("abstract");
      tokens.take("new");
      if (tokens.is("<")) {
        readParameters();
      }
      readArrow();
      return true;
    }
    return tokens.is("(")
        && tokens.attempt(
            () -> {
              readArrow();
              return true;
            });
  }

  private void readArrow() {
    grammar.functions.readParameters();
    tokens.expect("=>");
    readReturn();
  }

  private void readUnion() {
    if (!tokens.take("|")) {
      tokens.take("&");
    }
    do {
      if (!readFunction()) {
        readOperand();
      }
    } while (tokens.take("|") || tokens.take("&"));
  }

  private void readOperand() {
    if (tokens.isOneOf(OPERATORS) && isOperator()) {
      tokens.advance();
      readOperand();
    } else if (tokens.is("infer") && isOperator()) {
      tokens.advance();
      tokens.expect(Kind.NAME);
      readConstraintOfInfer();
    } else {
      readPrimary();
      while (tokens.is("[") && !tokens.afterLineEnd()) {
        tokens.advance();
        if (!tokens.is("]")) {
          read();
        }
        tokens.expect("]");
      }
    }
  }

  private boolean isOperator() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          return tokens.is(Kind.NAME)
              ? !tokens.is("extends") && !tokens.is("is")
              : tokens.is(Kind.STRING)
                  || tokens.is(Kind.TEMPLATE)
                  || tokens.is("(")
                  || tokens.is("[")
                  || tokens.is("{");
        });
  }

  private void readConstraintOfInfer() {
    tokens.attempt(
        () -> {
          tokens.expect("extends");
          inside(true, this::readOne);
          return inExtends || !tokens.is("?"); // else it is the condition that follows
        });
  }

  private void readPrimary() {
    if (tokens.is(Kind.STRING) || tokens.is(Kind.NUMBER)) {
      tokens.advance();
    } else if (tokens.take("-")) {
      tokens.expect(Kind.NUMBER);
    } else if (tokens.is(Kind.TEMPLATE)) {
      while (tokens.readTemplatePart()) {
        read();
        if (!tokens.is("}")) {
          throw tokens.mismatch();
        }
      }
    } else if (tokens.take("(")) {
      read();
      tokens.expect(")");
    } else if (tokens.take("[")) {
      readTuple();
    } else if (tokens.is("{")) {
      grammar.members.read();
    } else if (tokens.is("import")) {
      readImport();
    } else if (tokens.is("typeof")) {
      tokens.advance();
      if (tokens.is("import")) {
        readImport();
      } else {
        readReference();
      }
    } else {
      readReference();
    }
  }

  private void readReference() {
    tokens.expect(Kind.NAME);
    readQualification();
  }

  private void readQualification() {
    while (tokens.take(".")) {
      if (!tokens.is(Kind.PRIVATE_NAME)) {
        tokens.expect(Kind.NAME);
      } else {
        tokens.advance();
      }
    }
    if (tokens.is("<") && !tokens.afterLineEnd()) {
      readArguments();
    }
  }

  private void readImport() {
    tokens.expect("import");
    tokens.expect("(");
    read();
    if (tokens.take(",") && !tokens.is(")")) {
      grammar.members.read(); // { with: { … } }
      tokens.take(",");
    }
    tokens.expect(")");
    readQualification();
  }

  private void readTuple() {
    while (!tokens.is("]")) {
      tokens.take("...");
      boolean isNamed =
          tokens.ahead(
              () -> {
                tokens.expect(Kind.NAME);
                tokens.take("?");
                return tokens.is(":");
              });
      if (isNamed) {
        tokens.advance();
        tokens.take("?");
        tokens.expect(":");
      }
      read();
      tokens.take("?");
      if (!tokens.take(",")) {
        break;
      }
    }
    tokens.expect("]");
  }

  void readParameters() {
    tokens.expect("<");
    while (!tokens.is(">")) {
      while ((tokens.is("const") || tokens.is("in") || tokens.is("out")) && isVariance()) {
        tokens.advance();
      }
      tokens.expect(Kind.NAME);
      if (tokens.take("extends")) {
        read();
      }
      if (tokens.take("=")) {
        read();
      }
      if (!tokens.take(",")) {
        break;
      }
    }
    tokens.expect(">");
  }

  private boolean isVariance() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          return tokens.is(Kind.NAME) && !tokens.is("extends");
        });
  }

  void readArguments() {
    tokens.expect("<");
    do {
      read();
    } while (tokens.take(",") && !tokens.is(">"));
    tokens.expect(">");
  }
}
