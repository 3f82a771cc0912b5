package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.oracle.js.parser.Lexer.LexerToken;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.AccessNode;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ClassNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.IndexNode;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.LiteralNode.ArrayLiteralNode;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.ObjectNode;
import com.oracle.js.parser.ir.PropertyNode;
import com.oracle.js.parser.ir.TemplateLiteralNode;
import com.oracle.js.parser.ir.TemplateLiteralNode.UntaggedTemplateLiteralNode;
import com.oracle.js.parser.ir.TernaryNode;
import com.oracle.js.parser.ir.UnaryNode;
import dev.hearth.runtime.module.LiteralSyntax;
import dev.hearth.runtime.module.LiteralSyntax.Entries;
import dev.hearth.runtime.module.LiteralSyntax.Entry;
import dev.hearth.runtime.module.LiteralSyntax.Items;
import dev.hearth.runtime.module.LiteralSyntax.NotData;
import dev.hearth.runtime.module.LiteralSyntax.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The data in an expression, in words that do not depend on this parser. */
final class LiteralTree {
  private static final double LARGEST_EXACT_INTEGER = 0x1p53 - 1;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LiteralTree() {}

  static LiteralSyntax of(Expression node) {
    return switch (node) {
      case ObjectNode object -> entries(object);
      case ArrayLiteralNode array -> items(array);
      case LiteralNode<?> literal -> literal(literal);
      case UntaggedTemplateLiteralNode template -> template(template);
      case UnaryNode unary -> unary(unary);
      default -> notData(node, nameOf(node));
    };
  }

  private static LiteralSyntax entries(ObjectNode object) {
    var entries = new ArrayList<Entry>();
    for (var property : object.getElements()) {
      var value = property.getValue();
      var refused = refusal(property);
      if (refused != null || value == null) {
        var what = refused == null ? "no value" : refused;
        entries.add(new Entry(start(property), "", notData(property, what)));
      } else {
        entries.add(new Entry(start(property), property.getKeyName(), of(value)));
      }
    }
    return new Entries(object.getStart(), object.getFinish(), entries);
  }

  private static @Nullable String refusal(PropertyNode property) {
    if (property.getGetter() != null) {
      return "a getter";
    }
    if (property.getSetter() != null) {
      return "a setter";
    }
    if (property.getKey() instanceof UnaryNode || property.isRest()) {
      return "a spread";
    }
    if (property.isComputed()) {
      return "a computed key";
    }
    // `__proto__: …` makes no key of that name, it changes what the object is.
    return property.getKeyName().equals("__proto__") ? "a prototype" : null;
  }

  private static LiteralSyntax items(ArrayLiteralNode array) {
    var items = new ArrayList<LiteralSyntax>();
    for (var item : array.getElementExpressions()) {
      items.add(item == null ? notData(array, "an array with a hole") : of(item));
    }
    return new Items(array.getStart(), array.getFinish(), items);
  }

  private static LiteralSyntax literal(LiteralNode<?> literal) {
    return switch (literal.getValue()) {
      case null -> scalar(literal, JSON.nullNode());
      case Boolean value -> scalar(literal, JSON.booleanNode(value));
      case BigInteger value -> notData(literal, "a BigInt");
      case Number value -> number(literal, value.doubleValue());
      case LexerToken token -> notData(literal, "a regular expression");
      default -> text(literal, literal.getString());
    };
  }

  private static LiteralSyntax template(UntaggedTemplateLiteralNode template) {
    var parts = template.getExpressions();
    return parts.size() == 1 && parts.getFirst() instanceof LiteralNode<?> only && only.isString()
        ? text(template, only.getString())
        : notData(template, "a template with `${…}`");
  }

  private static LiteralSyntax unary(UnaryNode unary) {
    if (unary.isTokenType(TokenType.SPREAD_ARRAY)) {
      return notData(unary, "a spread");
    }
    return unary.isTokenType(TokenType.SUB)
            && unary.getExpression() instanceof LiteralNode<?> literal
            && literal.getValue() instanceof Number value
            && !(value instanceof BigInteger)
        ? number(unary, -value.doubleValue())
        : notData(unary, nameOf(unary));
  }

  private static LiteralSyntax number(Expression node, double value) {
    if (Double.isInfinite(value)) {
      return notData(node, "a number that is too large");
    }
    boolean exact = value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT_INTEGER;
    return scalar(node, exact ? JSON.numberNode((long) value) : JSON.numberNode(value));
  }

  private static LiteralSyntax text(Expression node, String text) {
    boolean whole =
        text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    return whole ? scalar(node, JSON.textNode(text)) : notData(node, "half a character");
  }

  private static LiteralSyntax scalar(Expression node, JsonNode value) {
    return new Scalar(node.getStart(), node.getFinish(), value);
  }

  private static LiteralSyntax notData(Node node, String what) {
    int start = node instanceof PropertyNode property ? start(property) : node.getStart();
    return new NotData(start, Math.max(start, node.getFinish()), what);
  }

  /** A quoted key begins at its quote, which the property's own place leaves out. */
  private static int start(PropertyNode property) {
    var key = property.getKey();
    return key instanceof LiteralNode<?> && !property.isComputed() && !property.isAccessor()
        ? Math.min(key.getStart(), property.getStart())
        : property.getStart();
  }

  private static String nameOf(Expression node) {
    return switch (node) {
      case IdentNode name -> "a name";
      case FunctionNode function -> "a function";
      case ClassNode type -> "a class";
      case CallNode call -> "a call";
      case AccessNode access -> "a property";
      case IndexNode index -> "a property";
      case BinaryNode binary -> "a calculation";
      case UnaryNode unary -> unary.isTokenType(TokenType.NEW) ? "a call" : "a calculation";
      case TernaryNode ternary -> "a condition";
      case TemplateLiteralNode template -> "a template with `${…}`";
      default -> "an expression";
    };
  }
}
