package dev.hearth.stdlib.docker.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A verb of {@code .ci/lab-docker} that says what it is and stays until its input ends. So it ends
 * with this JVM, however that ends.
 */
final class LabProcess implements AutoCloseable {
  private static final long SECONDS_TO_STOP = 30;

  private final Process process;
  private final Map<String, String> facts;

  private LabProcess(Process process, Map<String, String> facts) {
    this.process = process;
    this.facts = facts;
  }

  /** Starts it and waits until it is ready. Skips the test where nothing has been fetched. */
  static LabProcess start(String... words) {
    try {
      var process =
          new ProcessBuilder(command(words)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      var facts = new TreeMap<String, String>();
      for (var line = reader.readLine(); !"ready".equals(line); line = reader.readLine()) {
        if (line == null) {
          throw new IllegalStateException(".ci/lab-docker " + List.of(words) + " failed.");
        }
        int equals = line.indexOf('=');
        facts.put(line.substring(0, equals), line.substring(equals + 1));
      }
      return new LabProcess(process, facts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a verb that ends, to its good end, and returns what it wrote. */
  static String run(String... words) {
    try {
      var process =
          new ProcessBuilder(command(words)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(List.of(words) + " ended with " + status + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The command line of a verb. */
  static List<String> command(String... words) {
    assumeTrue(
        Files.exists(cache().resolve("complete")),
        "no Docker engines for tests are at hand; `.ci/lab-docker fetch` gets them, once");
    var script = Path.of(System.getProperty("basedir", "."), "..", ".ci", "lab-docker");
    var command = new ArrayList<>(List.of(script.normalize().toString()));
    command.addAll(List.of(words));
    return command;
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("HEARTH_LAB_CACHE"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "hearth-lab"))
        .resolve("docker-1");
  }

  String fact(String name) {
    return requireNonNull(facts.get(name), () -> "The lab says nothing of `" + name + "`.");
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The lab did not stop.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
