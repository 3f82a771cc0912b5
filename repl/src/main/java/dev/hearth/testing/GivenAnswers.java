package dev.hearth.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Person.Question;
import dev.hearth.stdlib.test.TestError;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers a recipe's questions as a test says, by question; an empty text is the return key. */
final class GivenAnswers implements RecipePrompt {
  private final Map<String, JsonNode> answers;

  GivenAnswers(Map<String, JsonNode> answers) {
    this.answers = Map.copyOf(answers);
  }

  @Override
  public Optional<String> ask(String asker, Question question) {
    var answer = answers.get(question.text());
    if (answer == null) {
      throw new HearthException(TestError.NO_ANSWER, question.text());
    }
    if (!question.problem().isEmpty()) { // it would be the same again
      throw new HearthException(TestError.ANSWER_REFUSED, question.text(), question.problem());
    }
    return Optional.of(typed(answer)).filter(text -> !text.isEmpty());
  }

  @Override
  public Optional<Secret> askSecret(String asker, Question question) {
    return ask(asker, question).map(Secret::of);
  }

  private static String typed(JsonNode answer) {
    if (answer.isBoolean()) {
      return answer.booleanValue() ? "y" : "n";
    }
    return answer.isArray()
        ? answer.valueStream().map(JsonNode::asText).collect(Collectors.joining(","))
        : answer.asText();
  }

  @Override
  public void giveUp() {
    // Nothing waits here.
  }
}
