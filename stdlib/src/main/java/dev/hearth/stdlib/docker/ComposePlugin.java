package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.permission.PermissionError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Docker's own Compose: the plug-in of the user's {@code docker}, which looks for it itself, or
 * else a {@code docker-compose} of version 2. It is run with what the recipe may run.
 *
 * @param command the program and the words before the verb
 * @param version such as {@code 2.26.1}
 */
record ComposePlugin(Engine engine, List<String> command, String version) {
  private static final List<List<String>> COMMANDS =
      List.of(List.of("docker", "compose"), List.of("docker-compose"));

  /** Whether there is one, and where not, why. */
  sealed interface Search {
    record Found(ComposePlugin plugin) implements Search {}

    /**
     * There is none for this recipe.
     *
     * @param denied the refusal, where it may not be run
     */
    record Missing(String why, Optional<HearthException> denied) implements Search {}
  }

  static Search search(Engine engine) throws InterruptedException {
    if (engine.configuration().fingerprint().isPresent()) {
      return new Search.Missing("it cannot pin the engine's certificate", Optional.empty());
    }
    if (engine.isOfRecipe()) {
      return new Search.Missing(
          "it would show the user's logins to an engine that the recipe chose", Optional.empty());
    }
    Optional<HearthException> denied = Optional.empty();
    for (var command : COMMANDS) {
      try {
        var version = version(engine, command);
        if (version.isPresent()) {
          return new Search.Found(new ComposePlugin(engine, command, version.get()));
        }
      } catch (HearthException e) {
        if (e.code() == PermissionError.DENIED) {
          denied = denied.or(() -> Optional.of(e));
        } else if (e.code() != ProcessError.NOT_FOUND && e.code() != ProcessError.NOT_SIMULATED) {
          throw e;
        }
      }
    }
    return new Search.Missing(
        denied.isPresent()
            ? "the recipe may not run `docker`"
            : "neither `docker compose` nor `docker-compose` of version 2 is there",
        denied);
  }

  private static Optional<String> version(Engine engine, List<String> command)
      throws InterruptedException {
    var words = new ArrayList<>(command);
    words.addAll(List.of("version", "--format", "json"));
    var outcome = engine.recipe().processes().run(DockerProgram.at(engine, words));
    if (!outcome.succeeded()) {
      return Optional.empty(); // a docker without the plug-in, or a docker-compose of version 1
    }
    try {
      var said = Engine.MAPPER.readTree(outcome.outputText()).path("version").asText("");
      return Optional.of(said.replaceFirst("^v", "")).filter(text -> text.matches("[2-9].*"));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Runs a verb.
   *
   * @param global words before the verb
   * @param input what it reads
   */
  ProcessOutcome run(
      List<String> global, Map<String, String> variables, byte[] input, List<String> verb)
      throws InterruptedException {
    var words = new ArrayList<>(command);
    words.addAll(global);
    words.addAll(verb);
    var request = DockerProgram.at(engine, words);
    var all = new LinkedHashMap<>(variables);
    all.putAll(request.environment());
    return engine.recipe().processes().run(request.withEnvironment(all).input(input));
  }
}
