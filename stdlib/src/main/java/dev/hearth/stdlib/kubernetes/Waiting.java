package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.HearthException;
import java.time.Duration;

/** Waits for what becomes of one object, and says what keeps it from becoming that. */
final class Waiting {
  /** How long it is at most until pods and events are looked at. */
  private static final int LOOK_SECONDS = 5;

  private final Cluster cluster;
  private final ResourceKind kind;
  private final String namespace;
  private final String name;

  Waiting(Cluster cluster, ResourceKind kind, String namespace, String name) {
    this.cluster = cluster;
    this.kind = kind;
    this.namespace = namespace;
    this.name = ApiPath.name(name, "name");
  }

  private String subject() {
    return kind.subject(namespace, name);
  }

  private Watch watch() {
    var list =
        ApiCall.get(kind.path(namespace))
            .param("fieldSelector", "metadata.name=" + name)
            .about(subject());
    return new Watch(cluster.server(), list, true, "", LOOK_SECONDS);
  }

  /** The object once it is so. It need not be there yet. */
  JsonNode until(Wish wish, Duration limit) {
    var deadline = deadline(limit);
    JsonNode object = MissingNode.getInstance();
    try (var watch = watch()) {
      Wish.Verdict verdict = new Wish.Pending("it is not there");
      while (true) {
        for (var event : watch.nextInTime()) {
          boolean isGone = event.type().equals("DELETED");
          object = isGone ? MissingNode.getInstance() : event.object();
          verdict = isGone ? new Wish.Pending("it was deleted") : wish.of(kind, object);
        }
        if (verdict instanceof Wish.Done) {
          return object;
        }
        var diagnosis = new Diagnosis(cluster, kind, object);
        if (verdict instanceof Wish.Failed(var why)) {
          throw diagnosis.told(
              reasons ->
                  new HearthException(
                      KubernetesError.NOT_READY, subject(), wish.words(), words(why, reasons)));
        }
        if (diagnosis.isHopeless()) {
          throw diagnosis.told(
              reasons ->
                  new HearthException(KubernetesError.NOT_READY, subject(), wish.words(), reasons));
        }
        if (isOver(deadline)) {
          var why = ((Wish.Pending) verdict).why();
          throw diagnosis.told(
              reasons ->
                  new HearthException(
                      KubernetesError.WAIT_TIMEOUT,
                      subject(),
                      wish.words(),
                      words(limit),
                      words(why, reasons)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, subject()).causedBy(e);
    }
  }

  /**
   * Returns when it is gone.
   *
   * @param uid of what is to go; empty for whatever has the name
   */
  void untilGone(String uid, Duration limit) {
    var deadline = deadline(limit);
    JsonNode object = MissingNode.getInstance();
    try (var watch = watch()) {
      while (true) {
        if (isOther(uid)) {
          return;
        }
        for (var event : watch.nextInTime()) {
          object = event.object();
          if (event.type().equals("DELETED")) {
            return;
          }
        }
        if (isOver(deadline)) {
          throw new HearthException(
              KubernetesError.WAIT_TIMEOUT, subject(), "gone", words(limit), whatHolds(object));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, subject()).causedBy(e);
    }
  }

  private boolean isOther(String uid) {
    try {
      var now = cluster.server().json(ApiCall.get(kind.path(namespace, name)).about(subject()));
      return !uid.isEmpty() && !now.path("metadata").path("uid").asText("").equals(uid);
    } catch (HearthException e) {
      if (e.code() == KubernetesError.NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  private static String whatHolds(JsonNode object) {
    var finalizers = object.path("metadata").path("finalizers");
    var conditions = object.path("status").path("conditions");
    for (var condition : conditions) { // of a namespace, which says what is left in it
      if (condition.path("status").asText().equals("True")
          && condition.path("type").asText().matches("Namespace.*")) {
        return condition.path("message").asText("").replaceFirst("\\.$", "");
      }
    }
    return finalizers.isEmpty()
        ? "it still ends"
        : "its finalizers are " + finalizers.toString().replace("\"", "`");
  }

  private static String words(String why, String reasons) {
    return reasons.isEmpty() ? why : why + "; " + reasons;
  }

  private static String words(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private long deadline(Duration limit) {
    return cluster.server().clock().nanoTime() + limit.toNanos();
  }

  private boolean isOver(long deadline) {
    return cluster.server().clock().nanoTime() - deadline >= 0;
  }
}
