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
  private static final String GROUPED =
      "export default (0, "; // else a function is called `default`
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
    try {
      var body = parse(typed);
      // `{ a: 1 }` is a block to JavaScript and an object to who types it; a declaration stays one.
      var declares = body.getSymbols().iterator().hasNext();
      var whole = declares ? null : withValue(typed, 0);
      if (whole != null) {
        return whole;
      }
      var start = lastExpression(body);
      var valued = start < 0 ? null : withValue(typed, start);
      var input = valued == null ? new ReplInput(typed, false, -1, 0) : valued;
      return new ReplInput(
          input.module + published(body), false, input.insertedAt, input.insertedLength);
    } catch (ParserException e) {
      // `function () {}` is no statement and yet a value.
      var whole = withValue(typed, 0);
      return whole == null ? new ReplInput(typed, isIncomplete(typed, e), -1, 0) : whole;
    }
  }

  /** Whether more text may make sense of one that the parser refused. */
  private static boolean isIncomplete(String typed, ParserException e) {
    return e.isIncompleteSource()
        || isTextOpen(typed)
        || goesOnWith(typed, "\n*/")
        || goesOnWith(typed, "\nfinally {}");
  }

  /** A string that ends with a backslash, or a template: the parser goes on into the next line. */
  private static boolean isTextOpen(String typed) {
    try {
      parse(typed + "\n");
      return false;
    } catch (ParserException e) {
      return e.getPosition() > typed.length();
    }
  }

  /** The parser blames the beginning of a comment or a {@code try}, and so knows no end of it. */
  private static boolean goesOnWith(String typed, String rest) {
    try {
      parse(typed + rest);
      return true;
    } catch (ParserException e) {
      return e.isIncompleteSource();
    }
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
    // The first expression of a module is the parser's own, behind the functions.
    var expressions = statements.stream().filter(ExpressionStatement.class::isInstance).count();
    return expressions > 1 && statements.getLast() instanceof ExpressionStatement last
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
}
