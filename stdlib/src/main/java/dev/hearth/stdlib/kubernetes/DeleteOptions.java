package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How something is deleted, as the API takes it. */
final class DeleteOptions {
  private static final Map<String, String> POLICIES =
      Map.of("background", "Background", "foreground", "Foreground", "orphan", "Orphan");

  private DeleteOptions() {}

  static ObjectNode of(
      @Nullable String propagation, @Nullable Long graceSeconds, @Nullable Boolean dryRun) {
    var options = JsonNodeFactory.instance.objectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    if (propagation != null) {
      var policy = POLICIES.get(propagation);
      if (policy == null) {
        throw new HearthException(
            KubernetesError.OPTION_WRONG,
            "propagation",
            ApiPath.shown(propagation),
            "`background`, `foreground`, `orphan`");
      }
      options.put("propagationPolicy", policy);
    }
    if (graceSeconds != null) {
      options.put("gracePeriodSeconds", graceSeconds);
    }
    if (Boolean.TRUE.equals(dryRun)) {
      options.putArray("dryRun").add("All");
    }
    return options;
  }

  /** The same for the object with this UID alone: another one may have taken the name. */
  static ObjectNode only(String uid, ObjectNode options) {
    options.putObject("preconditions").put("uid", uid);
    return options;
  }
}
