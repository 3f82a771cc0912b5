package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** Tars for engines. */
class EngineTarTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void names_and_owners_may_be_larger_than_a_tar_of_old_has_room_for() throws IOException {
    var name = "ünï/" + "long".repeat(60) + "/run.sh";
    var head = new EngineTar.Head(name, 0640, TIME, 3_000_000_000L, 5);
    var bytes = EngineTar.of(tar -> tar.file(head, "hello".getBytes(StandardCharsets.UTF_8)));
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes), "UTF-8")) {
      var entry = tar.getNextEntry();
      assertThat(entry.getName()).isEqualTo(name);
      assertThat(entry.getLongUserId()).isEqualTo(3_000_000_000L);
      assertThat(entry.getLongGroupId()).isEqualTo(5);
      assertThat(entry.getMode()).isEqualTo(0640);
      assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(TIME);
      assertThat(tar.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  @Test
  void who_runs_hearth_and_where_it_stands_on_disk_is_not_told() throws IOException {
    var bytes =
        EngineTar.of(
            tar -> {
              tar.folder(new EngineTar.Head("/etc/app", 0755, TIME));
              tar.link(new EngineTar.Head("etc/link", 0777, TIME), "../out");
            });
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes), "UTF-8")) {
      var folder = tar.getNextEntry();
      assertThat(folder.getName()).isEqualTo("etc/app/");
      assertThat(folder.isDirectory()).isTrue();
      var link = tar.getNextEntry();
      assertThat(link.isSymbolicLink()).isTrue();
      assertThat(link.getLinkName()).isEqualTo("../out");
      assertThat(link.getUserName()).isEmpty();
      assertThat(link.getGroupName()).isEmpty();
      assertThat(link.getLongUserId()).isZero();
    }
  }
}
