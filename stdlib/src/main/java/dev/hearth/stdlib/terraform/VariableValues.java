package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values for the variables of a module, checked against what it declares. */
final class VariableValues {
  private VariableValues() {}

  /**
   * Fails when the module does not declare one, or it does not fit. Returns those that the module
   * calls sensitive.
   */
  static List<JsonNode> check(ModuleDescription module, Map<String, JsonNode> given) {
    var sensitive = new ArrayList<JsonNode>();
    given.forEach(
        (name, value) -> {
          var variable = find(module, name);
          if (variable.sensitive()) {
            sensitive.add(value);
          }
          for (var problem : VariableCheck.of(variable, value)) {
            throw new HearthException(
                TerraformError.VARIABLE_VALUE, problem.place(), problem.what());
          }
        });
    return sensitive;
  }

  private static ModuleDescription.Variable find(ModuleDescription module, String name) {
    return module.variables().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(module, name));
  }

  private static HearthException unknown(ModuleDescription module, String name) {
    var error = new HearthException(TerraformError.VARIABLE_UNKNOWN, name, module.dir());
    var names = module.variables().stream().map(ModuleDescription.Variable::name).toList();
    return Suggestion.closest(name, names)
        .map(close -> error.hint("`" + close + "` is the closest that it declares."))
        .orElse(error);
  }
}
