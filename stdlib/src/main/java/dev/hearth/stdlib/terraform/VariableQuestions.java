package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person;
import dev.hearth.runtime.spi.Person.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the person who follows a run for the variables that a module needs and nobody gave. */
final class VariableQuestions {
  private final ModuleDescription module;
  private final Person person;

  VariableQuestions(ModuleDescription module, Person person) {
    this.module = module;
    this.person = person;
  }

  /**
   * What was answered for a variable.
   *
   * @param value what it is, unless it is sensitive
   * @param secret what it is, when it is sensitive
   */
  record Answer(String name, @Nullable JsonNode value, @Nullable Secret secret) {}

  /**
   * The answers for all that is missing.
   *
   * @param given the names of those that have a value
   */
  List<Answer> ask(Set<String> given) throws InterruptedException {
    var missing =
        module.variables().stream()
            .filter(each -> each.required() && !given.contains(each.name()))
            .toList();
    if (!missing.isEmpty() && !person.canBeAsked()) {
      var names = missing.stream().map(ModuleDescription.Variable::name).toList();
      throw new HearthException(
              TerraformError.VARIABLE_MISSING, module.dir(), "`" + String.join("`, `", names) + "`")
          .with("variables", names);
    }
    var answers = new ArrayList<Answer>();
    for (var variable : missing) {
      answers.add(variable.sensitive() ? secret(variable) : plain(variable));
    }
    return answers;
  }

  private Answer plain(ModuleDescription.Variable variable) throws InterruptedException {
    var problem = "";
    while (true) {
      var said = person.ask(question(variable, problem)).orElse("");
      var value = value(variable, said);
      var wrong = problem(variable, value);
      if (wrong.isEmpty()) {
        return new Answer(variable.name(), value, null);
      }
      problem = wrong.get();
    }
  }

  private Answer secret(ModuleDescription.Variable variable) throws InterruptedException {
    var problem = "";
    while (true) {
      var said = person.askSecret(question(variable, problem));
      var wrong =
          said.isEmpty()
              ? Optional.of("it needs a value")
              : problem(variable, value(variable, said.get().reveal()));
      if (wrong.isEmpty()) {
        return new Answer(variable.name(), null, said.get());
      }
      problem = wrong.get();
    }
  }

  private static Question question(ModuleDescription.Variable variable, String problem) {
    var text =
        variable.description() == null
            ? variable.name()
            : variable.name() + ": " + variable.description();
    return new Question(VisibleText.of(text), VisibleText.of(variable.type()), List.of(), problem);
  }

  /** A text for what takes one; all else is JSON. */
  private static JsonNode value(ModuleDescription.Variable variable, String said) {
    if (variable.valueType() == VariableType.Single.STRING) {
      return TextNode.valueOf(said);
    }
    try {
      var read = TerraformProgram.MAPPER.readTree(said);
      return read.isMissingNode() ? TextNode.valueOf(said) : read;
    } catch (JacksonException e) {
      return TextNode.valueOf(said); // which fits, or is told what is expected
    }
  }

  private static Optional<String> problem(ModuleDescription.Variable variable, JsonNode value) {
    return VariableCheck.of(variable, value).stream().findFirst().map(VariableCheck.Problem::what);
  }
}
