package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.command.InstalledPrograms;
import dev.hearth.stdlib.command.InstalledPrograms.Installed;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The Ansibles that Hearth installed, and which of them runs. */
final class InstalledAnsible {
  private InstalledAnsible() {}

  /** All, the newest first. */
  static List<Installed> all(OpContext context) {
    return context.programs().isEmpty()
        ? List.of()
        : new InstalledPrograms(context)
            .all().stream()
                .filter(each -> CoreVersion.parse(each.name()).isPresent())
                .sorted(
                    Comparator.comparing((Installed each) -> CoreVersion.of(each.name()))
                        .reversed())
                .toList();
  }

  /**
   * The folder of the programs that are used: of the version that is asked for, else of the newest;
   * empty where there is none.
   */
  static Optional<Path> programs(OpContext context, Optional<String> version) {
    var all = all(context);
    if (version.isPresent() && all.stream().noneMatch(each -> each.name().equals(version.get()))) {
      throw new HearthException(AnsibleError.NOT_INSTALLED, VisibleText.of(version.get()));
    }
    return all.stream()
        .filter(each -> version.isEmpty() || each.name().equals(version.get()))
        .findFirst()
        .map(each -> each.folder().resolve("bin"));
  }
}
