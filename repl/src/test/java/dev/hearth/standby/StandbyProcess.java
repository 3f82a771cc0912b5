package dev.hearth.standby;

import dev.hearth.cli.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real standby process of a user with homes of their own, and those who call it. */
final class StandbyProcess implements AutoCloseable {
  final Path folder;
  final StandbyAddress address;
  private final Path jar;
  private final Process process;
  private final Map<String, String> environment = new TreeMap<>();

  /** One whose JVM has these options, too. */
  StandbyProcess(Path folder, String... options) throws IOException {
    this.folder = folder;
    this.jar = Files.writeString(folder.resolve("any.jar"), "what was built");
    for (var home : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      environment.put("HEARTH_" + home + "_HOME", folder.resolve(home).toString());
    }
    environment.put("HEARTH_RUNTIME_DIR", folder.resolve("run").toString());
    address = new StandbyAddress(folder.resolve("run"));
    process =
        java(
                folder,
                Map.of(),
                List.of(options),
                List.of("dev.hearth.cli.StandbyMain", jar.toString()))
            .start();
    while (address.state().isEmpty() && process.isAlive()) {
      Thread.onSpinWait();
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it so that it can tidy nothing up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor(30, TimeUnit.SECONDS);
  }

  /** A caller; what it becomes when it is sent back is a shell script that says so. */
  ProcessBuilder caller(Path from, Map<String, String> more, String... words) throws IOException {
    var cold = folder.resolve("cold");
    if (!Files.exists(cold)) {
      Files.writeString(
          cold,
          """
          #!/bin/sh
          echo "cold $$ [$HEARTH_STANDBY_TRIED] $*"
          grep SigBlk /proc/self/status >&2
          """);
      if (!cold.toFile().setExecutable(true)) {
        throw new IOException(cold + " cannot be made executable");
      }
    }
    var line = new ArrayList<>(List.of("dev.hearth.standby.Caller"));
    line.addAll(List.of(address.folder().toString(), cold.toString(), jar.toString()));
    line.addAll(List.of(words));
    return java(from, more, List.of(), line);
  }

  /** Calls and waits. */
  Outcome call(String... words) throws IOException, InterruptedException {
    return call("", folder, Map.of(), words);
  }

  Outcome call(String input, Path from, Map<String, String> more, String... words)
      throws IOException, InterruptedException {
    return outcome(caller(from, more, words).start(), input);
  }

  static Outcome outcome(Process caller, String input) throws IOException, InterruptedException {
    try (var in = caller.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // what reads no input has ended before it came
    }
    var out = new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(caller.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(caller.waitFor(), out, err, caller.pid());
  }

  /** The same, by an ordinary process. */
  Outcome cold(String input, Map<String, String> more, String... words)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("dev.hearth.cli.Main"));
    line.addAll(List.of(words));
    return outcome(java(folder, more, List.of(), line).start(), input);
  }

  record Outcome(int status, String out, String err, long pid) {
    /** Without what differs from run to run. */
    Outcome comparable() {
      return new Outcome(status, plain(out), plain(err), 0);
    }

    private static String plain(String text) {
      return text.replaceAll("\\d{8}-\\d{6}-\\w{4}", "RUN")
          .replaceAll("\\d+(\\.\\d+)?m?s\\b", "TIME");
    }
  }

  private ProcessBuilder java(
      Path from, Map<String, String> more, List<String> options, List<String> arguments) {
    var line = JavaCommand.of(options, arguments);
    var builder = new ProcessBuilder(line).directory(from.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    return builder;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
