package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.param.Origin.Kind;
import dev.hearth.runtime.param.ParameterPrompt.Question;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds, checks and asks for the values of one run. Used once. */
final class Settling {
  private final ParameterSchema schema;
  private final ParameterInput input;
  private final Optional<ParameterPrompt> prompt;

  private final Map<String, JsonNode> values = new LinkedHashMap<>();
  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private final List<HearthException> problems = new ArrayList<>();
  private final List<Parameter> missing = new ArrayList<>();

  /** A value before it is checked. */
  private record Candidate(JsonNode value, Origin origin) {}

  Settling(ParameterSchema schema, ParameterInput input, Optional<ParameterPrompt> prompt) {
    this.schema = schema;
    this.input = input;
    this.prompt = prompt;
  }

  ParameterValues settle() {
    refuseUnknown(input.caller().keySet(), "The caller");
    input.file().ifPresent(file -> refuseUnknown(file.values().keySet(), "`" + file.shown() + "`"));
    for (var parameter : schema.parameters()) {
      candidate(parameter).ifPresentOrElse(found -> take(parameter, found), () -> lack(parameter));
    }
    if (problems.isEmpty() && prompt.isPresent()) {
      missing.forEach(parameter -> ask(parameter, prompt.get()));
    } else {
      missing.forEach(parameter -> problems.add(isMissing(parameter)));
    }
    if (!problems.isEmpty()) {
      throw HearthException.all(problems);
    }
    return inOrder();
  }

  /** Answers come last but belong where they are declared. */
  private ParameterValues inOrder() {
    var ordered = new LinkedHashMap<String, JsonNode>();
    for (var parameter : schema.parameters()) {
      var value = values.get(parameter.name());
      if (value != null) {
        ordered.put(parameter.name(), value);
      }
    }
    return new ParameterValues(ordered, origins);
  }

  private void refuseUnknown(Collection<String> names, String who) {
    for (var name : names) {
      if (schema.find(name).isEmpty()) {
        var known = schema.byName().keySet();
        var hint =
            Suggestion.closest(name, known)
                .map(near -> "Did you mean `" + near + "`?")
                .orElse(
                    known.isEmpty()
                        ? "This recipe takes no parameters."
                        : "Its parameters are `" + String.join("`, `", known) + "`.");
        problems.add(new HearthException(ParamError.UNKNOWN, who, VisibleText.of(name), hint));
      }
    }
  }

  private Optional<Candidate> candidate(Parameter parameter) {
    return typed(parameter)
        .or(() -> given(parameter))
        .or(() -> filed(parameter))
        .or(() -> variable(parameter));
  }

  private Optional<Candidate> typed(Parameter parameter) {
    var flags =
        input.flags().stream().filter(flag -> flag.parameter().equals(parameter.name())).toList();
    if (flags.isEmpty()) {
      return Optional.empty();
    }
    var texts = flags.stream().map(ParameterInput.Flag::text).toList();
    var shown = flags.getLast().typed();
    if (!parameter.repeatable() && texts.stream().distinct().count() > 1) {
      problems.add(new HearthException(ParamError.REPEATED, parameter.flag()));
    }
    return Optional.of(
        new Candidate(
            TextReader.read(parameter.schema(), texts),
            new Origin(Kind.FLAG, "the flag `" + shown + "`")));
  }

  private Optional<Candidate> given(Parameter parameter) {
    return Optional.ofNullable(input.caller().get(parameter.name()))
        .map(value -> new Candidate(value, new Origin(Kind.CALLER, "the caller")));
  }

  private Optional<Candidate> filed(Parameter parameter) {
    return input
        .file()
        .flatMap(
            file ->
                Optional.ofNullable(file.values().get(parameter.name()))
                    .map(
                        value ->
                            new Candidate(
                                value, new Origin(Kind.FILE, "the file `" + file.shown() + "`"))));
  }

