package dev.hearth.runtime.engine;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.ir.Block;
import com.oracle.js.parser.ir.ExpressionStatement;
import com.oracle.js.parser.ir.Symbol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed, as a module: so that {@code await} and {@code import} work at the top, and
 * lines and columns stay theirs. What it declares is published on the global object for the inputs
 * after it; the value of its last expression becomes the module's default export.
 *
 * @param module the text to run
 * @param incomplete whether more must be typed first
 * @param insertedAt where text was put in, as an offset into what was typed; -1 for nowhere
 * @param insertedLength how much was put in there
 */
record ReplInput(String module, boolean incomplete, int insertedAt, int insertedLength) {
  private static final String GROUPED = "export default (";
  private static final String PLAIN = "export default ";
  private static final ScriptEnvironment GRAMMAR =
      ScriptEnvironment.builder()
          .ecmaScriptVersion(16)
          .strict(true)
          .topLevelAwait(true)
          .importAttributes(true)
          .classFields(true)
          .privateFieldsIn(true)
          .allowBigInt(true)
          .annexB(true)
          .build();

  /**
   * Reads an input. One with a syntax error comes back as it is: running it tells the error.
   *
   * @param typed one or more statements
   */
  static ReplInput of(String typed) {
    // First as one expression: `{ a: 1 }` is a block to JavaScript and an object to who types it.
    var whole = withValue(typed, 0);
    if (whole != null) {
      return whole;
    }
    try {
      var body = parse(typed);
      var start = lastExpression(body);
      var valued = start < 0 ? null : withValue(typed, start);
      var input = valued == null ? new ReplInput(typed, false, -1, 0) : valued;
      return new ReplInput(
          input.module + published(body), false, input.insertedAt, input.insertedLength);
    } catch (ParserException e) {
      return new ReplInput(typed, isIncomplete(typed, e), -1, 0);
    }
  }

  /** The parser stopped at the end of the text, so more text may make sense of it. */
  private static boolean isIncomplete(String typed, ParserException e) {
    return e.isIncompleteSource() || e.getPosition() >= typed.stripTrailing().length();
  }

  /** Exports what begins at {@code start}, when it is one expression to the end. */
  private static @Nullable ReplInput withValue(String typed, int start) {
    var before = typed.substring(0, start);
    var expression = typed.substring(start).stripTrailing();
    while (expression.endsWith(";")) {
      expression = expression.substring(0, expression.length() - 1).stripTrailing();
    }
    if (expression.isBlank()) {
      return null;
    }
    // The line's end guards against a comment at the end of the expression.
    var grouped = before + GROUPED + expression + "\n);";
    if (parses(grouped)) {
      return new ReplInput(grouped, false, start, GROUPED.length());
    }
    var plain = before + PLAIN + typed.substring(start);
    return start > 0 && parses(plain) ? new ReplInput(plain, false, start, PLAIN.length()) : null;
  }

  /** Where the last statement begins, when it is an expression; else -1. */
  private static int lastExpression(Block body) {
    var statements = body.getStatements();
    // The first statement of a module is the parser's own.
    return statements.size() > 1 && statements.getLast() instanceof ExpressionStatement last
        ? last.getStart()
        : -1;
  }

  private static Block parse(String text) {
    var errors = new ErrorManager.StringBuilderErrorManager();
    var tree = new Parser(GRAMMAR, Source.sourceFor("repl", text), errors).parseModule("repl");
    var error = errors.getParserException();
    if (error != null) {
      throw error;
    }
    return tree.getBody();
  }

  private static boolean parses(String text) {
    try {
      parse(text);
      return true;
    } catch (ParserException e) {
      return false;
    }
  }

  private static String published(Block body) {
    var properties = new ArrayList<String>();
    for (Symbol symbol : body.getSymbols()) {
      var name = symbol.getName();
      var setter =
          symbol.isConst() || symbol.isImportBinding() ? "" : ", set: (v) => { " + name + " = v; }";
      properties.add(
          "%s: { get: () => %s%s, configurable: true, enumerable: true }"
              .formatted(name, name, setter));
    }
    return properties.isEmpty()
        ? ""
        : "\n;Object.defineProperties(globalThis, { " + String.join(", ", properties) + " });";
  }

  /** The names that an input declares, for completion. */
  static List<String> names(String typed) {
    try {
      var names = new ArrayList<String>();
      parse(typed).getSymbols().forEach(symbol -> names.add(symbol.getName()));
      return List.copyOf(names);
    } catch (ParserException e) {
      return List.of();
    }
  }
}
