package dev.hearth.cli;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.settings.Places;
import dev.hearth.terminal.EventJson;
import dev.hearth.terminal.Measures;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth runs logs RUN}: all that a run logged, also while it goes on. */
final class RunsLogsCommand implements Command {
  @Override
  public CommandSpec spec() {
    return new Spec()
        .argument("RUN", "Its id, the beginning of it, or its last four characters.", List.of())
        .flag("-f, --follow", "Go on with what the run logs, until it ends.")
        .choice(
            "--level",
            List.of("debug", "info", "warn", "error"),
            "Leave out what is less important. Default: info.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth runs logs k7p2 --follow", "hearth runs logs k7p2 --level warn --json");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var store = new RunStore(Places.of(invocation.environment()).state(), invocation.clock());
    var run = store.find(invocation.required(0));
    var some = new AtomicBoolean();
    var level = level(invocation);
    var print = printer(invocation, run);
    Consumer<RunEvent.Logged> reader =
        line -> {
          if (line.level().compareTo(level) >= 0) {
            some.set(true);
            print.accept(line);
          }
        };
    if (invocation.has("--follow")) {
      store.followLog(run, reader);
    } else {
      store.readLog(run, reader);
    }
    if (!some.get() && !invocation.json()) {
      invocation.say("Run " + run + " has logged nothing.");
    }
    return 0;
  }

  private static RunEvent.Logged.Level level(Invocation invocation) {
    var typed = invocation.value("--level");
    return typed == null
        ? RunEvent.Logged.Level.INFO
        : RunEvent.Logged.Level.valueOf(typed.toUpperCase(Locale.ROOT));
  }

  private static Consumer<RunEvent.Logged> printer(Invocation invocation, String run) {
    var out = invocation.terminal().out();
    if (invocation.json()) {
      return new EventJson(out, run)::accept;
    }
    var screen = invocation.terminal().outScreen();
    return line -> {
      out.print(text(line, screen));
      out.flush();
    };
  }

  private static String text(RunEvent.Logged line, Screen screen) {
    var level = line.level().name().toLowerCase(Locale.ROOT);
    var role =
        switch (line.level()) {
          case WARN -> Role.WARNING;
          case ERROR -> Role.ERROR;
          case DEBUG, INFO -> Role.FAINT;
        };
    var fields = new StringBuilder();
    line.fields()
        .forEach(
            (name, value) ->
                fields
                    .append("  ")
                    .append(SafeText.line(name))
                    .append('=')
                    .append(SafeText.line(value.isTextual() ? value.asText() : value.toString())));
    return screen.paint(Role.FAINT, Measures.time(line.time()))
        + "  "
        + screen.paint(role, level + " ".repeat(5 - level.length()))
        + "  "
        + SafeText.line(line.message())
        + screen.paint(Role.FAINT, fields.toString())
        + "\n";
  }
}
