package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.FolderEntry;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.Person;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be known of a module by reading it. */
final class ModuleOps {
  private final Files files;
  private final Person person;
  private final boolean isForeign;

  ModuleOps(OpContext context) {
    this(context.recipe().files(), context.person(), false);
  }

  private ModuleOps(Files files, Person person, boolean isForeign) {
    this.files = files;
    this.person = person;
    this.isForeign = isForeign;
  }

  /** Of modules that were fetched: a link in them may lead to any file of the user's. */
  static ModuleOps ofFetched(Files files, Person person) {
    return new ModuleOps(files, person, true);
  }

  record InFolder(String dir) {}

  @Op
  ModuleDescription module(InFolder request) {
    return read(folder(request.dir()));
  }

  /** The modules in a folder and below it, by their paths. */
  @Op
  List<ModuleSearch.FoundModule> modules(InFolder request) {
    return new ModuleSearch(this, files, folder(request.dir())).all();
  }

  /**
   * Values that are to be completed.
   *
   * @param variables those that are known; they have to fit
   */
  record Collect(String dir, @Nullable Map<String, JsonNode> variables) {}

  /** What a person answers for the variables that have no value and need one. */
  @Op
  List<VariableQuestions.Answer> collect(Collect request) throws InterruptedException {
    var module = read(folder(request.dir()));
    var given = request.variables() == null ? Map.<String, JsonNode>of() : request.variables();
    VariableValues.check(module, given);
    return new VariableQuestions(module, person).ask(given.keySet());
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
    for (var name : parts(files.entries(folder))) {
      if (name.endsWith(".tf") || name.endsWith(".tofu")) {
        bodies.put(name, HclReader.read(name, files.readText(folder.resolve(name))));
      } else {
        bodies.put(name, JsonModuleFile.read(name, files.readText(folder.resolve(name))));
      }
    }
    if (bodies.isEmpty()) {
      throw new HearthException(TerraformError.NO_MODULE, VisibleText.of(folder.toString()));
    }
    return ModuleReader.read(folder.toString(), bodies);
  }

  /** The names of the files in a folder that make it a module. */
  List<String> parts(List<FolderEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.type() == FileStat.Type.FILE || !isForeign)
        .map(FolderEntry::name)
        .filter(ModuleOps::isPartOfModule)
        .toList();
  }

  private static boolean isPartOfModule(String name) {
    return !isIgnored(name) && name.matches(".*\\.(tf|tofu)(\\.json)?");
  }

  /** What editors leave behind, as Terraform has it. */
  private static boolean isIgnored(String name) {
    return name.startsWith(".") || name.endsWith("~") || name.matches("#.*#");
  }
}
