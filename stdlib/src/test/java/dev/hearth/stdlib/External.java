package dev.hearth.stdlib;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that meets a program which no machine of CI has, where a variable of the environment says
 * that it is. Elsewhere it is not run, and counted apart.
 */
@Tag("external")
@ExtendWith(External.Condition.class)
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface External {
  /** The variable with the path of the program. */
  String value();

  /** Whether the program is at hand; a variable that leads to none fails the test. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      var variable = findAnnotation(context.getElement(), External.class).map(External::value);
      return variable
          .map(Condition::evaluate)
          .orElseGet(() -> ConditionEvaluationResult.enabled("a test of an external class"));
    }

    private static ConditionEvaluationResult evaluate(String variable) {
      var program = System.getenv(variable);
      if (program == null || program.isBlank()) {
        return ConditionEvaluationResult.disabled(
            "external: set " + variable + " to the path of the program");
      }
      var path = Path.of(program);
      if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
        throw new IllegalStateException(
            variable + " is `" + program + "`, which is no file that can be executed.");
      }
      return ConditionEvaluationResult.enabled(variable + " is set");
    }
  }
}
