package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of used permissions is bounded, and shows no secret. */
class PermissionLogTest {
  private final Redaction redaction = new Redaction();
  private final RunFixture runs;

  PermissionLogTest(@TempDir Path state) {
    runs = new RunFixture(state);
  }

  private static Audit.Use use(String variable, String resolved) {
    return new Audit.Use("a.js", new Permission.Env(variable), resolved, Optional.empty());
  }

  @Test
  void a_flood_is_counted_and_not_written() throws Exception {
    var journal = runs.journal;
    var log = new PermissionLog(journal, redaction, runs.clock);
    for (int i = 0; i < PermissionLog.MOST_LINES + 7; i++) {
      log.add(use("A" + i % 3, ""));
    }
    log.close();
    log.add(use("LATE", ""));
    try (var lines = Files.lines(journal.path().resolveSibling(PermissionLog.NAME))) {
      assertThat(lines).hasSize(PermissionLog.MOST_LINES + 1);
    }
    var used = UsedPermissions.beside(journal.path());
    assertThat(used.untold()).isEqualTo(7);
    assertThat(used.uses()).hasSize(3);
  }

  @Test
  void a_secret_in_a_target_is_masked() throws Exception {
    redaction.add(Secret.of("hunter2hunter2"));
    var journal = runs.journal;
    var log = new PermissionLog(journal, redaction, runs.clock);
    log.add(use("hunter2hunter2", "leads to hunter2hunter2"));
    log.close();
    assertThat(Files.readString(journal.path().resolveSibling(PermissionLog.NAME)))
        .contains("env=***")
        .doesNotContain("hunter2");
  }

  @Test
  void what_cannot_be_written_down_is_refused_and_the_record_still_ends() throws Exception {
    var journal = runs.journal;
    Files.createDirectory(journal.path().resolveSibling(PermissionLog.NAME)); // no file fits there
    var log = new PermissionLog(journal, redaction, runs.clock);
    assertThatThrownBy(() -> log.add(use("HOME", "")))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RunError.PERMISSIONS_NOT_WRITTEN);
              assertThat(e.kind()).isEqualTo(ErrorKind.SYSTEM);
            });
    log.close();
  }
}
