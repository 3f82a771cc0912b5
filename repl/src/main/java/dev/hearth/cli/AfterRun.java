package dev.hearth.cli;

import dev.hearth.log.FileLog;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.run.RunRetention;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.RunTidying;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is done when a run is over and all that it had to say is said. */
final class AfterRun {
  private static final Set<String> COMMANDS = Set.of("run", "resume", "undo");

  private AfterRun() {}

  /** Tidies the folder of runs when that is due, if what was typed was a run. */
  static void tidy(List<String> words, Environment environment) {
    if (words.isEmpty() || !COMMANDS.contains(words.getFirst())) {
      return;
    }
    try {
      var places = Places.of(environment);
      var runs = new RunStore(places.state(), Clock.system());
      new RunTidying(runs, places.state(), Clock.system())
          .whenDue(() -> RunRetention.of(Settings.ofUser(Map.of(), environment, places.config())));
    } catch (HearthException e) { // it is tried again after the next run
      new FileLog(environment).warn("The folder of runs was not tidied.", e);
    }
  }
}
