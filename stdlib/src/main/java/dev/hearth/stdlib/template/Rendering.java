package dev.hearth.stdlib.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One template filled with one set of values. */
final class Rendering {
  static final int MOST = 16 * 1024 * 1024;

  private static final int MOST_ROUNDS = 5_000_000;

  private final TemplateSource source;
  private final JsonNode data;
  private final Map<String, JsonNode> locals = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private int rounds;

  Rendering(TemplateSource source, JsonNode data) {
    this.source = source;
    this.data = data;
  }

  String text() {
    return out.toString();
  }

  void render(List<Part> parts) throws InterruptedIOException {
    for (var part : parts) {
      switch (part) {
        case Part.Text text -> append(text.text(), 0);
        case Part.Show show -> append(shown(show.value()), show.value().at());
        case Part.Choice choice -> choose(choice);
        case Part.Loop loop -> loop(loop);
      }
    }
  }

  private void append(String text, int at) {
    if (out.length() + text.length() > MOST) {
      throw source.error(TemplateError.TOO_LARGE, at, MOST);
    }
    out.append(text);
  }

  private void choose(Part.Choice choice) throws InterruptedIOException {
    for (var branch : choice.branches()) {
      if (holds(value(branch.condition()))) {
        render(branch.body());
        return;
      }
    }
    render(choice.otherwise());
  }

  private void loop(Part.Loop loop) throws InterruptedIOException {
    var in = value(loop.in());
    if (!in.isContainerNode() || (loop.value() != null && !in.isObject())) {
      var what = loop.value() == null ? "list" : "object";
      throw wrong(loop.in(), "`" + loop.in().shown() + "` is no " + what + " to go through");
    }
    if (in.isEmpty()) {
      render(loop.otherwise());
      return;
    }
    var before = new HashMap<>(locals);
    int index = 0;
    var keys = in.isObject() ? in.fieldNames() : null;
    for (var each : in) {
      Interruption.check();
      var position = JsonNodeFactory.instance.objectNode();
      position.put("index", index + 1).put("index0", index);
      position.put("first", index == 0).put("last", index == in.size() - 1);
      locals.put("loop", position);
      if (keys == null) {
        locals.put(loop.item(), each);
      } else {
        locals.put(loop.item(), TextNode.valueOf(keys.next()));
        if (loop.value() != null) {
          locals.put(loop.value(), each);
        }
      }
      render(loop.body());
      if (++rounds > MOST_ROUNDS) {
        throw wrong(loop.in(), "its loops make more than " + MOST_ROUNDS + " rounds");
      }
      index++;
    }
    locals.clear();
    locals.putAll(before);
  }

  private String shown(Expression expression) {
    var value = value(expression);
    if (value.isNull()) {
      throw source.error(TemplateError.NOT_A_TEXT, expression.at(), expression.shown(), "null");
    }
    if (value.isContainerNode()) {
      throw source.error(
          TemplateError.NOT_A_TEXT,
          expression.at(),
          expression.shown(),
          value.isArray() ? "a list" : "an object");
    }
    return value.asText();
  }

  /** What an expression is; a name that is not there is an error. */
  private JsonNode value(Expression expression) {
    var value = find(expression);
    if (value == null) {
      throw source.error(TemplateError.MISSING, expression.at(), expression.shown());
    }
    return value;
  }

  /** What an expression is; {@code null} when the last name of it is not there. */
  private @Nullable JsonNode find(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name name -> {
        var local = locals.get(name.shown());
        yield local == null ? data.get(name.shown()) : local;
      }
      case Expression.Member member -> member(member);
      case Expression.Not not -> BooleanNode.valueOf(!holds(value(not.value())));
      case Expression.Defined defined -> BooleanNode.valueOf(present(defined.value()) != null);
      case Expression.Binary binary -> binary(binary);
      case Expression.Filtered filtered -> filtered(filtered);
    };
  }

  private @Nullable JsonNode member(Expression.Member member) {
    var of = value(member.of());
    var key = value(member.key());
    if (!of.isArray()) {
      return of.get(key.asText());
    }
    try {
      return of.get(Integer.parseInt(key.asText()));
    } catch (NumberFormatException e) {
      return null; // a list has no names
    }
  }

  /** As {@link #find}, but a name on the way may be missing too. */
  private @Nullable JsonNode present(Expression expression) {
    if (expression instanceof Expression.Member member && present(member.of()) == null) {
      return null;
    }
    var value = find(expression);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode binary(Expression.Binary binary) {
    boolean left = holdsIfLogic(binary);
    return BooleanNode.valueOf(
        switch (binary.operator()) {
          case "and" -> left && holds(value(binary.right()));
          case "or" -> left || holds(value(binary.right()));
          case "==" -> Values.equal(value(binary.left()), value(binary.right()));
          case "!=" -> !Values.equal(value(binary.left()), value(binary.right()));
          case "in" -> Values.contains(value(binary.right()), value(binary.left()));
          default -> ordered(binary);
        });
  }

  private boolean holdsIfLogic(Expression.Binary binary) {
    var logic = binary.operator().equals("and") || binary.operator().equals("or");
    return logic && holds(value(binary.left()));
  }

  private boolean ordered(Expression.Binary binary) {
    var order = Values.compare(value(binary.left()), value(binary.right()));
    if (order.isEmpty()) {
      throw wrong(binary, "`" + binary.shown() + "` compares what has no order");
    }
    return switch (binary.operator()) {
      case "<" -> order.getAsInt() < 0;
      case "<=" -> order.getAsInt() <= 0;
      case ">" -> order.getAsInt() > 0;
      default -> order.getAsInt() >= 0;
    };
  }

  private JsonNode filtered(Expression.Filtered filtered) {
    if (filtered.filter().equals("default") && filtered.arguments().size() == 1) {
      var value = present(filtered.value());
      return value == null ? value(filtered.arguments().getFirst()) : value;
    }
    var value = value(filtered.value());
    var arguments = filtered.arguments().stream().map(this::value).toList();
    try {
      return Filters.apply(filtered.filter(), value, arguments);
    } catch (IllegalArgumentException e) {
      throw wrong(filtered, String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private HearthException wrong(Expression at, String what) {
    return source.error(TemplateError.WRONG_VALUE, at.at(), what);
  }

  /** Empty is false, as in most languages of templates. */
  private static boolean holds(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case STRING -> !value.textValue().isEmpty();
      case NUMBER -> value.decimalValue().signum() != 0;
      case ARRAY, OBJECT -> !value.isEmpty();
      default -> false;
    };
  }
}
