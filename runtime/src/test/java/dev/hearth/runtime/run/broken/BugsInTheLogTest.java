package dev.hearth.runtime.run.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.run.HearthLog;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a binding's bug leaves for whoever looks for it later, also in a program of one's own. */
class BugsInTheLogTest {
  /** A binding whose operation fails as nobody meant it to. */
  static final class Broken implements Binding {
    /** Its operations. */
    static final class Ops {
      private final int none = Integer.parseInt("0");

      @Op
      String crash() {
        try {
          return String.valueOf(1 / none);
        } catch (ArithmeticException e) {
          throw new IllegalStateException("bookkeeping is off", e);
        }
      }
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public boolean needsIntent() {
      return false;
    }

    @Override
    public Object open(Connection connection, OpContext context) {
      return new Ops();
    }
  }

  /** A log that is kept in memory. */
  private static final class Kept implements HearthLog {
    final List<Secret> secrets = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    Optional<String> place = Optional.of("a log");

    @Override
    public void secretKnown(Secret secret) {
      secrets.add(secret);
    }

    @Override
    public Optional<String> failed(String where, Throwable bug) {
      failures.add(where + ": " + bug + ", " + bug.getCause());
      return place;
    }
  }

  private final Path home;
  private final Kept log = new Kept();

  BugsInTheLogTest(@TempDir Path home) {
    this.home = home;
  }

  private RunResult run() throws Exception {
    var recipe =
        Files.writeString(
            home.resolve("recipe.js"),
            """
            import { broken } from 'hearth:broken';
            export const recipe = { params: { token: { type: 'string', secret: true } } };
            export default () => broken().crash();
            """);
    return Hearth.builder()
        .home(home.resolve("home"))
        .bindings(List.of(new Broken()))
        .environment(name -> Optional.empty())
        .log(log)
        .build()
        .run(RunRequest.of(recipe).param("token", "Tr0ub4dor-and-3"));
  }

  @Test
  void it_is_whole_in_the_log_and_the_error_says_where() throws Exception {
    var result = run();
    assertThat(result.exitStatus()).isEqualTo(70);
    assertThat(log.failures)
        .containsExactly(
            "broken.crash: java.lang.IllegalStateException: bookkeeping is off,"
                + " java.lang.ArithmeticException: / by zero");
    assertThat(Objects.requireNonNull(result.error()).details())
        .containsOnlyKeys("exception", "log")
        .extractingByKey("log")
        .asString()
        .contains("a log");
  }

  @Test
  void without_a_log_the_error_has_the_frames_itself() throws Exception {
    log.place = Optional.empty();
    assertThat(Objects.requireNonNull(run().error()).details()).containsOnlyKeys("exception", "at");
  }

  @Test
  void the_log_knows_each_secret_that_the_run_knows() throws Exception {
    run();
    assertThat(log.secrets).extracting(Secret::reveal).containsOnly("Tr0ub4dor-and-3");
  }
}
