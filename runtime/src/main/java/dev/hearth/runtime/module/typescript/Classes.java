package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;

/** Classes and their members. */
final class Classes {
  private static final Set<String> TYPE_MODIFIERS =
      Set.of("public", "private", "protected", "readonly", "override", "abstract", "declare");
  private static final Set<String> MODIFIERS = Set.of("static", "async", "accessor", "get", "set");
  private static final Set<String> ACROSS_LINES = Set.of("static", "get", "set");
  private static final Set<String> WITHOUT_CODE = Set.of("abstract", "declare");

  /** What would go on with the member before if nothing stood in between. */
  private static final Set<String> CONTINUATIONS = Set.of("[", "*", "in", "instanceof");

  private final Grammar grammar;
  private final Tokens tokens;

  /** Whether the member that was read last is a field without a semicolon. */
  private boolean isFieldOpen;

  Classes(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** From {@code class} to its last brace. */
  void read() {
    tokens.expect("class");
    if (tokens.is(Kind.NAME) && !tokens.is("extends") && !tokens.is("implements")) {
      tokens.advance();
    }
    grammar.types.eraseParameters();
    if (tokens.take("extends")) {
      grammar.expressions.readLeftHandSide();
      grammar.types.eraseArguments();
    }
    if (tokens.is("implements")) {
      grammar.erase(
          () -> {
            tokens.advance();
            readTypes();
          });
    }
    tokens.expect("{");
    isFieldOpen = false;
    grammar.expressions.enclosed(
        () -> {
          while (!tokens.is("}")) {
            readMember();
          }
        });
    tokens.expect("}");
  }

  void readTypes() {
    do {
      grammar.types.read();
    } while (tokens.take(","));
  }

  private void readMember() {
    if (tokens.take(";")) {
      return;
    }
    int from = tokens.start();
    if (tokens.is("@")) {
      throw Unerasable.DECORATOR.at(from);
    }
    if (tokens.is("static") && tokens.isBefore("{")) {
      tokens.advance();
      grammar.statements.readBlock();
      return;
    }
    int edits = grammar.edits.size();
    boolean isCode = readModifiers();
    if (tokens.is("[") && tokens.attempt(this::readIndexSignature)) {
      grammar.statements.endStatement();
      isCode = false;
    } else {
      boolean goesOn = isFieldOpen && tokens.isOneOf(CONTINUATIONS);
      if (goesOn && grammar.edits.size() > edits) {
        grammar.edits.put(from, ';');
      }
      isCode &= readField();
    }
    if (!isCode) {
      grammar.statements.eraseFrom(from);
    }
  }

  /** Takes out those of types; whether the others leave something to run. */
  private boolean readModifiers() {
    boolean isCode = true;
    while ((tokens.isOneOf(TYPE_MODIFIERS) || tokens.isOneOf(MODIFIERS)) && isModifier()) {
      isCode &= !tokens.isOneOf(WITHOUT_CODE);
      if (tokens.isOneOf(TYPE_MODIFIERS)) {
        grammar.erase(tokens::advance);
      } else {
        tokens.advance();
      }
    }
    return isCode;
  }

  private boolean isModifier() {
    return tokens.ahead(
        () -> {
          boolean mayEndLine = tokens.isOneOf(ACROSS_LINES);
          tokens.advance();
          return (mayEndLine || !tokens.afterLineEnd())
              && (tokens.is("[")
                  || tokens.is("*")
                  || !(tokens.is(Kind.PUNCTUATOR)
                      || tokens.is(Kind.END)
                      || tokens.is(Kind.TEMPLATE)));
        });
  }

  private boolean readIndexSignature() {
    tokens.expect("[");
    tokens.expect(Kind.NAME);
    tokens.expect(":");
    grammar.types.read();
    tokens.expect("]");
    grammar.types.eraseAnnotation();
    return true;
  }

  /** A field or a method; whether it has something to run. */
  private boolean readField() {
    isFieldOpen = false;
    tokens.take("*");
    boolean isConstructor = tokens.is("constructor");
    boolean isModifierElsewhere = tokens.isOneOf(ACROSS_LINES);
    grammar.expressions.readPropertyName();
    if (isConstructor && tokens.is("(")) {
      grammar.functions.readParametersOfConstructor();
      return grammar.functions.readBody();
    }
    grammar.functions.eraseMark("?");
    grammar.functions.eraseMark("!");
    if (tokens.is("(") || tokens.is("<")) {
      grammar.functions.readSignature();
      return grammar.functions.readBody();
    }
    grammar.types.eraseAnnotation();
    grammar.functions.readInitializer();
    int erased = grammar.edits.blankEndingAt(tokens.previousEnd());
    grammar.statements.endStatement();
    isFieldOpen = !tokens.isAfter(';');
    if (isFieldOpen && isModifierElsewhere && erased >= 0) {
      grammar.edits.put(erased, ';'); // `get` would be one of the next member
    }
    return true;
  }
}
