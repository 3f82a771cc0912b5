package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the files of a module that Hearth makes into their folder, and nobody else's out of it. */
final class ConfigurationOps {
  private final Files files;

  ConfigurationOps(OpContext context) {
    this.files = context.recipe().files();
  }

  /**
   * What is to be written.
   *
   * @param files texts by name
   */
  record Write(String dir, Map<String, String> files) {}

  /** What became of a file. */
  enum Change {
    created,
    updated,
    removed,
    unchanged
  }

  record WrittenFile(String name, Change change) {}

  /** What became of all. */
  record Written(String dir, boolean changed, List<WrittenFile> files) {}

  @Op(writes = true)
  Written write(Write request) {
    var folder = folder(request.dir());
    var wanted = new TreeMap<>(request.files());
    wanted.keySet().stream()
        .filter(name -> !ConfigurationFiles.NAMES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw ConfigurationFiles.unknown(VisibleText.of(name));
            });
    var there = new TreeMap<String, String>();
    for (var name : ConfigurationFiles.NAMES) {
      present(folder.resolve(name), name, wanted.containsKey(name))
          .ifPresent(text -> there.put(name, text));
    }
    var written = new ArrayList<WrittenFile>();
    files.makeFolders(folder);
    wanted.forEach(
        (name, text) -> {
          var before = there.remove(name);
          if (!text.equals(before)) {
            files.write(folder.resolve(name), text.getBytes(UTF_8));
          }
          written.add(new WrittenFile(name, change(before == null, text.equals(before))));
        });
    there
        .keySet()
        .forEach(
            name -> {
              files.delete(folder.resolve(name));
              written.add(new WrittenFile(name, Change.removed));
            });
    boolean changed = written.stream().anyMatch(file -> file.change() != Change.unchanged);
    return new Written(folder.toString(), changed, written);
  }

  private static Change change(boolean isNew, boolean isSame) {
    if (isNew) {
      return Change.created;
    }
    return isSame ? Change.unchanged : Change.updated;
  }

  /** Of files that are to be replaced or removed only ours are; others stay where they are. */
  private Optional<String> present(Path file, String name, boolean isWanted) {
    if (files.statLink(file).isEmpty()) {
      return Optional.empty();
    }
    var text = files.readText(file);
    if (ConfigurationFiles.isOurs(name, text)) {
      return Optional.of(text);
    }
    if (isWanted) {
      throw new HearthException(TerraformError.FILE_FOREIGN, VisibleText.of(file.toString()));
    }
    return Optional.empty();
  }

  private Path folder(String dir) {
    try {
      return Path.of(dir);
    } catch (InvalidPathException e) {
      throw new HearthException(TerraformError.FOLDER_MISSING, VisibleText.of(dir)).causedBy(e);
    }
  }
}
