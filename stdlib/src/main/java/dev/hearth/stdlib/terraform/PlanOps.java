package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.terraform.TerraformProgram.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plans, and applying just these. A plan is a file in a folder of its own beside the module, since
 * secrets stand in it, and is gone when it is applied or the run is over.
 */
final class PlanOps {
  private static final Pattern ADDRESS = Pattern.compile("[^-\\s][^\\r\\n]*");

  private final TerraformProgram program;
  private final ModuleOps modules;
  private final Files files;
  private final PlanFiles plans;

  PlanOps(TerraformProgram program, ModuleOps modules, OpContext context) {
    this.program = program;
    this.modules = modules;
    this.files = context.recipe().files();
    this.plans = context.forRun(PlanFiles.class, PlanFiles::new);
  }

  /**
   * What is to be planned.
   *
   * @param targets addresses; null for all
   * @param replace addresses of what is to be made anew
   */
  record Wish(
      String dir,
      @Nullable String workspace,
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
    var folder = modules.folder(request.dir());
    var variables = request.variables() == null ? Map.<String, JsonNode>of() : request.variables();
    var hidden = new SensitiveValues();
    if (!variables.isEmpty()) {
      VariableValues.check(modules.read(folder), variables).forEach(hidden::add);
    }
    var environment = RunOps.workspace(request.workspace());
    var place = plans.make(files, folder);
    try {
      var words = words(request);
      words.add("-out=" + place.resolve(PlanFiles.NAME));
      // In a file: no list of processes shows them, and no provider gets them in its environment.
      var values = place.resolve(PlanFiles.VALUES);
      files.write(
          values,
          TerraformProgram.MAPPER.valueToTree(variables).toString().getBytes(UTF_8),
          FileMode.PRIVATE);
      words.add("-var-file=" + values);
      var work =
          new Work("plan", folder, words, environment).hiding(hidden).timeout(request.timeout());
      var log = program.log(work);
      var shown =
          program.json(
              new Work(
                  "read the plan of",
                  folder,
                  List.of("show", "-json", place.resolve(PlanFiles.NAME).toString()),
                  environment));
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
    addresses("-target=", request.targets(), words);
    addresses("-replace=", request.replace(), words);
    limits(request.parallelism(), request.lockTimeout(), words);
    return words;
  }

  private static void addresses(
      String option, @Nullable List<String> addresses, List<String> words) {
    for (var address : addresses == null ? List.<String>of() : addresses) {
      if (!ADDRESS.matcher(address).matches()) {
        throw new HearthException(
            TerraformError.OPTION_VALUE,
            "`" + VisibleText.of(address) + "`",
            "it is no address of a resource");
      }
      words.add(option + address);
    }
  }

  private static void limits(
      @Nullable Integer parallelism, @Nullable Duration lockTimeout, List<String> words) {
    if (parallelism != null) {
      words.add("-parallelism=" + parallelism);
    }
    if (lockTimeout != null) {
      words.add("-lock-timeout=" + lockTimeout.toSeconds() + "s");
    }
  }

  /**
   * What is to be applied.
   *
   * @param plan the name of one that {@link #plan} made
   */
  record Apply(
      String dir,
      @Nullable String workspace,
      String plan,
      @Nullable Integer parallelism,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  /** What applying did. */
  record Applied(
      int added, int changed, int destroyed, int imported, List<Diagnostic> diagnostics) {}

  @Op(writes = true)
  Applied apply(Apply request) {
    var folder = modules.folder(request.dir());
    var plan = plans.find(folder, request.plan());
    var words = new ArrayList<>(List.of("apply", "-json", "-input=false"));
    limits(request.parallelism(), request.lockTimeout(), words);
    words.add(plan.file().toString());
    try {
      var work = new Work("apply", folder, words, RunOps.workspace(request.workspace()));
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
