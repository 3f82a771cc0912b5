package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Empties a node, as {@code kubectl drain} does: it takes no more pods, and those that are there
 * are evicted, which budgets of disruption may put off.
 */
final class Draining {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final Cluster cluster;
  private final String node;
  private final @Nullable String selector;
  private final Rules rules;
  private final long deadline;
  private final Outage outage;

  /**
   * What may be done.
   *
   * @param deletesData whether pods may go whose data goes with them
   * @param force whether pods may go that nobody makes anew
   */
  record Rules(
      boolean deletesData, boolean force, @Nullable Integer graceSeconds, Duration timeout) {}

  /**
   * What was done.
   *
   * @param cordoned whether the node took pods before
   * @param skipped pods that stay
   */
  record Drained(boolean cordoned, List<Gone> evicted, List<Skipped> skipped) {}

  /** A pod that went. */
  record Gone(String namespace, String name) {}

  /** A pod that stays. */
  record Skipped(String namespace, String name, String reason) {}

  /** What is to be done with a pod. */
  private sealed interface Fate {
    record Evict(PodName pod, String uid) implements Fate {}

    record Stay(Skipped why) implements Fate {}

    record Refuse(PodName pod, String why) implements Fate {}
  }

  Draining(Cluster cluster, String node, @Nullable String selector, Rules rules) {
    this.cluster = cluster;
    this.node = node;
    this.selector = selector;
    this.rules = rules;
    this.deadline = cluster.server().clock().nanoTime() + rules.timeout().toNanos();
    this.outage = Outage.until(cluster.server(), deadline);
  }

  Drained run() {
    boolean cordoned = NodeOps.cordon(cluster, node, true, outage);
    var fates = pods().stream().map(this::fate).toList();
    var refused =
        fates.stream()
            .filter(Fate.Refuse.class::isInstance)
            .map(fate -> (Fate.Refuse) fate)
            .toList();
    if (!refused.isEmpty()) {
      if (cordoned) {
        var _ = NodeOps.cordon(cluster, node, false, outage); // nothing was done, so nothing stays
      }
      throw refusal(refused);
    }
    var evictions =
        fates.stream().filter(Fate.Evict.class::isInstance).map(fate -> (Fate.Evict) fate).toList();
    evictAll(evictions);
    return new Drained(
        cordoned,
        evictions.stream().map(one -> new Gone(one.pod().namespace(), one.pod().name())).toList(),
        fates.stream()
            .filter(Fate.Stay.class::isInstance)
            .map(fate -> ((Fate.Stay) fate).why())
            .toList());
  }

  private List<JsonNode> pods() {
    return cluster
        .server()
        .items(
            ApiCall.get(cluster.kinds().of("v1", "Pod").path(""))
                .param("fieldSelector", "spec.nodeName=" + node)
                .param("labelSelector", selector)
                .about("pods"),
            outage);
  }

  private Fate fate(JsonNode pod) {
    var metadata = pod.path("metadata");
    var name = new PodName(metadata.path("namespace").asText(), metadata.path("name").asText());
    var evict = new Fate.Evict(name, metadata.path("uid").asText());
    if (metadata.path("annotations").has(MIRROR)) {
      return stay(name, "it is a static pod of the node");
    }
    var phase = pod.path("status").path("phase").asText();
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return evict; // its data and its maker matter no more
    }
    var owner = owner(metadata);
    if (owner.equals("DaemonSet")) {
      return stay(name, "its DaemonSet would make it anew at once");
    }
    if (owner.isEmpty() && !rules.force()) {
      return new Fate.Refuse(name, "nothing would make it anew (`force` deletes it)");
    }
    for (var volume : pod.path("spec").path("volumes")) {
      if (volume.has("emptyDir") && !rules.deletesData()) {
        return new Fate.Refuse(name, "its emptyDir goes with it (`deleteEmptyDir` allows that)");
      }
    }
    return evict;
  }

  private static String owner(JsonNode metadata) {
    for (var owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("kind").asText();
      }
    }
    return "";
  }

  private static Fate stay(PodName pod, String why) {
    return new Fate.Stay(new Skipped(pod.namespace(), pod.name(), why));
  }

  private HearthException refusal(List<Fate.Refuse> refused) {
    var all =
        refused.stream()
            .map(one -> one.pod().namespace() + "/" + one.pod().name() + ": " + one.why())
            .toList();
    var first = all.stream().limit(3).collect(Collectors.joining("; "));
    var more = all.size() > 3 ? " and " + (all.size() - 3) + " more" : "";
    return new HearthException(NodeError.DRAIN_REFUSED, ApiPath.shown(node), first + more)
        .with("pods", all);
  }

  private void evictAll(List<Fate.Evict> evictions) {
    var version = new Eviction(cluster, rules.graceSeconds(), outage);
    var all = new ArrayList<CompletableFuture<Void>>();
    var threads = new ArrayList<Thread>();
    for (var one : evictions) {
      var done = new CompletableFuture<Void>();
      all.add(done);
      threads.add(
          Thread.ofVirtual()
              .name("kubernetes-evict")
              .start(
                  () -> {
                    try {
                      evict(version, one);
                      done.complete(null);
                    } catch (Throwable t) {
                      done.completeExceptionally(t);
                    }
                  }));
    }
    try {
      for (var one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "node `" + node + "` to be empty")
          .causedBy(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("An eviction ended in an odd way.", e);
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  private void evict(Eviction eviction, Fate.Evict one) throws InterruptedException {
    var own = Outage.until(cluster.server(), deadline);
    try {
      if (ask(eviction, one, own)) {
        while (eviction.isThere(one.pod(), one.uid(), own)) {
          pauseOrFail(one.pod(), "it still ends");
        }
      }
    } catch (HearthException e) {
      if (!Outage.passes(cluster.server(), e)) {
        throw e;
      }
      pauseOrFail(one.pod(), "the cluster is away: " + Outage.asPart(e));
      throw e;
    }
  }

  /** Whether it is to be waited for. */
  private boolean ask(Eviction eviction, Fate.Evict one, Outage own) throws InterruptedException {
    while (true) {
      try {
        return eviction.ask(one.pod(), one.uid(), own);
      } catch (HearthException e) {
        if (Eviction.isSuperfluous(e)) {
          return true; // its namespace goes, and it with that
        }
        if (e.code() != KubernetesError.DISRUPTION) {
          throw e;
        }
        pauseOrFail(one.pod(), String.valueOf(e.details().get("message")));
      }
    }
  }

  private void pauseOrFail(PodName pod, String why) throws InterruptedException {
    if (cluster.server().clock().nanoTime() - deadline >= 0) {
      throw new HearthException(
          NodeError.DRAIN_TIMEOUT,
          ApiPath.shown(node),
          DurationText.format(rules.timeout()),
          pod,
          why.strip().replaceFirst("\\.$", ""));
    }
    cluster.server().clock().sleep(PAUSE);
  }
}
