package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a project. The names of its fields are those of {@code docker compose ps}.
 *
 * @param number which of its service's containers it is, from 1
 * @param state such as {@code running} or {@code exited}
 * @param health what its check says; empty without one
 * @param hash of what it was made from
 * @param imageId of the image that it was made from
 */
record ComposeContainer(
    @JsonProperty("ID") String id,
    @JsonProperty("Name") String name,
    @JsonProperty("Service") String service,
    @JsonProperty("Number") int number,
    @JsonProperty("Image") String image,
    @JsonProperty("State") String state,
    @JsonProperty("Health") String health,
    @JsonProperty("ExitCode") int exitCode,
    @JsonProperty("StartedAt") String startedAt,
    @JsonProperty("Publishers") List<Publisher> publishers,
    @JsonProperty("ConfigHash") String hash,
    @JsonProperty("ImageID") String imageId) {

  static final Comparator<ComposeContainer> ORDER =
      Comparator.comparing(ComposeContainer::service).thenComparing(ComposeContainer::number);

  /** A port that is open at the engine's machine. */
  record Publisher(
      @JsonProperty("URL") String url,
      @JsonProperty("TargetPort") int target,
      @JsonProperty("PublishedPort") int published,
      @JsonProperty("Protocol") String protocol) {}

  /** What `inspect` says of one. */
  static ComposeContainer of(JsonNode inspected) {
    var config = inspected.path("Config");
    var labels = config.path("Labels");
    var state = inspected.path("State");
    return new ComposeContainer(
        inspected.path("Id").asText(),
        inspected.path("Name").asText().replaceFirst("^/", ""),
        labels.path(ComposeLabels.SERVICE).asText(),
        labels.path(ComposeLabels.NUMBER).asInt(1),
        config.path("Image").asText(),
        state.path("Status").asText(),
        health(state),
        state.path("ExitCode").asInt(),
        state.path("StartedAt").asText(),
        publishers(inspected.path("NetworkSettings").path("Ports")),
        labels.path(ComposeLabels.HASH).asText(),
        inspected.path("Image").asText());
  }

  /** Podman says `Healthcheck`, and an empty status where there is no check. */
  private static String health(JsonNode state) {
    @Nullable JsonNode health =
        state.has("Health") ? state.get("Health") : state.get("Healthcheck");
    var status = health == null ? "" : health.path("Status").asText("");
    return status.equals("none") ? "" : status;
  }

  private static List<Publisher> publishers(JsonNode ports) {
    var all = new ArrayList<Publisher>();
    ports
        .properties()
        .forEach(
            port -> {
              var place = port.getKey().split("/", 2);
              port.getValue()
                  .forEach(
                      to ->
                          all.add(
                              new Publisher(
                                  to.path("HostIp").asText(),
                                  Integer.parseInt(place[0]),
                                  to.path("HostPort").asInt(),
                                  place.length > 1 ? place[1] : "tcp")));
            });
    all.sort(
        Comparator.comparing(Publisher::target)
            .thenComparing(Publisher::published)
            .thenComparing(Publisher::url));
    return all;
  }

  boolean isRunning() {
    return state.equals("running") || state.equals("restarting");
  }
}
