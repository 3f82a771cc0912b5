package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** Parameters, patterns and bodies. */
final class Functions {
  private static final Set<String> PROPERTY_MODIFIERS =
      Set.of("public", "private", "protected", "readonly", "override");
  private static final Set<String> AFTER_A_NAME = Set.of(",", ")", ":", "?", "=", "=>");

  private final Grammar grammar;
  private final Tokens tokens;

  Functions(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** {@code <T>(a: A): R}, of which {@code (a)} stays. */
  void readSignature() {
    grammar.types.eraseParameters();
    readParameters();
    eraseReturn();
  }

  void eraseReturn() {
    if (tokens.is(":")) {
      grammar.erase(
          () -> {
            tokens.expect(":");
            grammar.types.readReturn();
          });
    }
  }

  /** Whether there is a body, which an overload or a declaration has not. */
  boolean readBody() {
    if (tokens.is("{")) {
      grammar.statements.readBlock();
      return true;
    }
    grammar.statements.endStatement();
    return false;
  }

  /** {@code (a: A, …)}, of which the names and defaults stay. */
  void readParameters() {
    readParameters(this::readParameter);
  }

  /** The same of a constructor, where a modifier makes a field of a parameter. */
  void readParametersOfConstructor() {
    readParameters(
        () -> {
          if (tokens.isOneOf(PROPERTY_MODIFIERS) && isModifier()) {
            throw Unerasable.PARAMETER_PROPERTY.at(tokens.start());
          }
          readParameter();
        });
  }

  private void readParameters(Runnable reading) {
    tokens.expect("(");
    while (!tokens.is(")")) {
      if (tokens.is("this")) {
        eraseThis();
        continue;
      }
      reading.run();
      if (!tokens.take(",")) {
        break;
      }
    }
    tokens.expect(")");
  }

  private void eraseThis() {
    grammar.erase(
        () -> {
          tokens.expect("this");
          grammar.types.eraseAnnotation();
          if (!tokens.is(")")) {
            tokens.expect(",");
          }
        });
  }

  private void readParameter() {
    if (tokens.is("@")) {
      throw Unerasable.DECORATOR.at(tokens.start());
    }
    tokens.take("...");
    readTarget();
    eraseMark("?");
    grammar.types.eraseAnnotation();
    readInitializer();
  }

  private boolean isModifier() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          return !tokens.isOneOf(AFTER_A_NAME);
        });
  }

  /** Takes out a single mark such as the {@code ?} of what is optional. */
  void eraseMark(String mark) {
    if (tokens.is(mark)) {
      grammar.erase(tokens::advance);
    }
  }

  void readInitializer() {
    if (tokens.take("=")) {
      grammar.expressions.readAssignment();
    }
  }

  /** A name or a pattern. */
  void readTarget() {
    if (tokens.take("[")) {
      while (!tokens.is("]")) {
        if (!tokens.is(",")) {
          tokens.take("...");
          readTarget();
          readInitializer();
        }
        if (!tokens.take(",")) {
          break;
        }
      }
      tokens.expect("]");
    } else if (tokens.take("{")) {
      while (!tokens.is("}")) {
        readProperty();
        if (!tokens.take(",")) {
          break;
        }
      }
      tokens.expect("}");
    } else {
      tokens.expect(Kind.NAME);
    }
  }

  private void readProperty() {
    if (tokens.take("...")) {
      readTarget();
      return;
    }
    grammar.expressions.readPropertyName();
    if (tokens.take(":")) {
      readTarget();
    }
    readInitializer();
  }
}
