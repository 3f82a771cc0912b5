package dev.hearth.runtime.run.crash;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.run.RunDetails;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.ledger.LedgerBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One run of twenty steps in a folder of its own, each of which leaves one line in a real file. */
final class Trip {
  static final int STEPS = 20;

  /** Every other step can tell what became of it; the last five go at once. */
  private static final String RECIPE =
      """
      import { ledger } from 'hearth:ledger';
      export default async ({ step }) => {
        const trip = (n) =>
          step(`step ${n}`, () => ledger.add(`line ${n}`), {
            undo: () => ledger.remove(`line ${n}`),
            find: n % 2 === 0
              ? async () => ((await ledger.lines()).includes(`line ${n}`) ? `line ${n}` : null)
              : undefined,
          });
        const lines = [];
        for (let n = 1; n <= 15; n++) lines.push(await trip(n));
        lines.push(...(await Promise.all([16, 17, 18, 19, 20].map(trip))));
        return lines;
      };
      """;

  private final Path folder;
  private final Moment moment;
  private final Hearth hearth;

  Trip(Path folder, Moment moment) {
    this.folder = folder;
    this.moment = moment;
    this.hearth =
        Hearth.builder()
            .home(folder.resolve("home"))
            .bindings(List.of(new LedgerBinding(ledger(), moment::pass)))
            .environment(name -> Optional.empty())
            .clock(moment)
            .build();
  }

  private Path ledger() {
    return folder.resolve("ledger");
  }

  List<String> lines() {
    return LedgerBinding.lines(ledger());
  }

  LiveRun begin() throws IOException, InterruptedException {
    return begin(0);
  }

  /** Begins with a first line of the journal that is longer by some bytes. */
  LiveRun begin(int padding) throws IOException, InterruptedException {
    var recipe = folder.resolveSibling("trip.js");
    if (Files.notExists(recipe)) {
      Files.writeString(recipe, RECIPE);
    }
    var request = RunRequest.of(recipe).allow("env=X" + "x".repeat(padding));
    return hearth.start(request, event -> {});
  }

  LiveRun takeUp(TakeUpRequest request) throws InterruptedException {
    return hearth.takeUp(request, event -> {});
  }

  /** The one run that there is; empty when its process was killed before it had an id. */
  Optional<RunDetails> run() {
    return store().list(2).stream().findFirst().map(run -> store().show(run.run()));
  }

  RunStore store() {
    return hearth.surroundings().runs();
  }

  Moment moment() {
    return moment;
  }
}
