package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what becomes of one object, and says what keeps it from becoming that. Its time begins
 * when it is made, and holds whether the cluster answers or not.
 */
final class Waiting {
  /** How long it is at most until pods and events are looked at. */
  private static final int LOOK_SECONDS = 5;

  private final Cluster cluster;
  private final ResourceKind kind;
  private final String namespace;
  private final String name;
  private final Time time;
  private final Outage outage;

  private Waiting(Cluster cluster, ResourceKind kind, String namespace, String name, Time time) {
    this.cluster = cluster;
    this.kind = kind;
    this.namespace = namespace;
    this.name = ApiPath.name(name, "name");
    this.time = time;
    this.outage = Outage.until(cluster.server(), time.deadline());
  }

  /** How long is waited, and until when. */
  private record Time(Duration limit, long deadline) {
    private static Time of(Cluster cluster, Duration limit) {
      return new Time(limit, cluster.server().clock().nanoTime() + limit.toNanos());
    }
  }

  /** Waits for an object of the whole cluster. */
  static Waiting of(Cluster cluster, ResourceKind kind, String name, Duration limit) {
    return new Waiting(cluster, kind, "", name, Time.of(cluster, limit));
  }

  /** Waits for an object of a kind by whatever name people have for that. */
  static Waiting of(
      Cluster cluster, String kind, @Nullable String namespace, String name, Duration limit) {
    var time = Time.of(cluster, limit);
    try {
      var found =
          Outage.until(cluster.server(), time.deadline())
              .outlive(() -> cluster.kinds().named(kind));
      return new Waiting(cluster, found, cluster.namespace(found, namespace), name, time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, kind + " `" + name + "`").causedBy(e);
    }
  }

  private String subject() {
    return kind.subject(namespace, name);
  }

  private Watch watch(EventTrees heard) {
    var list =
        ApiCall.get(kind.path(namespace))
            .param("fieldSelector", "metadata.name=" + name)
            .about(subject());
    var plan = new Watch.Plan(list, kind, true, "", true, LOOK_SECONDS);
    return new Watch(cluster.server(), plan, outage, heard);
  }

  /** The object once it is so. It need not be there yet. */
  JsonNode until(Wish wish) {
    JsonNode object = MissingNode.getInstance();
    var heard = new EventTrees();
    try (var watch = watch(heard)) {
      Wish.Verdict verdict = new Wish.Pending("it is not there");
      while (true) {
        var _ = watch.listenInTime();
        for (var event : heard.take()) {
          boolean isGone = event.type().equals("DELETED");
          object = isGone ? MissingNode.getInstance() : event.object();
          verdict = isGone ? new Wish.Pending("it was deleted") : wish.of(kind, object);
        }
        if (verdict instanceof Wish.Done) {
          return object;
        }
        var diagnosis = new Diagnosis(cluster, kind, object, outage);
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
        if (isOver()) {
          var why = ((Wish.Pending) verdict).why();
          throw diagnosis.told(reasons -> tooLong(wish.words(), words(why, reasons)));
        }
      }
    } catch (HearthException e) {
      throw orTooLong(e, wish.words());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Returns when it is gone.
   *
   * @param uid of what is to go; empty for whatever has the name
   */
  void untilGone(String uid) {
    JsonNode object = MissingNode.getInstance();
    var heard = new EventTrees();
    try (var watch = watch(heard)) {
      while (!isOther(uid)) {
        var _ = watch.listenInTime();
        for (var event : heard.take()) {
          object = event.object();
          if (event.type().equals("DELETED")) {
            return;
          }
        }
        if (isOver()) {
          throw tooLong("gone", whatHolds(object));
        }
      }
    } catch (HearthException e) {
      throw orTooLong(e, "gone");
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private boolean isOther(String uid) {
    var now =
        cluster.server().find(ApiCall.get(kind.path(namespace, name)).about(subject()), outage);
    return now.isEmpty()
        || (!uid.isEmpty() && !now.get().path("metadata").path("uid").asText("").equals(uid));
  }

  private HearthException tooLong(String wanted, String why) {
    return new HearthException(
        KubernetesError.WAIT_TIMEOUT, subject(), wanted, words(time.limit()), why);
  }

  /** A cluster that is away for as long as is waited is what kept it. */
  private HearthException orTooLong(HearthException failure, String wanted) {
    return isOver() && Outage.passes(cluster.server(), failure)
        ? tooLong(wanted, "the cluster is away: " + Outage.asPart(failure)).causedBy(failure)
        : failure;
  }

  private HearthException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new HearthException(KubernetesError.INTERRUPTED, subject()).causedBy(cause);
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

  private boolean isOver() {
    return cluster.server().clock().nanoTime() - time.deadline() >= 0;
  }
}
