package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of a run that wait to be applied, each in a folder of its own. */
final class PlanFiles implements AutoCloseable {
  static final String NAME = "plan";
  static final String VALUES = "hearth-values.tfvars.json";
  private static final String PREFIX = ".hearth-plan-";

  private final Map<Path, OpenPlan> open = new ConcurrentHashMap<>();

  /**
   * A plan that waits.
   *
   * @param changes what it would do
   * @param hidden what of it must not be shown
   */
  record OpenPlan(Files files, Path place, List<Plan.Change> changes, SensitiveValues hidden) {
    Path file() {
      return place.resolve(NAME);
    }
  }

  /** A folder for a plan that only the user can read. */
  Path make(Files files, Path module) {
    var place = files.makeTemporaryFolder(module, PREFIX);
    open.put(place, new OpenPlan(files, place, List.of(), new SensitiveValues()));
    return place;
  }

  /** A plan was made in its folder. */
  void keep(Files files, Path place, Plan plan, SensitiveValues hidden) {
    open.put(place, new OpenPlan(files, place, plan.changes(), hidden));
  }

  /** A plan that this run made. */
  OpenPlan find(Path module, String name) {
    var place = module.resolve(name);
    var plan = open.get(place);
    if (plan == null) {
      throw new HearthException(TerraformError.PLAN_GONE, VisibleText.of(module.toString()));
    }
    return plan;
  }

  void remove(Files files, Path place) {
    files.deleteTree(place); // where an interrupt ends that, the end of the run does it
    open.remove(place);
  }

  @Override
  public void close() {
    open.forEach((place, plan) -> plan.files().deleteTree(place));
    open.clear();
  }
}
