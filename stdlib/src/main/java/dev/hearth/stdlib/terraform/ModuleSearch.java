package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The modules below a folder. Links and hidden folders, such as {@code .terraform}, are left out.
 */
final class ModuleSearch {
  private static final int DEEPEST = 20;
  private static final int MOST_FOLDERS = 10_000;

  private final ModuleOps modules;
  private final Files files;
  private final Path base;
  private final List<Found> found = new ArrayList<>();
  private final Set<Path> called = new HashSet<>();
  private int folders;

  ModuleSearch(ModuleOps modules, Files files, Path base) {
    this.modules = modules;
    this.files = files;
    this.base = base;
  }

  /** A module, or why it cannot be read. */
  private record Found(Path folder, @Nullable ModuleDescription module, @Nullable String problem) {}

  /**
   * A module.
   *
   * @param path from the folder on in which was searched
   * @param root whether it is one to apply: no other one here calls it, or it says where its state
   *     is
   * @param module what it declares; null where it cannot be read
   * @param problem why it cannot be read
   */
  record FoundModule(
      String path, boolean root, @Nullable ModuleDescription module, @Nullable String problem) {
    /** The same of one that is not kept, which is told by its source. */
    FoundModule from(String source) {
      return new FoundModule(path, root, module == null ? null : module.from(source), problem);
    }
  }

  List<FoundModule> all() {
    look(base, 0);
    return found.stream().map(this::told).toList();
  }

  private FoundModule told(Found each) {
    var path = base.relativize(each.folder()).toString();
    boolean hasState = each.module() != null && each.module().backend() != null;
    return new FoundModule(
        path.isEmpty() ? "." : path,
        hasState || !called.contains(each.folder()),
        each.module(),
        each.problem());
  }

  private void look(Path folder, int depth) {
    if (depth > DEEPEST || ++folders > MOST_FOLDERS) {
      throw new HearthException(TerraformError.TOO_DEEP, VisibleText.of(base.toString()));
    }
    var entries = files.entries(folder);
    if (!modules.parts(entries).isEmpty()) {
      read(folder);
    }
    for (var entry : entries) {
      var name = entry.name();
      if (entry.type() == FileStat.Type.FOLDER
          && !name.startsWith(".")
          && !name.equals("node_modules")) {
        look(folder.resolve(name), depth + 1);
      }
    }
  }

  private void read(Path folder) {
    try {
      var module = modules.read(folder);
      for (var call : module.modules()) {
        var source = call.source();
        if (source != null && (source.startsWith("./") || source.startsWith("../"))) {
          called.add(folder.resolve(source).normalize());
        }
      }
      found.add(new Found(folder, module, null));
    } catch (HearthException e) {
      if (e.code() != TerraformError.SYNTAX) {
        throw e;
      }
      found.add(new Found(folder, null, e.getMessage()));
    }
  }
}
