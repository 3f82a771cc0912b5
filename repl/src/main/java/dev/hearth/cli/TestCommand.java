package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.EventJson;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.RunProgress;
import dev.hearth.terminal.Verbosity;
import dev.hearth.testing.JUnitXml;
import dev.hearth.testing.TestCounts;
import dev.hearth.testing.TestFile;
import dev.hearth.testing.TestJson;
import dev.hearth.testing.TestResult;
import dev.hearth.testing.TestRules;
import dev.hearth.testing.TestText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth test [PATH…]}: runs files of tests, one after the other. */
final class TestCommand implements Command {
  private static final Pattern NAME = Pattern.compile(".*\\.test\\.(js|ts|mts)");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final LocalSources sources = new LocalSources();
  private final Files files = new SystemFiles(Door.open(), Limits.DEFAULT);
  private final List<String> grants;

  TestCommand() {
    this(List.of());
  }

  private TestCommand(List<String> grants) {
    this.grants = grants;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        new Spec()
            .optionalArguments(
                "PATH", "Files of tests, and folders with such (*.test.js). Default: this folder.")
            .option("--filter", "TEXT", "Run only tests with this in their name.")
            .option("--junit", "FILE", "Write the results as JUnit's XML, too.")
            .option("--timeout", "DURATION", "How long a test may take. Default: 5s.");
    return GrantFlags.describe(DiagnosticFlags.describe(spec)).build();
  }

  @Override
  public boolean runsJavaScript() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of("hearth test", "hearth test recipes --filter template");
  }

  @Override
  public Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    return new Given(
        new TestCommand(split.grants()), DiagnosticFlags.attachEmptyValue(split.rest()));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var found = find(invocation.arguments(0));
    var diagnostics = DiagnosticFlags.of(invocation);
    var limit = RunFlags.duration(invocation.value("--timeout"), "the default is 5s");
    var home = files.makeTemporaryFolder(temporary(invocation), "hearth-test-");
    var rules =
        new TestRules(
            home,
            invocation.environment(),
            grants,
            Optional.ofNullable(invocation.value("--filter")),
            limit.orElse(TIMEOUT),
            diagnostics.diagnostics(invocation));
    invocation.interrupts().get().stopBy(Thread.currentThread()::interrupt);
    try {
      return run(invocation, found, rules, diagnostics.listening(told(invocation)));
    } finally {
      files.deleteTree(home);
    }
  }

  private int run(Invocation invocation, List<Path> found, TestRules rules, Consumer<RunEvent> told)
      throws InterruptedException {
    long began = invocation.clock().nanoTime();
    var counts = new TestCounts();
    var results = new ArrayList<TestResult>();
    var out = invocation.terminal().out();
    var text =
        new TestText(
            out,
            invocation.terminal().outScreen(),
            invocation.verbosity().detail(),
            invocation.verbosity() == Verbosity.QUIET);
    Consumer<TestResult> shown =
        invocation.json() ? it -> out.println(JsonDocument.line(TestJson.of(it))) : text::add;
    for (var file : found) {
      try (var tests = new TestFile(file, rules, told)) {
        tests.run(
            result -> {
              counts.add(result);
              results.add(result);
              shown.accept(result);
            });
      }
    }
    var took = Duration.ofNanos(invocation.clock().nanoTime() - began);
    if (invocation.json()) {
      out.println(JsonDocument.line(TestJson.of(counts, found.size(), took)));
    } else {
      text.end(counts, took);
    }
    var junit = invocation.value("--junit");
    if (junit != null) {
      files.writeText(Path.of(junit), JUnitXml.of(results));
    }
    return counts.of(TestResult.Status.FAILED) == 0 ? 0 : 1;
  }

  private static Consumer<RunEvent> told(Invocation invocation) {
    var shown =
        invocation.json()
            ? new EventJson(invocation.terminal().out())
            : new RunProgress(invocation.terminal(), invocation.verbosity(), invocation.clock());
    return event -> {
      if (event instanceof RunEvent.Crossed || event instanceof RunEvent.Timed) {
        shown.accept(event);
      } else {
        tell(invocation, event);
      }
    };
  }

  /** What tests print is no result, so it goes where messages go. */
  private static void tell(Invocation invocation, RunEvent event) {
    switch (event) {
      case RunEvent.Printed e -> invocation.say(SafeText.lines(e.text()));
      case RunEvent.Logged e -> {
        if (e.level() != RunEvent.Logged.Level.DEBUG) {
          invocation.say(SafeText.line(e.message()));
        }
      }
      default -> {}
    }
  }

  private static Path temporary(Invocation invocation) {
    return Path.of(invocation.environment().get("TMPDIR").orElse("/tmp"));
  }

  private List<Path> find(List<String> typed) {
    var found = new LinkedHashMap<Path, Path>(); // what is named twice is run once
    for (var name : typed.isEmpty() ? List.of(".") : typed) {
      var path = Path.of(name);
      if (!sources.isFolder(path)) {
        found.putIfAbsent(path.toAbsolutePath().normalize(), path);
        continue;
      }
      var below = below(path);
      if (below.isEmpty()) {
        throw new HearthException(CliError.NO_TESTS, SafeText.line(name));
      }
      below.forEach(it -> found.putIfAbsent(it.toAbsolutePath().normalize(), it.normalize()));
    }
    return List.copyOf(found.values());
  }

  private List<Path> below(Path folder) {
    try {
      return sources.scripts(folder).stream()
          .filter(file -> NAME.matcher(file.toString()).matches())
          .toList();
    } catch (IOException e) {
      throw new HearthException(CliError.FOLDER_UNREADABLE, folder)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }
}
