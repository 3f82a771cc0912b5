package dev.hearth.stdlib.terraform;

import dev.hearth.stdlib.terraform.TerraformProgram.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A root module to work with.
 *
 * @param workspace one that there is; null: the selected one
 * @param env variables for the program, beside those of the user
 * @param backend what the module leaves open of its backend
 */
record Root(
    String dir,
    @Nullable String workspace,
    @Nullable Map<String, String> env,
    @Nullable BackendSettings backend) {
  /** Work in it, which is yet to be done. */
  Work work(ModuleOps modules, String what, List<String> words) {
    var variables = new LinkedHashMap<String, String>();
    var folder = modules.folder(dir);
    if (backend != null && !backend.isEmpty()) {
      variables.putAll(backend.variables(modules.read(folder)));
    }
    if (env != null) {
      variables.putAll(env);
    }
    if (workspace != null) {
      variables.put("TF_WORKSPACE", WorkspaceOps.usable(workspace));
    }
    return new Work(what, folder, words, variables);
  }

  /** The same, whichever workspace is selected. */
  Root ofAnyWorkspace() {
    return new Root(dir, null, env, backend);
  }
}
