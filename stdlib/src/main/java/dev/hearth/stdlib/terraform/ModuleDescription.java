package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a module declares, read from its files without running anything.
 *
 * @param dir its folder
 * @param requiredVersion of Terraform; one for each place that says so
 * @param backend the kind of its state's backend; null for a local file
 * @param providers by local name
 * @param resources the addresses of its resources and data sources
 */
record ModuleDescription(
    String dir,
    List<String> requiredVersion,
    @Nullable String backend,
    Map<String, Provider> providers,
    List<Variable> variables,
    List<Output> outputs,
    List<ModuleCall> modules,
    List<String> resources) {
  /** The same, in another place. */
  ModuleDescription from(String place) {
    return new ModuleDescription(
        place, requiredVersion, backend, providers, variables, outputs, modules, resources);
  }

  /** A provider that it needs. */
  record Provider(@Nullable String source, @Nullable String version) {}

  /**
   * A variable.
   *
   * @param type as the module has it; {@code any} where it has none
   * @param schema the same as JSON Schema
   * @param required whether it has no default
   */
  record Variable(
      String name,
      String type,
      ObjectNode schema,
      @Nullable String description,
      @Nullable JsonNode defaultValue,
      boolean required,
      boolean sensitive,
      boolean nullable,
      boolean ephemeral,
      List<Validation> validations,
      String file,
      int line) {
    /** The type to check values against; anything where it is none that is known. */
    VariableType valueType() {
      return VariableType.of(HclTermReader.read(file, type)).orElse(VariableType.Any.ANY);
    }
  }

  /** A rule for a variable, as Terraform evaluates it. */
  record Validation(String condition, @Nullable String message) {}

  /** What it gives to whoever uses it. */
  record Output(
      String name, @Nullable String description, boolean sensitive, String file, int line) {}

  /** A module that it uses. */
  record ModuleCall(
      String name, @Nullable String source, @Nullable String version, String file, int line) {}
}
