package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One declared parameter. Immutable. */
public final class Parameter {
  private final String name;
  private final String summary;
  private final String description;
  private final Need need;
  private final Schema schema;

  /** What else a declaration says of a value. */
  enum Need {
    OPTIONAL,
    REQUIRED,
    OPTIONAL_SECRET,
    REQUIRED_SECRET;

    static Need of(boolean required, boolean secret) {
      return secret ? required ? REQUIRED_SECRET : OPTIONAL_SECRET : required ? REQUIRED : OPTIONAL;
    }
  }

  Parameter(String name, String summary, String description, Need need, Schema schema) {
    this.name = name;
    this.summary = summary;
    this.description = description;
    this.need = need;
    this.schema = schema;
  }

  /** Its name in camelCase, as the recipe sees it. */
  public String name() {
    return name;
  }

  /** One line; may be empty. */
  public String summary() {
    return summary;
  }

  /** More than one line; may be empty. */
  public String description() {
    return description;
  }

  /** Whether a run cannot begin without a value. */
  public boolean required() {
    return need == Need.REQUIRED || need == Need.REQUIRED_SECRET;
  }

  /** Whether its value must not be shown. */
  public boolean secret() {
    return need == Need.OPTIONAL_SECRET || need == Need.REQUIRED_SECRET;
  }

  Schema schema() {
    return schema;
  }

  /** Its flag: {@code --disk-size} for {@code diskSize}. */
  public String flag() {
    return "--" + words('-').toLowerCase(Locale.ROOT);
  }

  /** Its environment variable: {@code HEARTH_PARAM_DISK_SIZE} for {@code diskSize}. */
  public String variable() {
    return "HEARTH_PARAM_" + word();
  }

  /** The flag that says no to a truth: {@code --no-agent}. */
  public Optional<String> negation() {
    return type() == ValueType.BOOLEAN
        ? Optional.of("--no-" + flag().substring(2))
        : Optional.empty();
  }

  /** Its name as an argument in help: {@code DISK_SIZE} for {@code diskSize}. */
  public String word() {
    return words('_').toUpperCase(Locale.ROOT);
  }

  private String words(char between) {
    return name.replaceAll(
        "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", String.valueOf(between));
  }

  public ValueType type() {
    return schema.type();
  }

  public Optional<Unit> unit() {
    return schema.unit();
  }

  /** The values it may have, when the recipe lists them. */
  public List<JsonNode> choices() {
    return schema.choices();
  }

  /** Its value when no other is given. */
  public Optional<JsonNode> fallback() {
    return schema.fallback();
  }

  /** Whether several flags make one value. */
  public boolean repeatable() {
    return type() == ValueType.ARRAY;
  }

  /** What stands behind the flag in help: {@code MiB}, {@code a|b}, {@code TEXT,…}. */
  public String label() {
    return label(schema);
  }

  private static String label(Schema schema) {
    if (!schema.choices().isEmpty()) {
      return String.join("|", schema.choices().stream().map(Violation::show).toList());
    }
    return switch (schema.type()) {
      case INTEGER, NUMBER -> schema.unit().map(Unit::name).orElse("NUMBER");
      case BOOLEAN -> "true|false";
      case ARRAY -> schema.items().map(Parameter::label).orElse("TEXT") + ",…";
      case OBJECT -> "JSON";
      case STRING, ANY -> "TEXT";
    };
  }
}
