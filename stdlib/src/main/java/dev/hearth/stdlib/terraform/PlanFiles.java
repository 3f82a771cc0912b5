package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of a run that wait to be applied, each in a folder of its own. */
final class PlanFiles implements AutoCloseable {
  static final String NAME = "plan";
  static final String VALUES = "hearth-values.tfvars.json";
  private static final String PREFIX = ".hearth-plan-";

  private final Map<Path, Files> open = new ConcurrentHashMap<>();

  /** A folder for a plan that only the user can read. */
  Path make(Files files, Path module) {
    var place = files.makeTemporaryFolder(module, PREFIX);
    open.put(place, files);
    return place;
  }

  /** The folder of a plan that this run made. */
  Path find(Path module, String name) {
    var place = module.resolve(name);
    if (!open.containsKey(place)) {
      throw new HearthException(TerraformError.PLAN_GONE, VisibleText.of(module.toString()));
    }
    return place;
  }

  void remove(Files files, Path place) {
    files.deleteTree(place); // where an interrupt ends that, the end of the run does it
    open.remove(place);
  }

  @Override
  public void close() {
    open.forEach((place, files) -> files.deleteTree(place));
    open.clear();
  }
}
