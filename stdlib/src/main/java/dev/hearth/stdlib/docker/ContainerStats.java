package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * What a container uses, as {@code docker stats} works it out.
 *
 * @param cpuPercent 100 for one processor that is busy all the time
 * @param memoryBytes without the cache that the kernel gives back when it needs to
 * @param memoryLimitBytes the container's own, else what the host has
 * @param raw all that the engine told
 */
record ContainerStats(
    String time,
    double cpuPercent,
    long memoryBytes,
    long memoryLimitBytes,
    double memoryPercent,
    long networkInBytes,
    long networkOutBytes,
    long blockReadBytes,
    long blockWriteBytes,
    long pids,
    JsonNode raw) {

  /** Of one sample; it has the sample before in it, since a share of time needs two. */
  static ContainerStats of(JsonNode sample) {
    var memory = memory(sample.path("memory_stats"));
    var limit = sample.at("/memory_stats/limit").asLong();
    long in = 0;
    long out = 0;
    for (var network : sample.path("networks")) {
      in += network.path("rx_bytes").asLong();
      out += network.path("tx_bytes").asLong();
    }
    return new ContainerStats(
        sample.path("read").asText(),
        rounded(processor(sample)),
        memory,
        limit,
        limit == 0 ? 0 : rounded(100.0 * memory / limit),
        in,
        out,
        blocks(sample, "read"),
        blocks(sample, "write"),
        sample.at("/pids_stats/current").asLong(),
        sample);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 100) / 100.0;
  }

  /**
   * How long processors were busy, of the time between two samples: all engines tell that alike,
   * while what they call the system's use is the time of all processors with Docker and of a clock
   * with Podman.
   */
  private static double processor(JsonNode sample) {
    double used =
        sample.at("/cpu_stats/cpu_usage/total_usage").asDouble()
            - sample.at("/precpu_stats/cpu_usage/total_usage").asDouble();
    double passed = between(sample).toNanos();
    return used > 0 && passed > 0 ? used / passed * 100 : 0;
  }

  /** The time since the sample before; nothing when there is none. */
  static Duration between(JsonNode sample) {
    try {
      var before = Instant.parse(sample.path("preread").asText());
      return before.getEpochSecond() <= 0
          ? Duration.ZERO
          : Duration.between(before, Instant.parse(sample.path("read").asText()));
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  /** The cache goes by different names under version 1 and 2 of control groups. */
  private static long memory(JsonNode memory) {
    long usage = memory.path("usage").asLong();
    for (var name : new String[] {"total_inactive_file", "inactive_file"}) {
      long cache = memory.path("stats").path(name).asLong();
      if (cache > 0 && cache < usage) {
        return usage - cache;
      }
    }
    return usage;
  }

  private static long blocks(JsonNode sample, String operation) {
    long bytes = 0;
    for (var each : sample.at("/blkio_stats/io_service_bytes_recursive")) {
      if (each.path("op").asText().equalsIgnoreCase(operation)) {
        bytes += each.path("value").asLong();
      }
    }
    return bytes;
  }
}
