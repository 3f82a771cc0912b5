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
 */
record Root(String dir, @Nullable String workspace, @Nullable Map<String, String> env) {
  /** Work in it, which is yet to be done. */
  Work work(ModuleOps modules, String what, List<String> words) {
    var variables = new LinkedHashMap<String, String>();
    if (env != null) {
      variables.putAll(env);
    }
    if (workspace != null) {
      variables.put("TF_WORKSPACE", WorkspaceOps.usable(workspace));
    }
    return new Work(what, modules.folder(dir), words, variables);
  }

  /** The same, whichever workspace is selected. */
  Root ofAnyWorkspace() {
    return new Root(dir, null, env);
  }
}
