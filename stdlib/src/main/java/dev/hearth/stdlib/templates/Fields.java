package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one object of a wish. What does not fit is a fault, and reads as if absent. */
final class Fields {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?([MGT])iB");

  private final JsonNode node;
  private final String path;
  private final Faults faults;

  private Fields(JsonNode node, String path, Faults faults) {
    this.node = node;
    this.path = path;
    this.faults = faults;
  }

  /** The fields of what has to be an object. */
  static Fields of(JsonNode node, String path, Faults faults) {
    if (!node.isObject()) {
      faults.add(path.isEmpty() ? "specification" : path, "has to be an object");
      return new Fields(JsonNodeFactory.instance.objectNode(), path, faults);
    }
    return new Fields(node, path, faults);
  }

  /** The full name of a field: {@code networks[0].ip}. */
  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void fault(String name, String what) {
    faults.add(at(name), what);
  }

  void fault(String name, String what, String hint) {
    faults.add(at(name), what, hint);
  }

  /** Says what is wrong with a field that is named whole. */
  void faultAt(String field, String what) {
    faults.add(field, what);
  }

  /** Names every field that there is not. */
  void only(List<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                faults.add(
                    at(name),
                    "is no field",
                    Suggestion.closest(name, known)
                        .map(closest -> "Did you mean `" + at(closest) + "`?")
                        .orElse("Use one of: " + String.join(", ", known) + "."));
              }
            });
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  boolean isText(String name) {
    return has(name) && node.get(name).isTextual();
  }

  boolean isFlag(String name) {
    return has(name) && node.get(name).isBoolean();
  }

  private Optional<JsonNode> find(String name) {
    return has(name) ? Optional.of(node.get(name)) : Optional.empty();
  }

  Optional<String> text(String name) {
    return find(name)
        .filter(value -> isOf(value.isTextual(), name, "a text"))
        .map(JsonNode::textValue);
  }

  String required(String name) {
    var said = text(name).filter(text -> !text.isBlank());
    if (said.isEmpty() && (!has(name) || node.get(name).isTextual())) {
      fault(name, "is missing");
    }
    return said.orElse("");
  }

  /**
   * A text of one form.
   *
   * @param what it has to be: {@code a name of small letters}
   */
  Optional<String> matching(String name, Pattern form, String what) {
    return text(name).filter(text -> isA(form.matcher(text).matches(), name, text, what));
  }

  private boolean isA(boolean holds, String name, String text, String what) {
    if (!holds) {
      fault(name, "is " + Faults.quoted(text) + ", and has to be " + what);
    }
    return holds;
  }

  String choice(String name, String otherwise, List<String> choices) {
    return text(name)
        .filter(
            text -> isA(choices.contains(text), name, text, "one of " + String.join(", ", choices)))
        .orElse(otherwise);
  }

  Optional<Boolean> flag(String name) {
    return find(name)
        .filter(value -> isOf(value.isBoolean(), name, "true or false"))
        .map(JsonNode::booleanValue);
  }

  Optional<Integer> number(String name, int least, int most) {
    return find(name)
        .filter(
            value ->
                isOf(
                    value.isInt() && value.intValue() >= least && value.intValue() <= most,
                    name,
                    "a whole number from " + least + " to " + most))
        .map(JsonNode::intValue);
  }

  /** A size in MiB: a number of them, where {@code mebibytes}, or with its unit. */
  Optional<Integer> size(String name, boolean mebibytes, int least) {
    var form =
        (mebibytes ? "MiB as a whole number, or a size" : "a size")
            + " with its unit, such as 2GiB";
    return find(name)
        .flatMap(
            value -> {
              var size =
                  mebibytes && value.canConvertToLong() && value.isIntegralNumber()
                      ? Optional.of(value.longValue())
                      : mebibytes(value.asText());
              if (size.isEmpty() || size.get() > Integer.MAX_VALUE) {
                fault(name, "has to be " + form);
                return Optional.empty();
              }
              if (size.get() < least) {
                fault(name, "has to be " + least + " MiB or more");
                return Optional.empty();
              }
              return size.map(Long::intValue);
            });
  }

  private static Optional<Long> mebibytes(String text) {
    var match = SIZE.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "M" -> number;
          case "G" -> number << 10;
          default -> number << 20;
        });
  }

  Optional<Fields> object(String name) {
    return find(name)
        .filter(value -> isOf(value.isObject(), name, "an object"))
        .map(value -> new Fields(value, at(name), faults));
  }

  /** Each item of a list, with its full name; what is no list is a fault. */
  void each(String name, BiConsumer<String, JsonNode> item) {
    var list = find(name).orElse(null);
    if (list == null || !isOf(list.isArray(), name, "a list")) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      item.accept(at(name) + "[" + i + "]", list.get(i));
    }
  }

  List<Fields> objects(String name) {
    List<Fields> all = new ArrayList<>();
    each(name, (field, item) -> all.add(Fields.of(item, field, faults)));
    return all;
  }

  /** The texts of a list that have a form. */
  List<String> texts(String name, @Nullable Pattern form, String what) {
    List<String> all = new ArrayList<>();
    each(
        name,
        (field, item) -> {
          if (!item.isTextual() || (form != null && !form.matcher(item.textValue()).matches())) {
            faults.add(field, "is " + Faults.quoted(item.asText()) + ", and has to be " + what);
          } else if (!all.contains(item.textValue())) {
            all.add(item.textValue());
          }
        });
    return all;
  }

  private boolean isOf(boolean holds, String name, String what) {
    if (!holds) {
      fault(name, "has to be " + what);
    }
    return holds;
  }
}
