package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.hearth.runtime.HearthException;
import java.util.List;

/** Server-side apply as the field manager {@code hearth}, and what it changes. */
final class Applying {
  static final String MANAGER = "hearth";

  private final Cluster cluster;

  Applying(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * How.
   *
   * @param force whether fields are taken over that others manage
   * @param dryRun whether the server only says what would become of it
   */
  record Options(boolean force, boolean dryRun) {}

  /** The whole object as the server has it then. */
  JsonNode apply(Manifest given, Options options) {
    var manifest = given.forApply();
    if (manifest.name().isEmpty()) {
      throw new HearthException(
          KubernetesError.MANIFEST_WRONG,
          manifest.kind().kind(),
          "what is applied needs a `metadata.name`");
    }
    var call =
        ApiCall.of("PATCH", manifest.path())
            .param("fieldManager", MANAGER)
            .param("force", options.force() ? "true" : null)
            .param("dryRun", options.dryRun() ? "All" : null)
            .body(Manifest.APPLY, manifest.json())
            .about(manifest.subject())
            .repeatable();
    try {
      return cluster.server().json(call);
    } catch (HearthException e) {
      if (!Refusals.isWithOurselves(e, MANAGER)) {
        throw e;
      }
      // The server keeps what a patch or an undo of ours changed apart from what we applied.
      return cluster.server().json(call.param("force", "true"));
    }
  }

  /** The object as it is; missing where there is none. */
  JsonNode live(Manifest manifest) {
    return cluster
        .server()
        .find(ApiCall.get(manifest.path()).about(manifest.subject()))
        .orElseGet(MissingNode::getInstance);
  }

  /**
   * What became of an object.
   *
   * @param before null where there was none
   * @param changes what differs of what somebody means by it
   */
  record Ensured(
      boolean changed, JsonNode before, JsonNode after, List<Differences.Change> changes) {}

  Ensured ensure(Manifest manifest, Options options) {
    var before = live(manifest);
    var after = apply(manifest, options);
    // What a dry run answers has the version of what is there.
    var changes = options.dryRun() ? Differences.between(before, after) : changes(before, after);
    return new Ensured(
        !changes.isEmpty(),
        before.isMissingNode() ? NullNode.instance : ShownObject.of(before),
        ShownObject.of(after),
        changes);
  }

  private static List<Differences.Change> changes(JsonNode before, JsonNode after) {
    var old = before.path("metadata").path("resourceVersion").asText("");
    return !old.isEmpty() && old.equals(after.path("metadata").path("resourceVersion").asText(""))
        ? List.of()
        : Differences.between(before, after);
  }

  /**
   * What applying would do.
   *
   * @param action {@code create}, {@code update} or {@code none}
   */
  record Difference(String action, String subject, List<Differences.Change> changes) {}

  Difference diff(Manifest manifest, Options options) {
    var before = live(manifest);
    if (before.isMissingNode()) {
      return new Difference(
          "create", manifest.subject(), Differences.between(before, manifest.forApply().content()));
    }
    var after = apply(manifest, new Options(options.force(), true));
    var changes = Differences.between(before, after);
    return new Difference(changes.isEmpty() ? "none" : "update", manifest.subject(), changes);
  }
}
