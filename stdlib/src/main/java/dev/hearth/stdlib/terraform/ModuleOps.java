package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.TreeMap;

/** What can be known of a module by reading it. */
final class ModuleOps {
  private final Files files;

  ModuleOps(OpContext context) {
    this.files = context.recipe().files();
  }

  record InFolder(String dir) {}

  @Op
  ModuleDescription module(InFolder request) {
    return read(folder(request.dir()));
  }

  /** The folder that a recipe names, which it may read. */
  Path folder(String dir) {
    try {
      var folder = Path.of(dir);
      if (files.stat(folder).filter(stat -> stat.isFolder()).isPresent()) {
        return files.realPath(folder);
      }
    } catch (InvalidPathException e) {
      throw new HearthException(TerraformError.FOLDER_MISSING, VisibleText.of(dir)).causedBy(e);
    }
    throw new HearthException(TerraformError.FOLDER_MISSING, VisibleText.of(dir));
  }

  ModuleDescription read(Path folder) {
    var bodies = new TreeMap<String, HclBody>();
    for (var name : files.list(folder)) {
      if (isIgnored(name)) {
        continue;
      }
      if (name.endsWith(".tf") || name.endsWith(".tofu")) {
        bodies.put(name, HclReader.read(name, files.readText(folder.resolve(name))));
      } else if (name.endsWith(".tf.json") || name.endsWith(".tofu.json")) {
        bodies.put(name, JsonModuleFile.read(name, files.readText(folder.resolve(name))));
      }
    }
    if (bodies.isEmpty()) {
      throw new HearthException(TerraformError.NO_MODULE, VisibleText.of(folder.toString()));
    }
    return ModuleReader.read(folder.toString(), bodies);
  }

  /** What editors leave behind, as Terraform has it. */
  private static boolean isIgnored(String name) {
    return name.startsWith(".") || name.endsWith("~") || name.matches("#.*#");
  }
}
