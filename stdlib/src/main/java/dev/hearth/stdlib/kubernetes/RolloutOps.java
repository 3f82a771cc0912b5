package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What workloads were before, and going back to it. */
final class RolloutOps {
  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String CAUSE = "kubernetes.io/change-cause";
  private static final String HASH = "pod-template-hash";

  private final Cluster cluster;

  RolloutOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A Deployment, StatefulSet or DaemonSet. */
  record Of(String kind, String name, @Nullable String namespace) {}

  /**
   * What it was once.
   *
   * @param current whether it is so now
   * @param cause what somebody noted of it
   * @param images of its containers
   */
  record Revision(
      long revision,
      boolean current,
      @Nullable String cause,
      List<String> images,
      String created) {}

  /** A revision with what makes the workload so again. */
  private record Kept(Revision told, JsonNode content) {}

  /** A workload as it is, and what the cluster kept of it, the latest last. */
  private record History(ResourceKind kind, String namespace, JsonNode object, List<Kept> kept) {
    private String subject() {
      return kind.subject(namespace, object.path("metadata").path("name").asText());
    }
  }

  @Op
  List<Revision> history(Of request) {
    return read(request).kept().stream().map(Kept::told).toList();
  }

  private History read(Of request) {
    var kind = cluster.kinds().named(request.kind());
    var namespace = cluster.namespace(kind, request.namespace());
    var object =
        cluster
            .server()
            .json(
                ApiCall.get(kind.path(namespace, request.name()))
                    .about(kind.subject(namespace, request.name())));
    boolean isDeployment = kind.kind().equals("Deployment");
    var keeper = cluster.kinds().of("apps/v1", isDeployment ? "ReplicaSet" : "ControllerRevision");
    var uid = object.path("metadata").path("uid").asText();
    var list =
        cluster
            .server()
            .items(
                ApiCall.get(keeper.path(namespace))
                    .param("labelSelector", LogOps.text(object.path("spec").path("selector")))
                    .about(keeper.plural()));
    var kept = new ArrayList<Kept>();
    for (var item : list) {
      if (isOf(item, uid)) {
        kept.add(isDeployment ? ofReplicaSet(item) : ofControllerRevision(item));
      }
    }
    kept.sort(Comparator.comparingLong(one -> one.told().revision()));
    return new History(kind, namespace, object, current(object, isDeployment, kept));
  }

  private static boolean isOf(JsonNode item, String uid) {
    for (var owner : item.path("metadata").path("ownerReferences")) {
      if (owner.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }

  private static Kept ofReplicaSet(JsonNode set) {
    var annotations = set.path("metadata").path("annotations");
    var template = set.path("spec").path("template").deepCopy();
    if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return kept(annotations.path(REVISION).asLong(), set, template, template);
  }

  private static Kept ofControllerRevision(JsonNode revision) {
    var data = revision.path("data");
    return kept(
        revision.path("revision").asLong(), revision, data.path("spec").path("template"), data);
  }

  private static Kept kept(long number, JsonNode keeper, JsonNode template, JsonNode content) {
    var images = new ArrayList<String>();
    for (var container : template.path("spec").path("containers")) {
      images.add(container.path("image").asText());
    }
    var metadata = keeper.path("metadata");
    var cause = metadata.path("annotations").path(CAUSE);
    return new Kept(
        new Revision(
            number,
            false,
            cause.isTextual() ? cause.asText() : null,
            images,
            metadata.path("creationTimestamp").asText()),
        content);
  }

  private static List<Kept> current(JsonNode object, boolean isDeployment, List<Kept> kept) {
    long now =
        isDeployment
            ? object.path("metadata").path("annotations").path(REVISION).asLong()
            : kept.stream().mapToLong(one -> one.told().revision()).max().orElse(0);
    return kept.stream()
        .map(
            one ->
                one.told().revision() == now
                    ? new Kept(
                        new Revision(
                            now,
                            true,
                            one.told().cause(),
                            one.told().images(),
                            one.told().created()),
                        one.content())
                    : one)
        .toList();
  }

  /**
   * Where to go back to.
   *
   * @param revision null for the one before that which is there
   */
  record Undo(String kind, String name, @Nullable String namespace, @Nullable Long revision) {}

  /** The revision that it has become again; it takes the next number. */
  @Op(writes = true)
  Revision undo(Undo request) {
    var history = read(new Of(request.kind(), request.name(), request.namespace()));
    var wanted = wanted(history, request.revision());
    if (wanted.told().current()) {
      return wanted.told();
    }
    boolean isDeployment = history.kind().kind().equals("Deployment");
    var patch = isDeployment ? replacing(wanted.content()) : wanted.content();
    var type =
        isDeployment ? "application/json-patch+json" : "application/strategic-merge-patch+json";
    var _ =
        cluster
            .server()
            .json(
                ApiCall.of("PATCH", history.kind().path(history.namespace(), request.name()))
                    .param("fieldManager", Applying.MANAGER)
                    .body(type, patch.toString().getBytes(StandardCharsets.UTF_8))
                    .about(history.subject())
                    .repeatable());
    return wanted.told();
  }

  private static Kept wanted(History history, @Nullable Long number) {
    Optional<Kept> found =
        history.kept().stream()
            .filter(one -> number == null ? !one.told().current() : one.told().revision() == number)
            .reduce((first, second) -> second);
    return found.orElseThrow(
        () ->
            new HearthException(
                NodeError.REVISION_UNKNOWN,
                history.subject(),
                number == null ? "before this one" : "`" + number + "`"));
  }

  private static JsonNode replacing(JsonNode template) {
    var patch = ApiServer.MAPPER.createArrayNode();
    patch.addObject().put("op", "replace").put("path", "/spec/template").set("value", template);
    return patch;
  }
}
