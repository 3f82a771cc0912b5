package dev.hearth.stdlib.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whoever runs a file of tests. Its methods block. */
public interface TestHost {
  /**
   * A recipe that is to be run.
   *
   * @param recipe its file, from the folder of the tests
   * @param params the values of its parameters
   * @param simulate in the simulated world of the test file; else in the real one
   * @param answers what is answered when it asks, by question; empty: nobody can be asked
   */
  record Recipe(
      String recipe,
      Map<String, JsonNode> params,
      boolean simulate,
      Optional<String> onError,
      Optional<Map<String, JsonNode>> answers) {}

  /**
   * Runs a recipe to its end.
   *
   * @return {@code {result, steps, undone, log, printed, tables, error, status, exitStatus}}
   */
  JsonNode run(Recipe recipe) throws InterruptedException;

  /**
   * Puts the clock forward, to the next time at which somebody wants to be woken.
   *
   * @return whether there is more to go; then {@link #onward}
   */
  boolean advance(Duration by) throws InterruptedException;

  /** Waits until all whose moment has come have woken. */
  void settle() throws InterruptedException;

  /** Goes on with what {@link #advance} began. */
  boolean onward() throws InterruptedException;
}
