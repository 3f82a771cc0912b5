package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.stdlib.command.InstalledPrograms;
import dev.hearth.stdlib.command.InstalledPrograms.Installed;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which program is run: what a connection names as {@code program}; else what was installed, and of
 * that the {@code version} that a connection names, or the newest; else what PATH has. OpenTofu
 * comes before Terraform.
 */
record ChosenProgram(Optional<String> program, Optional<Release> version) {
  private static final List<String> OF_PATH = List.of("tofu", "terraform");

  static ChosenProgram of(Connection connection) {
    var program = connection.setting("program");
    var version = connection.setting("version").map(Release::named);
    if (program.isPresent() && version.isPresent()) {
      throw InstallSettings.wrong("version", "`program` says already which one it is");
    }
    return new ChosenProgram(program, version);
  }

  /** What of the user's programs it may be. */
  List<Permission> reach() {
    return program.map(List::of).orElse(OF_PATH).stream()
        .<Permission>map(Permission.Exec::new)
        .toList();
  }

  /** The programs that may be it, in the order in which they are tried. */
  List<String> names(Optional<InstalledPrograms> programs) {
    if (program.isPresent()) {
      return List.of(program.get());
    }
    if (version.isPresent()) {
      return List.of(
          programs
              .flatMap(all -> all.find(version.get().toString()))
              .map(ChosenProgram::path)
              .orElseThrow(() -> new HearthException(InstallError.NOT_INSTALLED, version.get())));
    }
    return programs
        .flatMap(ChosenProgram::newest)
        .map(installed -> List.of(path(installed)))
        .orElse(OF_PATH);
  }

  /** The one that is taken where none is named. */
  static Optional<Installed> newest(InstalledPrograms programs) {
    return all(programs).map(Kept::installed).findFirst();
  }

  /** A release that was installed. */
  record Kept(Release release, Installed installed) {
    /** What was said of it when it was installed. */
    String told(String field) {
      return installed.about().path(field).asText();
    }
  }

  /** All, the one first that is taken where none is named. */
  static Stream<Kept> all(InstalledPrograms programs) {
    return programs.all().stream()
        .map(each -> new Kept(Release.named(each.name()), each))
        .sorted(
            Comparator.comparing((Kept kept) -> kept.release().product())
                .thenComparing(Kept::release, Release.BY_AGE)
                .reversed());
  }

  private static String path(Installed installed) {
    var release = Release.named(installed.name());
    return installed.folder().resolve(release.product().program()).toString();
  }
}
