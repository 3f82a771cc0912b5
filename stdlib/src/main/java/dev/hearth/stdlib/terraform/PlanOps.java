package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans, and applying just these. A plan is a file in a folder of its own beside the module, since
 * secrets stand in it, and is gone when it is applied or the run is over.
 */
final class PlanOps {
  private final TerraformProgram program;
  private final ModuleOps modules;
  private final Files files;
  private final PlanFiles plans;
  private final ValueFiles values;

  PlanOps(TerraformProgram program, ModuleOps modules, OpContext context) {
    this.program = program;
    this.modules = modules;
    this.files = context.recipe().files();
    this.values = new ValueFiles(modules, context);
    this.plans = context.forRun(PlanFiles.class, PlanFiles::new);
  }

  /**
   * What is to be planned.
   *
   * @param targets addresses; null for all
   * @param replace addresses of what is to be made anew
   */
  record Wish(
      Root root,
      @Nullable Map<String, JsonNode> variables,
      @Nullable Boolean destroy,
      @Nullable Boolean refreshOnly,
      @Nullable Boolean refresh,
      @Nullable List<String> targets,
      @Nullable List<String> replace,
      @Nullable Integer parallelism,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  @Op(writes = true)
  Plan plan(Wish request) {
    var root = request.root();
    var folder = modules.folder(root.dir());
    var hidden = values.checked(folder, request.variables());
    var place = plans.make(files, folder);
    try {
      var words = words(request);
      words.add("-out=" + place.resolve(PlanFiles.NAME));
      words.add(values.write(place, request.variables()));
      var work = root.work(modules, "plan", words).hiding(hidden).timeout(request.timeout());
      var log = program.log(work);
      var shown =
          program.json(
              root.work(
                  modules,
                  "read the plan of",
                  List.of("show", "-json", place.resolve(PlanFiles.NAME).toString())));
      var plan =
          PlanReading.of(place.getFileName().toString(), shown, log.diagnostics(hidden), hidden);
      plans.keep(files, place, plan, hidden);
      return plan;
    } catch (RuntimeException e) {
      plans.remove(files, place);
      throw e;
    }
  }

  private static List<String> words(Wish request) {
    var words = new ArrayList<>(List.of("plan", "-json", "-input=false"));
    if (Boolean.TRUE.equals(request.destroy())) {
      words.add("-destroy");
    }
    if (Boolean.TRUE.equals(request.refreshOnly())) {
      words.add("-refresh-only");
    }
    if (Boolean.FALSE.equals(request.refresh())) {
      words.add("-refresh=false");
    }
    Addresses.add("-target=", request.targets(), words);
    Addresses.add("-replace=", request.replace(), words);
    Limits.parallelism(request.parallelism(), words);
    Limits.lock(request.lockTimeout(), words);
    return words;
  }

  /**
   * A resource that there is already.
   *
   * @param id by which its provider knows it
   */
  record Import(
      Root root,
      String address,
      String id,
      @Nullable Map<String, JsonNode> variables,
      @Nullable Integer parallelism,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  /** Takes one into the state. It must stand in the module's files. */
  @Op(writes = true)
  void importResource(Import request) {
    var root = request.root();
    var words = new ArrayList<>(List.of("import", "-input=false"));
    Limits.parallelism(request.parallelism(), words);
    Limits.lock(request.lockTimeout(), words);
    var address = Addresses.usable(request.address());
    var _ =
        values.with(
            root,
            request.variables(),
            given -> {
              // Behind an address nothing is an option any more.
              words.addAll(List.of(given.option(), address, request.id()));
              var work = root.work(modules, "import into the state of", words);
              return program.text(work.hiding(given.hidden()).timeout(request.timeout()));
            });
  }

  /**
   * What is to be applied.
   *
   * @param plan the name of one that {@link #plan} made
   */
  record Apply(
      Root root,
      String plan,
      @Nullable Integer parallelism,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  /** What applying did. */
  record Applied(
      int added, int changed, int destroyed, int imported, List<Diagnostic> diagnostics) {}

  @Op(writes = true)
  Applied apply(Apply request) {
    var plan = plans.find(modules.folder(request.root().dir()), request.plan());
    var words = new ArrayList<>(List.of("apply", "-json", "-input=false"));
    Limits.parallelism(request.parallelism(), words);
    Limits.lock(request.lockTimeout(), words);
    words.add(plan.file().toString());
    try {
      var work = request.root().work(modules, "apply", words);
      var log =
          program.log(
              work.hiding(plan.hidden()).timeout(request.timeout()),
              (told, error) -> ApplyReport.of(plan.changes(), told).in(error));
      var changes = log.last("change_summary").path("changes");
      return new Applied(
          changes.path("add").asInt(),
          changes.path("change").asInt(),
          changes.path("remove").asInt(),
          changes.path("import").asInt(),
          log.diagnostics(plan.hidden()));
    } finally {
      plans.remove(files, plan.place());
    }
  }
}
