package dev.hearth.stdlib.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tests can do beyond JavaScript. */
final class TestOps {
  private final TestHost host;

  TestOps(TestHost host) {
    this.host = host;
  }

  record Run(
      String recipe,
      @Nullable JsonNode params,
      @Nullable Boolean simulate,
      @Nullable String onError,
      @Nullable JsonNode answers) {}

  record Advance(Duration by) {}

  /** Fails where nobody runs tests. */
  @Op
  void collecting() {}

  @Op
  JsonNode run(Run run) throws InterruptedException {
    var onError = Optional.ofNullable(run.onError());
    if (onError.isPresent() && !onError.get().matches("stop|undo")) {
      throw new HearthException(TestError.ON_ERROR, onError.get());
    }
    return host.run(
        new TestHost.Recipe(
            run.recipe(),
            params(run.params()),
            Boolean.TRUE.equals(run.simulate()),
            onError,
            answers(run.answers())));
  }

  private static Optional<Map<String, JsonNode>> answers(@Nullable JsonNode given) {
    if (given == null || given.isNull()) {
      return Optional.empty();
    }
    if (!(given instanceof ObjectNode object)) {
      throw new HearthException(TestError.ANSWERS);
    }
    var answers = new LinkedHashMap<String, JsonNode>();
    object.properties().forEach(each -> answers.put(each.getKey(), each.getValue()));
    return Optional.of(answers);
  }

  private static Map<String, JsonNode> params(@Nullable JsonNode given) {
    var params = new LinkedHashMap<String, JsonNode>();
    if (given instanceof ObjectNode object) {
      object.properties().forEach(each -> params.put(each.getKey(), each.getValue()));
    } else if (given != null && !given.isNull()) {
      throw new HearthException(TestError.PARAMS);
    }
    return params;
  }

  @Op
  boolean advance(Advance advance) throws InterruptedException {
    return host.advance(advance.by());
  }

  @Op
  void settle() throws InterruptedException {
    host.settle();
  }

  @Op
  boolean onward() throws InterruptedException {
    return host.onward();
  }
}
