package dev.hearth.stdlib.test;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a test fails on purpose, beside those of its own expectations. */
public enum TestError implements ErrorCode {
  ONLY_IN_TESTS(
      "`hearth:test` works in tests only.", "Run the file with `hearth test`, not `hearth run`."),
  PARAMS("The `params` of `runRecipe` are no object.", "Write `{ params: { name: value } }`."),
  ANSWERS(
      "The `answers` of `runRecipe` are no object.",
      "Write `{ answers: { 'Which host': 'web' } }`."),
  /** Arguments: the question. */
  NO_ANSWER(
      "The recipe asks `%s`, and the test has no answer.",
      "Give it in the `answers` of `runRecipe`, by the question as the recipe asks it."),
  /** Arguments: the question, what is wrong. */
  ANSWER_REFUSED(
      "The recipe does not take the test's answer to `%s`: %s",
      "Correct it in the `answers` of `runRecipe`."),
  /** Arguments: what was given. */
  ON_ERROR("`onError` of `runRecipe` cannot be `%s`.", "Use 'stop' or 'undo'."),
  NO_PATH("The recipe of `runRecipe` is no path.", "Write it as in `runRecipe('./template.js')`."),
  /** Arguments: the file. */
  NO_TESTS("There is no test in `%s`.", "Write one with `it('does this', () => { … })`."),
  /** Arguments: the test's name, the limit. */
  TIMEOUT(
      "`%s` has not ended after %s.",
      "Give it more time with `{ timeout: '1m' }`, or find out what it waits for."),
  /** Arguments: the test's name. */
  NEVER_SETTLES(
      "`%s` waits for something that can never happen.",
      "Look for an `await` on a promise that nobody resolves; no operation, timer or stream is"
          + " left.");

  private final ErrorText text;

  TestError(String message, String hint) {
    text = ErrorText.of("test", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
