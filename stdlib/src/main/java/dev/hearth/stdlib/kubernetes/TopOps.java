package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes and pods use, as the cluster's metrics API measured it. */
final class TopOps {
  private static final ApiPath METRICS = ApiPath.of("apis", "metrics.k8s.io", "v1beta1");

  private final Cluster cluster;

  TopOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What something used.
   *
   * @param cpuMillis thousandths of a core
   * @param time when it was measured
   */
  record Used(
      @Nullable String namespace,
      String name,
      long cpuMillis,
      long memoryBytes,
      String time,
      @Nullable List<OfContainer> containers) {}

  /** What a container used. */
  record OfContainer(String name, long cpuMillis, long memoryBytes) {}

  /** Those that are measured; null for all of the namespace. */
  record Of(
      @Nullable String namespace, @Nullable Boolean allNamespaces, @Nullable JsonNode labels) {}

  @Op
  List<Used> topNodes(Of request) {
    return nodes(read(METRICS.then("nodes"), request));
  }

  @Op
  List<Used> topPods(Of request) {
    var namespace =
        request.namespace() == null ? cluster.server().namespace() : request.namespace();
    var path =
        Boolean.TRUE.equals(request.allNamespaces())
            ? METRICS
            : METRICS.then("namespaces").then(ApiPath.name(namespace, "namespace"));
    return pods(read(path.then("pods"), request));
  }

  private JsonNode read(ApiPath path, Of request) {
    try {
      return cluster
          .server()
          .json(
              ApiCall.get(path)
                  .param("labelSelector", Selector.labels(request.labels()))
                  .about("measurements"));
    } catch (HearthException e) {
      throw e.code() == KubernetesError.NOT_FOUND
          ? new HearthException(NodeError.NO_METRICS).causedBy(e)
          : e;
    }
  }

  static List<Used> nodes(JsonNode list) {
    var all = new ArrayList<Used>();
    for (var item : list.path("items")) {
      var usage = item.path("usage");
      all.add(new Used(null, name(item), cpu(usage), memory(usage), time(item), null));
    }
    return all;
  }

  static List<Used> pods(JsonNode list) {
    var all = new ArrayList<Used>();
    for (var item : list.path("items")) {
      var containers = new ArrayList<OfContainer>();
      for (var container : item.path("containers")) {
        var usage = container.path("usage");
        containers.add(new OfContainer(container.path("name").asText(), cpu(usage), memory(usage)));
      }
      all.add(
          new Used(
              item.path("metadata").path("namespace").asText(),
              name(item),
              containers.stream().mapToLong(OfContainer::cpuMillis).sum(),
              containers.stream().mapToLong(OfContainer::memoryBytes).sum(),
              time(item),
              containers));
    }
    return all;
  }

  private static String name(JsonNode item) {
    return item.path("metadata").path("name").asText();
  }

  private static String time(JsonNode item) {
    return item.path("timestamp").asText();
  }

  /** Upwards, as kubectl does: what is used is never nothing. */
  private static long cpu(JsonNode usage) {
    return Quantity.parse(usage.path("cpu").asText("0"))
        .scaleByPowerOfTen(3)
        .setScale(0, RoundingMode.CEILING)
        .longValue();
  }

  private static long memory(JsonNode usage) {
    return Quantity.parse(usage.path("memory").asText("0"))
        .setScale(0, RoundingMode.CEILING)
        .longValue();
  }
}
