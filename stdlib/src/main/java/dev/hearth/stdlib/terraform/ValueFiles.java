package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values of variables in private files: no list of processes shows them, and no provider gets them
 * in its environment.
 */
final class ValueFiles {
  private static final String BACKEND = "backend.json";

  private final ModuleOps modules;
  private final Files files;
  private final PlanFiles folders;

  ValueFiles(ModuleOps modules, OpContext context) {
    this.modules = modules;
    this.files = context.recipe().files();
    this.folders = context.forRun(PlanFiles.class, PlanFiles::new);
  }

  /**
   * Values that were written.
   *
   * @param option that names their file
   * @param hidden those that the module calls sensitive
   */
  record Given(String option, SensitiveValues hidden) {}

  /** Does something with values, which are checked first and gone afterwards. */
  <T> T with(Root root, @Nullable Map<String, JsonNode> variables, Function<Given, T> work) {
    var folder = modules.folder(root.dir());
    var hidden = checked(folder, variables);
    var place = folders.make(files, folder);
    try {
      return work.apply(new Given(write(place, variables), hidden));
    } finally {
      folders.remove(files, place);
    }
  }

  /**
   * Does something with the settings of a backend.
   *
   * @param work gets the option that names them; none where there are none
   */
  <T> T withBackend(Root root, Map<String, JsonNode> settings, Function<List<String>, T> work) {
    if (settings.isEmpty()) {
      return work.apply(List.of());
    }
    var place = folders.make(files, modules.folder(root.dir()));
    try {
      var file = place.resolve(BACKEND);
      var text = TerraformProgram.MAPPER.valueToTree(settings).toString();
      files.write(file, text.getBytes(UTF_8), FileMode.PRIVATE);
      return work.apply(List.of("-backend-config=" + file));
    } finally {
      folders.remove(files, place);
    }
  }

  /** Fails where they do not fit the module; returns those that it calls sensitive. */
  SensitiveValues checked(Path folder, @Nullable Map<String, JsonNode> variables) {
    var hidden = new SensitiveValues();
    if (variables != null && !variables.isEmpty()) {
      VariableValues.check(modules.read(folder), variables).forEach(hidden::add);
    }
    return hidden;
  }

  /** Writes them and returns the option that names the file. */
  String write(Path place, @Nullable Map<String, JsonNode> variables) {
    var file = place.resolve(PlanFiles.VALUES);
    var text = TerraformProgram.MAPPER.valueToTree(variables == null ? Map.of() : variables);
    files.write(file, text.toString().getBytes(UTF_8), FileMode.PRIVATE);
    return "-var-file=" + file;
  }
}
