package dev.hearth.stdlib.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.ProgramFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in Hearth's data: there when they are whole, and else nowhere. */
class InstalledProgramsTest {
  private final Path place;
  private final InstalledPrograms programs;

  InstalledProgramsTest(@TempDir Path folder) throws IOException {
    place = folder.toRealPath().resolve("programs/tool");
    programs = new InstalledPrograms(new OfFolder(place));
  }

  private InstalledPrograms.Installed install(String name, String text)
      throws InterruptedException {
    return programs.install(
        name,
        folder -> {
          write(folder.resolve("tool"), text);
          return JsonNodeFactory.instance.objectNode().put("says", text);
        });
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_was_installed_is_found_with_what_was_said_of_it() throws Exception {
    assertThat(programs.all()).isEmpty();
    assertThat(programs.find("1.0")).isEmpty();
    install("1.1", "b");
    var first = install("1.0", "a");
    assertThat(first.folder().resolve("tool")).hasContent("a");
    assertThat(programs.all().stream().map(InstalledPrograms.Installed::name))
        .containsExactly("1.0", "1.1");
    assertThat(programs.find("1.0")).hasValue(first);
    assertThat(first.about().path("says").asText()).isEqualTo("a");
    assertThat(programs.remove("1.0")).isTrue();
    assertThat(programs.remove("1.0")).isFalse();
    assertThat(first.folder()).doesNotExist();
    assertThat(programs.find("1.0")).isEmpty();
  }

  @Test
  void the_newer_of_a_name_takes_the_place_of_the_older() throws Exception {
    var before = install("1.0", "a");
    var after = install("1.0", "b");
    assertThat(before.folder()).doesNotExist();
    assertThat(programs.all()).containsExactly(after);
  }

  @Test
  void what_fails_or_is_interrupted_leaves_nothing_and_the_older_stays() throws Exception {
    var before = install("1.0", "a");
    assertThatThrownBy(
            () ->
                programs.install(
                    "1.0",
                    folder -> {
                      write(folder.resolve("half"), "x");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThatThrownBy(
            () ->
                programs.install(
                    "2.0",
                    folder -> {
                      write(folder.resolve("half"), "x");
                      Thread.currentThread().interrupt();
                      throw new IllegalStateException("interrupted");
                    }))
        .hasMessage("interrupted");
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(programs.all()).containsExactly(before);
    assertThat(place.toFile().list())
        .containsExactlyInAnyOrder("1.0.json", before.folder().toFile().getName());
  }

  @Test
  void what_a_killed_hearth_left_goes_after_a_day_and_what_is_made_now_stays() throws Exception {
    var whole = install("1.0", "a");
    var left = Files.createDirectory(place.resolve("2.0-123"));
    var longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(whole.folder(), longAgo);
    install("1.1", "b");
    assertThat(left).exists();
    Files.setLastModifiedTime(left, longAgo);
    install("1.2", "c");
    assertThat(left).doesNotExist();
    assertThat(whole.folder()).exists();
  }

  @Test
  void a_record_that_leads_elsewhere_or_is_broken_is_not_believed() throws Exception {
    install("1.0", "a");
    write(place.resolve("2.0.json"), "{\"folder\": \"../..\"}");
    write(place.resolve("3.0.json"), "{\"folder\": \"gone\"}");
    assertThat(programs.find("2.0")).isEmpty();
    assertThat(programs.find("3.0")).isEmpty();
    assertThat(programs.find("../tool/1.0")).isEmpty();
    write(place.resolve("4.0.json"), "{");
    assertThatThrownBy(() -> programs.find("4.0"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("it is not what Hearth wrote there");
    for (var name : new String[] {"", "-x", ".x", "a/b", "a\nb", "x".repeat(65)}) {
      assertThat(InstalledPrograms.isName(name)).as(name).isFalse();
    }
  }

  private record OfFolder(Path path) implements OpContext, Effects, ProgramFolder {
    @Override
    public Effects effects() {
      return this;
    }

    @Override
    public Optional<ProgramFolder> programs() {
      return Optional.of(this);
    }

    @Override
    public void make() {
      files().makeFolders(path);
    }

    @Override
    public dev.hearth.runtime.effect.Files files() {
      return new SystemFiles(Door.open(), Limits.DEFAULT);
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }

    @Override
    public Log log() {
      return (level, message, fields) -> {};
    }

    @Override
    public Net net() {
      throw new AssertionError("No net is needed.");
    }

    @Override
    public Processes processes() {
      throw new AssertionError("No processes are needed.");
    }

    @Override
    public Environment environment() {
      throw new AssertionError("No environment is needed.");
    }
  }
}
