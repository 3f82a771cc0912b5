package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Many manifests that belong together: applied in an order that works, or looked at. */
final class ManifestSet {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final Applying applying;
  private final List<JsonNode> manifests;
  private final @Nullable String namespace;

  /**
   * What became of an object, or would.
   *
   * @param action {@code create}, {@code update}, {@code none}, {@code prune} or {@code delete}
   * @param namespace empty for a kind that has none
   */
  record Outcome(
      String action,
      String apiVersion,
      String kind,
      String name,
      String namespace,
      List<Differences.Change> changes) {
    static Outcome of(String action, ResourceKind kind, String name, String namespace) {
      return new Outcome(action, kind.apiVersion(), kind.kind(), name, namespace, List.of());
    }

    /** {@code create ConfigMap settings in namespace shop}. */
    private String told() {
      return action
          + " "
          + kind
          + " "
          + name
          + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
  }

  /**
   * A set.
   *
   * @param namespace where those are that name none; null for that of the connection
   */
  ManifestSet(Cluster cluster, List<JsonNode> given, @Nullable String namespace) {
    this.cluster = cluster;
    this.applying = new Applying(cluster);
    this.namespace = namespace;
    var flat = new ArrayList<JsonNode>();
    given.forEach(each -> flatten(each, flat));
    flat.sort(ManifestOrder.byKind());
    this.manifests = flat;
  }

  private static void flatten(JsonNode given, List<JsonNode> into) {
    if (given.isNull() || given.isMissingNode()) {
      return; // an empty document between two lines
    }
    if (given.path("kind").asText("").equals("List") && given.path("items").isArray()) {
      given.path("items").forEach(item -> flatten(item, into));
    } else {
      into.add(given);
    }
  }

  /**
   * Their kinds and places, all looked at before anything is done; later ones may be unknown yet.
   */
  private Manifest resolved(JsonNode given) {
    var own = given.path("metadata").path("namespace").asText("");
    return Manifest.of(cluster, given, null, own.isEmpty() ? namespace : null);
  }

  /** Fails for what is wrong with any of them, before the first is applied. */
  private void check() {
    var failures = new ArrayList<HearthException>();
    for (var given : manifests) {
      try {
        var _ = resolved(given);
      } catch (HearthException e) {
        if (e.code() != KubernetesError.KIND_UNKNOWN || definition(given).isEmpty()) {
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw HearthException.all(failures);
    }
  }

  /** The definition in this set that brings the kind of a manifest. */
  private Optional<JsonNode> definition(JsonNode given) {
    var group = given.path("apiVersion").asText("").replaceFirst("/.*", "");
    return manifests.stream()
        .filter(each -> each.path("kind").asText("").equals("CustomResourceDefinition"))
        .filter(each -> each.path("spec").path("group").asText("").equals(group))
        .filter(
            each ->
                each.path("spec")
                    .path("names")
                    .path("kind")
                    .asText("")
                    .equals(given.path("kind").asText("")))
        .findFirst();
  }

  List<Outcome> apply(Applying.Options options, Pruning pruning) {
    check();
    pruning.check(manifests);
    var done = new ArrayList<Outcome>();
    var kept = new HashSet<String>();
    try {
      for (var given : manifests) {
        if (options.dryRun() && isUnknown(given)) {
          done.add(newOfUnknownKind(given));
          continue;
        }
        var manifest = resolved(given);
        var ensured = applying.ensure(manifest, options);
        kept.add(ensured.after().path("metadata").path("uid").asText());
        done.add(outcome(manifest, ensured.before().isNull(), ensured.changes()));
        if (manifest.kind().kind().equals("CustomResourceDefinition") && !options.dryRun()) {
          establish(manifest);
        }
      }
      done.addAll(pruning.prune(cluster, kept, places(), options.dryRun()));
    } catch (HearthException e) {
      throw partial(e, done);
    }
    return done;
  }

  /** Waits until the kinds of a definition can be used. */
  private void establish(Manifest definition) {
    var _ =
        Waiting.of(cluster, definition.kind(), definition.name(), PATIENCE)
            .until(Wish.of("Established"));
    var spec = definition.content().path("spec");
    for (var version : spec.path("versions")) {
      if (version.path("served").asBoolean()) {
        cluster
            .kinds()
            .await(
                spec.path("group").asText() + "/" + version.path("name").asText(),
                spec.path("names").path("kind").asText(),
                PATIENCE);
      }
    }
  }

  /** Why it went no further, and how far it went. */
  private HearthException partial(HearthException failure, List<Outcome> done) {
    if (done.isEmpty()) {
      return failure;
    }
    return failure
        .with("done", done.stream().map(Outcome::told).toList())
        .hint(
            "%s %d of %d manifests were done before, which `details` names; done again, they stay."
                .formatted(failure.hint(), done.size(), manifests.size()));
  }

  /**
   * Has all of it go, what was made last first; a kind that is gone has taken its objects along.
   *
   * @param options as {@link DeleteOptions} makes them
   */
  List<Gone> delete(ObjectNode options) {
    var done = new ArrayList<Gone>();
    var deleting = new Deleting(cluster);
    for (var given : manifests.reversed()) {
      var manifest = known(given);
      if (manifest.isPresent()) {
        var one = manifest.get();
        var uid = deleting.delete(one.kind(), one.namespace(), one.name(), options);
        var action = uid.isPresent() ? "delete" : "none";
        done.add(
            new Gone(
                Outcome.of(action, one.kind(), one.name(), one.namespace()), uid.orElse(null)));
      }
    }
    return done;
  }

  /**
   * What went, or is about to.
   *
   * @param uid null where nothing was
   */
  record Gone(Outcome object, @Nullable String uid) {}

  private Optional<Manifest> known(JsonNode given) {
    try {
      return Optional.of(resolved(given));
    } catch (HearthException e) {
      if (e.code() != KubernetesError.KIND_UNKNOWN) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What {@link #apply} would do; nothing is changed. */
  List<Outcome> preview(Applying.Options options, Pruning pruning) {
    check();
    pruning.check(manifests);
    var found = new ArrayList<Outcome>();
    var kept = new HashSet<String>();
    for (var given : manifests) {
      if (isUnknown(given)) {
        found.add(newOfUnknownKind(given));
        continue;
      }
      var manifest = resolved(given);
      var live = applying.live(manifest);
      kept.add(live.path("metadata").path("uid").asText());
      var difference = applying.diff(manifest, options);
      found.add(outcome(manifest, difference.action().equals("create"), difference.changes()));
    }
    found.addAll(pruning.prune(cluster, kept, places(), true));
    return found;
  }

  private boolean isUnknown(JsonNode given) {
    if (definition(given).isEmpty()) {
      return false;
    }
    try {
      var _ = resolved(given);
      return false;
    } catch (HearthException e) {
      return true;
    }
  }

  private static Outcome newOfUnknownKind(JsonNode given) {
    return new Outcome(
        "create",
        given.path("apiVersion").asText(),
        given.path("kind").asText(),
        given.path("metadata").path("name").asText(""),
        given.path("metadata").path("namespace").asText(""),
        Differences.between(MissingNode.getInstance(), given));
  }

  private static Outcome outcome(
      Manifest manifest, boolean isNew, List<Differences.Change> changes) {
    return new Outcome(
        isNew ? "create" : changes.isEmpty() ? "none" : "update",
        manifest.kind().apiVersion(),
        manifest.kind().kind(),
        manifest.name(),
        manifest.namespace(),
        changes);
  }

  /** The namespaces in which the set has something, and those that it has itself. */
  private Set<String> places() {
    var places = new HashSet<String>();
    for (var given : manifests) {
      if (given.path("kind").asText("").equals("Namespace")) {
        places.add(given.path("metadata").path("name").asText());
      } else if (!isUnknown(given)) {
        places.add(resolved(given).namespace());
      }
    }
    places.remove(""); // of what belongs to the whole cluster
    return places;
  }
}
