package dev.hearth.runtime.module.typescript;

import dev.hearth.runtime.module.typescript.Statements.Outcome;
import dev.hearth.runtime.module.typescript.Tokens.Kind;
import java.util.Set;
import java.util.TreeSet;

/** Imports and exports. */
final class Modules {
  private final Grammar grammar;
  private final Tokens tokens;
  private final Set<String> exportedTypes = new TreeSet<>();

  Modules(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** The names that are exported as types and so are not there when the module runs. */
  Set<String> exportedTypes() {
    return exportedTypes;
  }

  Outcome readImport() {
    int from = tokens.start();
    tokens.expect("import");
    if (tokens.is("type") && isOfTypes()) {
      tokens.advance();
      readImported();
      return grammar.statements.eraseFrom(from);
    }
    if (!tokens.is(Kind.STRING)) {
      readClause(from);
      tokens.expect("from");
    }
    readSource();
    grammar.statements.endStatement();
    return Outcome.CODE;
  }

  /** Whether this {@code type} makes the import one of types, and is not what it imports. */
  private boolean isOfTypes() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          if (!tokens.is("from")) {
            return tokens.is(Kind.NAME) || tokens.is("{") || tokens.is("*");
          }
          tokens.advance();
          return tokens.is("from") || tokens.is("=");
        });
  }

  private void readImported() {
    if (tokens.is(Kind.NAME) && tokens.isBefore("=")) {
      tokens.advance();
      tokens.expect("=");
      grammar.expressions.readAssignment(); // require('…')
    } else {
      readClause(tokens.start());
      tokens.expect("from");
      readSource();
    }
    grammar.statements.endStatement();
  }

  private void readClause(int from) {
    if (tokens.is(Kind.NAME)) {
      tokens.advance();
      if (tokens.is("=")) {
        throw Unerasable.IMPORT_EQUALS.at(from);
      }
      if (!tokens.take(",")) {
        return;
      }
    }
    if (tokens.take("*")) {
      tokens.expect("as");
      tokens.expect(Kind.NAME);
    } else {
      readSpecifiers(false);
    }
  }

  private void readSource() {
    tokens.expect(Kind.STRING);
    if (tokens.is("with") || (tokens.is("assert") && !tokens.afterLineEnd())) {
      tokens.advance();
      grammar.expressions.readObject();
    }
  }

  /** {@code { a, type B as C }}, of which {@code type B as C} goes. */
  private void readSpecifiers(boolean ofExport) {
    tokens.expect("{");
    while (!tokens.is("}")) {
      int from = tokens.start();
      boolean isType = tokens.is("type") && isTypeSpecifier() && tokens.take("type");
      var name = readName();
      if (tokens.take("as")) {
        name = readName();
      }
      boolean goesOn = tokens.take(",");
      if (isType) {
        grammar.edits.blank(from, tokens.previousEnd());
        if (ofExport) {
          exportedTypes.add(name);
        }
      }
      if (!goesOn) {
        break;
      }
    }
    tokens.expect("}");
  }

  private String readName() {
    if (!tokens.is(Kind.NAME) && !tokens.is(Kind.STRING)) {
      throw tokens.mismatch();
    }
    var name = tokens.word();
    tokens.advance();
    return name;
  }

  private boolean isTypeSpecifier() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          if (!tokens.take("as")) {
            return tokens.is(Kind.NAME) || tokens.is(Kind.STRING);
          }
          if (!tokens.take("as")) {
            return !tokens.is(Kind.NAME) && !tokens.is(Kind.STRING); // `{ type as }`
          }
          return tokens.is(Kind.NAME); // `{ type as as B }`
        });
  }

  Outcome readExport() {
    int from = tokens.start();
    tokens.expect("export");
    if (tokens.is("=")) {
      throw Unerasable.EXPORT_EQUALS.at(from);
    }
    if (tokens.is("import")) {
      throw Unerasable.IMPORT_EQUALS.at(from);
    }
    if (tokens.is("as")) { // namespace X
      tokens.advance();
      tokens.expect("namespace");
      tokens.expect(Kind.NAME);
      grammar.statements.endStatement();
      return grammar.statements.eraseFrom(from);
    }
    if (tokens.take("default")) {
      return readDefault(from);
    }
    if (tokens.is("type") && isOfExportedTypes()) {
      tokens.advance();
      readExported(true);
      return grammar.statements.eraseFrom(from);
    }
    if (tokens.is("*") || tokens.is("{")) {
      readExported(false);
      return Outcome.CODE;
    }
    var outcome = grammar.declarations.read(from);
    if (outcome == Outcome.NOTHING) {
      throw tokens.mismatch();
    }
    return outcome;
  }

  private boolean isOfExportedTypes() {
    return tokens.ahead(
        () -> {
          tokens.advance();
          return tokens.is("{") || tokens.is("*");
        });
  }

  private void readExported(boolean types) {
    if (tokens.take("*")) {
      if (tokens.take("as")) {
        readName();
      }
      tokens.expect("from");
      readSource();
    } else {
      readExportedNames(types);
      if (tokens.take("from")) {
        readSource();
      }
    }
    grammar.statements.endStatement();
  }

  private void readExportedNames(boolean types) {
    if (!types) {
      readSpecifiers(true);
      return;
    }
    tokens.expect("{");
    while (!tokens.is("}")) {
      var name = readName();
      exportedTypes.add(tokens.take("as") ? readName() : name);
      if (!tokens.take(",")) {
        break;
      }
    }
    tokens.expect("}");
  }

  private Outcome readDefault(int from) {
    var outcome = grammar.declarations.readDefault(from);
    if (outcome == Outcome.NOTHING) {
      grammar.expressions.readAssignment();
      grammar.statements.endStatement();
      return Outcome.CODE;
    }
    return outcome;
  }
}
