package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.engine.Principals;
import dev.hearth.runtime.spi.OpContext;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to what happens, with {@code hearth:events}. Each principal hears what bindings do
 * for it; what the run itself does, only the recipe hears. Costs nothing where nobody listens.
 */
final class Ears {
  private final Map<Integer, Consumer<String>> open = new ConcurrentHashMap<>();

  /** From now on {@code ears} gets what a principal may hear, as JSON. */
  void open(int principal, Consumer<String> ears) {
    open.put(principal, ears);
  }

  /** What a binding tells of its work for a principal. */
  OpContext.Events of(int principal, String source) {
    return (name, data) -> tell(principal, source, name, data);
  }

  /** What becomes of a step. */
  void hear(RunEvent event) {
    switch (event) {
      case RunEvent.StepStarted step -> step("started", step.step(), Map.of());
      case RunEvent.StepFinished step ->
          step(
              "finished",
              step.step(),
              withError(step.error(), Map.of("durationMillis", step.duration().toMillis())));
      case RunEvent.StepPassed step ->
          step("passed", step.step(), Map.of("how", step.how().name().toLowerCase(Locale.ROOT)));
      case RunEvent.StepUndone step ->
          step("undone", step.step(), withError(step.error(), Map.of()));
      default -> {} // what else a run tells is no news to its recipe
    }
  }

  private void step(String name, String step, Map<String, ?> facts) {
    var data = new TreeMap<String, Object>(facts);
    data.put("step", step);
    tell(Principals.RECIPE, "step", name, data);
  }

  private static Map<String, ?> withError(@Nullable ErrorReport error, Map<String, ?> facts) {
    if (error == null) {
      return facts;
    }
    var data = new TreeMap<String, Object>(facts);
    data.put("error", Map.of("code", error.code(), "message", error.message()));
    return data;
  }

  private void tell(int principal, String source, String name, Map<String, ?> data) {
    var ears = open.get(principal);
    if (ears != null) {
      var event = Map.of("name", source + "." + name, "source", source, "data", data);
      ears.accept(Json.MAPPER.valueToTree(event).toString());
    }
  }

  /** Loaded with the first event that somebody hears. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }
}
