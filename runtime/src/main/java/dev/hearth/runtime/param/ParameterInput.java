package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that were given, not yet checked. Immutable; each method returns a changed copy.
 * Precedence: flag, caller, file, environment, default.
 */
public final class ParameterInput {
  /**
   * A flag as it was typed.
   *
   * @param parameter the parameter's name
   * @param typed the flag, such as {@code --no-agent}
   * @param text its value
   */
  record Flag(String parameter, String typed, String text) {}

  private final List<Flag> flags;
  private final Map<String, JsonNode> caller;
  private final Optional<ParameterFile> file;
  private final Function<String, Optional<String>> environment;

  private ParameterInput(
      List<Flag> flags,
      Map<String, JsonNode> caller,
      Optional<ParameterFile> file,
      Function<String, Optional<String>> environment) {
    this.flags = List.copyOf(flags);
    this.caller = caller;
    this.file = file;
    this.environment = environment;
  }

  /** Nothing given. */
  public static ParameterInput none() {
    return new ParameterInput(List.of(), Map.of(), Optional.empty(), name -> Optional.empty());
  }

  /** A flag with its value, as text. Repeated flags make a list. */
  public ParameterInput flag(Parameter parameter, String text) {
    return flag(new Flag(parameter.name(), parameter.flag(), text));
  }

  /** A flag alone, which says yes. */
  public ParameterInput flag(Parameter parameter) {
    return flag(parameter, "true");
  }

  /** A flag {@code --no-…}, which says no. */
  public ParameterInput negated(Parameter parameter) {
    return flag(new Flag(parameter.name(), parameter.negation().orElse(parameter.flag()), "false"));
  }

  private ParameterInput flag(Flag flag) {
    var more = new ArrayList<>(flags);
    more.add(flag);
    return new ParameterInput(more, caller, file, environment);
  }

  /** The values that an embedding program gave, as data; a {@code Secret} stays one. */
  public ParameterInput caller(Map<String, JsonNode> values) {
    return new ParameterInput(flags, new LinkedHashMap<>(values), file, environment);
  }

  public ParameterInput file(ParameterFile better) {
    return new ParameterInput(flags, caller, Optional.of(better), environment);
  }

  /**
   * Where variables are read from, such as {@code effects.environment()::get}. One that is empty
   * counts as not set.
   */
  public ParameterInput environment(Function<String, Optional<String>> better) {
    return new ParameterInput(flags, caller, file, better);
  }

  List<Flag> flags() {
    return flags;
  }

  Map<String, JsonNode> caller() {
    return caller;
  }

  Optional<ParameterFile> file() {
    return file;
  }

  Optional<String> variable(String name) {
    return environment.apply(name).filter(value -> !value.isEmpty());
  }
}
