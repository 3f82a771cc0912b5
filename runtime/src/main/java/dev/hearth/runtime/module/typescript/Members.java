package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** The members of object types, interfaces and mapped types. */
final class Members {
  private static final Set<String> MODIFIERS = Set.of("readonly", "get", "set");
  private static final Set<String> BEHIND_A_NAME = Set.of(":", "?", "(", "<", ",", ";", "}", "=");

  private final Grammar grammar;
  private final Tokens tokens;

  Members(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** {@code { … }} of an object type, an interface or a mapped type. */
  void read() {
    tokens.expect("{");
    while (!tokens.take("}")) {
      readMember();
      boolean isOver = tokens.take(";") || tokens.take(",") || tokens.afterLineEnd();
      if (!isOver && !tokens.is("}")) {
        throw tokens.mismatch();
      }
    }
  }

  private void readMember() {
    if (tokens.take("-") || tokens.take("+")) {
      tokens.expect("readonly"); // of a mapped type
    } else if (tokens.isOneOf(MODIFIERS) && !isNameItself()) {
      tokens.advance();
    }
    if (tokens.is("new") && !isNameItself()) {
      tokens.advance();
    }
    if (tokens.is("[")) {
      readBracketed();
    } else if (!tokens.is("(") && !tokens.is("<")) {
      grammar.expressions.readPropertyName();
    }
    if (!tokens.take("?") && (tokens.take("-") || tokens.take("+"))) {
      tokens.expect("?");
    }
    if (tokens.is("<")) {
      grammar.types.readParameters();
    }
    if (tokens.is("(")) {
      grammar.functions.readParameters();
      if (tokens.take(":")) {
        grammar.types.readReturn();
      }
    } else if (tokens.take(":")) {
      grammar.types.read();
    }
  }

  /** Whether the word is the member's name, as {@code readonly} is in {@code readonly: true}. */
  private boolean isNameItself() {
    return tokens.ahead(
        () -> {
          boolean isNew = tokens.is("new");
          tokens.advance();
          return isNew
              ? tokens.is(":") || tokens.is("?")
              : tokens.isOneOf(BEHIND_A_NAME) || tokens.afterLineEnd();
        });
  }

  /** {@code [key: K]}, {@code [K in T as U]} or a computed name. */
  private void readBracketed() {
    boolean isSignature =
        tokens.attempt(
            () -> {
              tokens.expect("[");
              tokens.expect(Kind.NAME);
              if (!tokens.take(":") && !tokens.take("in")) {
                return false;
              }
              grammar.types.read();
              if (tokens.take("as")) {
                grammar.types.read();
              }
              tokens.expect("]");
              return true;
            });
    if (!isSignature) {
      grammar.expressions.readPropertyName();
    }
  }
}
