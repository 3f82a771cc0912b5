package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters that a recipe declares. Immutable.
 *
 * <p>Each is a JSON Schema (2020-12: the types, enumerations, ranges, lengths, patterns in RE2's
 * form, formats, lists and objects) with our additions {@code summary}, {@code unit}, {@code
 * secret} and {@code required}. This one declaration gives the flags, the help, the questions and
 * the validation.
 */
public final class ParameterSchema {
  private final Map<String, Parameter> parameters;
  private final Places places;
  private final List<HearthException> problems;

  private ParameterSchema(
      Map<String, Parameter> parameters, Places places, List<HearthException> problems) {
    this.parameters = parameters;
    this.places = places;
    this.problems = problems;
  }

  /** Reads a declaration; what is wrong with it is told by {@link #problems}. */
  public static ParameterSchema read(ObjectNode params, Places places) {
    var problems = new Problems(places);
    var reader = new ParameterReader(problems);
    params.properties().forEach(entry -> reader.read(entry.getKey(), entry.getValue()));
    return new ParameterSchema(new LinkedHashMap<>(reader.parameters()), places, problems.found());
  }

  /** All that is wrong with the declaration, each {@link ParamError#DECLARED_WRONG}. */
  public List<HearthException> problems() {
    return problems;
  }

  /** The same schema; fails with all its {@link #problems} when there are some. */
  public ParameterSchema orThrow() {
    if (!problems.isEmpty()) {
      throw HearthException.all(problems);
    }
    return this;
  }

  /** The parameters in the order of the declaration: what help, completion and a wizard show. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  public Optional<Parameter> find(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The problems of parameters whose flags are already flags of the command itself. */
  public List<HearthException> clashes(Collection<String> flags) {
    var found = new Problems(places);
    for (var parameter : parameters.values()) {
      var own = new ArrayList<>(List.of(parameter.flag()));
      parameter.negation().ifPresent(own::add);
      for (var flag : own) {
        if (flags.contains(flag)) {
          found.whole(
              ParameterReader.spot(parameter.name()),
              "`" + flag + "` is a flag of Hearth itself",
              "Give the parameter another name.");
        }
      }
    }
    return found.found();
  }

  /**
   * Finds and checks the value of each parameter; asks nobody.
   *
   * @throws HearthException with everything that is wrong at once
   */
  public ParameterValues settle(ParameterInput input) {
    return new Settling(this, input, Optional.empty()).settle();
  }

  /**
   * Finds and checks the value of each parameter. When nothing is wrong but that required values
   * are missing, they are asked for.
   *
   * @throws HearthException with everything that is wrong at once
   */
  public ParameterValues settle(ParameterInput input, ParameterPrompt prompt) {
    return new Settling(this, input, Optional.of(prompt)).settle();
  }

  /** The declaration's parameters by name. */
  Map<String, Parameter> byName() {
    return parameters;
  }
}
