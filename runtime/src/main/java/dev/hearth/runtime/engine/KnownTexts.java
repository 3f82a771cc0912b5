package dev.hearth.runtime.engine;

import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.LiteralNode.ArrayLiteralNode;
import com.oracle.js.parser.ir.ObjectNode;
import com.oracle.js.parser.ir.Scope;
import com.oracle.js.parser.ir.TemplateLiteralNode.UntaggedTemplateLiteralNode;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.VarNode;
import dev.hearth.runtime.spi.Mention.Argument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What expressions are texts, or begin with one: literals (whole numbers, too), templates, sums,
 * {@code new URL('…')}, and the constants of a module that are one of these.
 */
final class KnownTexts {
  /** Deeper is no text that a person wrote. */
  private static final int DEEPEST = 200;

  private static final Argument EMPTY = Argument.text("", true);

  private final Map<String, Argument> constants = new HashMap<>();
  private final Scope module;

  private KnownTexts(Scope module) {
    this.module = module;
  }

  static KnownTexts in(FunctionNode tree) {
    var texts = new KnownTexts(tree.getBody().getScope());
    for (var statement : tree.getBody().getStatements()) {
      if (statement instanceof VarNode variable
          && variable.isConst()
          && !variable.isDestructuring()
          && variable.getInit() != null) {
        texts.constants.put(
            variable.getName().getName(), texts.of(variable.getInit(), texts.module));
      }
    }
    return texts;
  }

  /** What is known of an expression that stands in {@code scope}. */
  Argument of(Expression node, @Nullable Scope scope) {
    var text = text(node, scope, 0);
    return text.isWhole() ? text : new Argument(text.beginning(), false, fields(node, scope));
  }

  private Argument text(Expression node, @Nullable Scope scope, int depth) {
    if (depth > DEEPEST) {
      return Argument.UNKNOWN;
    }
    return switch (node) {
      case LiteralNode<?> literal when literal.isString() ->
          Argument.text(literal.getString(), true);
      case LiteralNode<?> literal when literal.getValue() instanceof Integer number ->
          Argument.text(String.valueOf(number), true);
      case UntaggedTemplateLiteralNode template ->
          template.getExpressions().stream()
              .reduce(
                  EMPTY, (sum, part) -> plus(sum, text(part, scope, depth + 1)), KnownTexts::plus);
      case BinaryNode sum when sum.isTokenType(TokenType.ADD) ->
          plus(text(sum.getLhs(), scope, depth + 1), text(sum.getRhs(), scope, depth + 1));
      case IdentNode name -> constant(name.getName(), scope);
      case UnaryNode unary when unary.isTokenType(TokenType.NEW) -> url(unary, scope, depth);
      default -> Argument.UNKNOWN;
    };
  }

  private static Argument plus(Argument sum, Argument next) {
    return sum.isWhole() ? Argument.text(sum.beginning() + next.beginning(), next.isWhole()) : sum;
  }

  private Argument constant(String name, @Nullable Scope innermost) {
    var scope = MentionReader.declaring(name, innermost);
    return scope != null && scope == module
        ? constants.getOrDefault(name, Argument.UNKNOWN)
        : Argument.UNKNOWN;
  }

  private Argument url(UnaryNode made, @Nullable Scope scope, int depth) {
    return made.getExpression() instanceof CallNode call
            && call.getFunction() instanceof IdentNode type
            && type.getName().equals("URL")
            && MentionReader.declaring("URL", scope) == null
            && call.getArgs().size() == 1
        ? text(call.getArgs().getFirst(), scope, depth + 1)
        : Argument.UNKNOWN;
  }

  private Optional<Map<String, String>> fields(Expression node, @Nullable Scope scope) {
    return switch (node) {
      case ObjectNode object -> fields(object, scope);
      case ArrayLiteralNode array -> items(array.getElementExpressions(), scope);
      default -> Optional.empty();
    };
  }

  private Optional<Map<String, String>> fields(ObjectNode object, @Nullable Scope scope) {
    var fields = new LinkedHashMap<String, String>();
    for (var property : object.getElements()) {
      var isPlain = !property.isComputed() && !property.isRest() && !property.isAccessor();
      var value = isPlain && property.getKey() != null ? property.getValue() : null;
      var text = value == null ? null : plain(value, scope);
      if (text == null) {
        return Optional.empty();
      }
      fields.put(property.getKeyName(), text);
    }
    return Optional.of(fields);
  }

  private Optional<Map<String, String>> items(
      List<? extends @Nullable Expression> items, @Nullable Scope scope) {
    var fields = new LinkedHashMap<String, String>();
    for (var item : items) {
      var text = item == null ? null : plain(item, scope);
      if (text == null) {
        return Optional.empty();
      }
      fields.put(String.valueOf(fields.size()), text);
    }
    return Optional.of(fields);
  }

  private @Nullable String plain(Expression node, @Nullable Scope scope) {
    return text(node, scope, 0).text().orElse(null);
  }
}
