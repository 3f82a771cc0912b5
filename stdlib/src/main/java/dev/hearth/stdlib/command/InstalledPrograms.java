package dev.hearth.stdlib.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.ProgramFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The programs that a binding installed for the user, by name: each has a folder, and a file beside
 * it that says which. That file is written last, so what is there is whole, and a folder may be
 * filled in its last place, as programs want it that know where they are.
 */
public final class InstalledPrograms {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
  private static final String RECORD = ".json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Nobody fills a folder for longer: whoever did was killed. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final ProgramFolder place;
  private final Files files;
  private final Clock clock;

  /** Those of the binding whose context it is. */
  public InstalledPrograms(OpContext context) {
    place =
        context
            .programs()
            .orElseThrow(() -> new IllegalStateException("Hearth has no folders here."));
    files = context.effects().files();
    clock = context.effects().clock();
  }

  /**
   * One that is whole.
   *
   * @param about what was said of it when it was installed
   */
  public record Installed(String name, Path folder, JsonNode about) {}

  /** Puts a program into a folder. */
  @FunctionalInterface
  public interface Filling {
    /**
     * Fills an empty folder, in which the program stays.
     *
     * @return what is to be known of it
     */
    JsonNode fill(Path folder) throws InterruptedException;
  }

  /** Whether it can be the name of a program. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** All that are whole, sorted by name. */
  public List<Installed> all() {
    return files.exists(place.path())
        ? files.list(place.path()).stream()
            .filter(name -> name.endsWith(RECORD))
            .map(name -> name.substring(0, name.length() - RECORD.length()))
            .flatMap(name -> find(name).stream())
            .toList()
        : List.of();
  }

  /** The one of a name; empty where there is none, or its folder is gone. */
  public Optional<Installed> find(String name) {
    if (!isName(name) || !files.exists(record(name))) {
      return Optional.empty();
    }
    var written = read(record(name));
    var folder = written.path("folder").asText();
    return Optional.of(folder)
        .filter(InstalledPrograms::isName)
        .map(place.path()::resolve)
        .filter(files::exists)
        .map(path -> new Installed(name, path, written.path("about")));
  }

  private Path record(String name) {
    return place.path().resolve(name + RECORD);
  }

  private JsonNode read(Path file) {
    try {
      return MAPPER.readTree(files.read(file));
    } catch (JacksonException e) {
      throw broken(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HearthException broken(Path file, JacksonException e) {
    return new HearthException(
            FileError.FAILED, VisibleText.of(file.toString()), "it is not what Hearth wrote there")
        .causedBy(e);
  }

  /**
   * Installs one, in place of another of that name. What fails, or is interrupted, leaves nothing,
   * and the other one stays.
   */
  public Installed install(String name, Filling filling) throws InterruptedException {
    if (!isName(name)) {
      throw new IllegalArgumentException("`" + name + "` cannot be the name of a program.");
    }
    place.make();
    removeAbandoned();
    var folder = files.makeTemporaryFolder(place.path(), name + "-");
    boolean isWhole = false;
    try {
      var about = filling.fill(folder);
      var before = find(name);
      var written = JsonNodeFactory.instance.objectNode();
      written.put("folder", String.valueOf(folder.getFileName())).set("about", about);
      files.write(
          record(name), written.toString().getBytes(StandardCharsets.UTF_8), FileMode.PRIVATE);
      isWhole = true;
      before.ifPresent(other -> files.deleteTree(other.folder()));
      return new Installed(name, folder, about);
    } finally {
      if (!isWhole) {
        files.deleteTreeThoughInterrupted(folder);
      }
    }
  }

  private void removeAbandoned() {
    var known = all().stream().map(Installed::folder).collect(Collectors.toSet());
    for (var entry : files.entries(place.path())) {
      var folder = place.path().resolve(entry.name());
      if (entry.type() == FileStat.Type.FOLDER && !known.contains(folder) && isAbandoned(folder)) {
        files.deleteTree(folder);
      }
    }
  }

  private boolean isAbandoned(Path folder) {
    var latest = clock.now().minus(ABANDONED);
    return files.statLink(folder).filter(stat -> stat.modified().isBefore(latest)).isPresent();
  }

  /** Removes one; false where there was none. */
  public boolean remove(String name) {
    var found = find(name);
    found.ifPresent(
        one -> {
          files.delete(record(name));
          files.deleteTree(one.folder());
        });
    return found.isPresent();
  }
}