  private Optional<Candidate> variable(Parameter parameter) {
    return input
        .variable(parameter.variable())
        .map(
            text ->
                new Candidate(
                    TextReader.read(parameter.schema(), List.of(text)),
                    new Origin(Kind.ENVIRONMENT, "the variable `" + parameter.variable() + "`")));
  }

  private void lack(Parameter parameter) {
    var fallback = parameter.fallback();
    if (fallback.isPresent()) {
      values.put(parameter.name(), fallback.get());
      origins.put(parameter.name(), new Origin(Kind.DEFAULT, "its default"));
    } else if (parameter.required()) {
      missing.add(parameter);
    }
  }

  private void take(Parameter parameter, Candidate candidate) {
    problems.addAll(check(parameter, candidate));
  }

  /** Checks a value and keeps it when it is right. */
  private List<HearthException> check(Parameter parameter, Candidate candidate) {
    var secret = ParameterValues.secretIn(candidate.value());
    var plain =
        secret
            .<JsonNode>map(hidden -> JsonNodeFactory.instance.textNode(hidden.reveal()))
            .orElse(candidate.value());
    var reader = new ValueReader();
    var value = reader.data(parameter.schema(), plain, "");
    if (reader.violations().isEmpty()) {
      var hide = parameter.secret() || secret.isPresent();
      values.put(
          parameter.name(),
          hide ? JsonNodeFactory.instance.pojoNode(Secret.of(value.asText())) : value);
      origins.put(parameter.name(), candidate.origin());
    }
    var hidden = parameter.secret() || secret.isPresent();
    return reader.violations().stream()
        .map(
            violation ->
                hidden
                    ? wrongSecret(parameter, violation, candidate.origin())
                    : wrong(parameter, violation, candidate.origin()))
        .toList();
  }

  private static HearthException wrong(Parameter parameter, Violation violation, Origin origin) {
    return new HearthException(
        ParamError.INVALID,
        parameter.name() + VisibleText.of(violation.path()),
        violation.duty(),
        origin,
        violation.shown(),
        violation.hint().orElseGet(() -> example(parameter)));
  }

  private static HearthException wrongSecret(
      Parameter parameter, Violation violation, Origin origin) {
    return new HearthException(
        ParamError.INVALID_SECRET,
        parameter.name(),
        violation.duty(),
        origin,
        "Pass another `" + parameter.flag() + "`.");
  }

  private static String example(Parameter parameter) {
    return parameter
        .fallback()
        .map(
            value ->
                "Pass another `%s`; its default is `%s`."
                    .formatted(parameter.flag(), Violation.show(value)))
        .orElse("Pass another `" + parameter.flag() + "`.");
  }

  private static HearthException isMissing(Parameter parameter) {
    var what = parameter.summary().isEmpty() ? "it is required" : parameter.summary();
    var flag =
        parameter.type() == ValueType.BOOLEAN
            ? parameter.flag()
            : parameter.flag() + " " + parameter.label();
    return new HearthException(
        ParamError.MISSING,
        parameter.name(),
        VisibleText.of(what),
        VisibleText.of(flag),
        parameter.variable());
  }

  private void ask(Parameter parameter, ParameterPrompt person) {
    var problem = Optional.<String>empty();
    while (!values.containsKey(parameter.name())) {
      var choices = parameter.choices().stream().map(Violation::typed).toList();
      var answer = person.ask(new Question(parameter, choices, parameter.secret(), problem));
      if (answer.isEmpty()) {
        problem = Optional.of("A value is needed.");
        continue;
      }
      var candidate =
          new Candidate(
              TextReader.read(parameter.schema(), List.of(answer.get())),
              new Origin(Kind.ANSWER, "the answer"));
      problem = check(parameter, candidate).stream().map(Settling::told).findFirst();
    }
  }

  private static String told(HearthException wrong) {
    return wrong.sentence() + " " + wrong.hint();
  }
}
