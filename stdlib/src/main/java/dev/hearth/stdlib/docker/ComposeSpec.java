package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Project;
import dev.hearth.stdlib.docker.compose.Sharing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the containers of one service are made from. */
final class ComposeSpec {
  /** What is about a service and not about each of its containers. */
  private static final List<String> OF_SERVICE =
      List.of(
          "build",
          "depends_on",
          "profiles",
          "pull_policy",
          "scale",
          "attach",
          "configs",
          "secrets");

  private final Project project;
  private final String service;
  private final ComposeFiles files;

  ComposeSpec(Project project, String service, ComposeFiles files) {
    this.project = project;
    this.service = service;
    this.files = files;
  }

  String service() {
    return service;
  }

  private JsonNode written() {
    return project.service(service);
  }

  String image() {
    return ComposeImages.imageOf(project, service);
  }

  /** The name of a container. */
  String name(int number) {
    return written().path("container_name").asText(project.name() + "-" + service + "-" + number);
  }

  /** Whether the model says what is mounted there. */
  boolean mounts(String target) {
    for (var mount : written().path("volumes")) {
      boolean isNamed = !mount.path("source").asText("").isEmpty();
      if (isNamed && mount.path("target").asText().equals(target)) {
        return true;
      }
    }
    return false;
  }

  /** The keys that say what a container is. */
  ObjectNode keys() {
    var keys = ((ObjectNode) written()).deepCopy();
    keys.remove(OF_SERVICE);
    keys.put("image", image());
    if (keys.path("deploy") instanceof ObjectNode deploy) {
      deploy.remove("replicas");
    }
    if (keys.path("environment") instanceof ObjectNode environment) {
      var unset = new ArrayList<String>();
      environment
          .properties()
          .forEach(
              each -> {
                if (each.getValue().isNull()) {
                  unset.add(each.getKey());
                }
              });
      environment.remove(unset);
    }
    if (keys.path("volumes") instanceof ArrayNode mounts) {
      mounts.forEach(
          mount -> {
            if (mount.path("type").asText().equals("volume")
                && mount.path("source").asText("").isEmpty()) {
              ((ObjectNode) mount).remove("source");
            }
          });
    }
    files.binds().forEach(bind -> keys.withArray("/volumes").add(bind));
    return keys;
  }

  /** A digest of all that its containers are made from, but for the image's content. */
  String hash() {
    var all = Engine.MAPPER.createObjectNode();
    all.set("keys", keys());
    all.set("networks", project.data().path("networks"));
    all.set("volumes", project.data().path("volumes"));
    all.put("files", files.digest());
    try {
      var sorted =
          Engine.MAPPER
              .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .writeValueAsString(Engine.MAPPER.treeToValue(used(all), Object.class));
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(sorted.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written.", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Of networks and volumes only those that it has. */
  private ObjectNode used(ObjectNode all) {
    var networks = Engine.MAPPER.createObjectNode();
    written()
        .path("networks")
        .fieldNames()
        .forEachRemaining(name -> networks.set(name, all.path("networks").path(name)));
    var volumes = Engine.MAPPER.createObjectNode();
    for (var mount : written().path("volumes")) {
      var source = mount.path("source").asText("");
      if (mount.path("type").asText().equals("volume") && !source.isEmpty()) {
        volumes.set(source, all.path("volumes").path(source));
      }
    }
    all.set("networks", networks);
    all.set("volumes", volumes);
    return all;
  }

  /**
   * The container of that number.
   *
   * @param shared the container of another service whose namespace it shares
   */
  ContainerSpec container(int number, String imageId, UnaryOperator<String> shared) {
    var keys = keys();
    Sharing.of(keys).forEach((key, other) -> keys.put(key, "container:" + shared.apply(other)));
    keys.put("container_name", name(number));
    if (keys.path("networks") instanceof ObjectNode networks) {
      networks
          .properties()
          .forEach(
              each -> {
                var endpoint =
                    each.getValue() instanceof ObjectNode given
                        ? given
                        : Engine.MAPPER.createObjectNode();
                var aliases = Engine.MAPPER.createArrayNode().add(name(number)).add(service);
                endpoint.path("aliases").forEach(aliases::add);
                endpoint.set("aliases", aliases);
                each.setValue(endpoint);
              });
    }
    var place =
        SpecPlace.ABSOLUTE
            .volumes(name -> project.data().path("volumes").path(name).path("name").asText(name))
            .networks(name -> project.data().path("networks").path(name).path("name").asText(name));
    return ContainerSpec.of(keys, place).labelled(labels(number, imageId));
  }

  private Map<String, String> labels(int number, String imageId) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(ComposeLabels.PROJECT, project.name());
    labels.put(ComposeLabels.SERVICE, service);
    labels.put(ComposeLabels.NUMBER, String.valueOf(number));
    labels.put(ComposeLabels.ONE_OFF, "False");
    labels.put(ComposeLabels.HASH, hash());
    labels.put(ComposeLabels.IMAGE, imageId);
    labels.put(ComposeLabels.DEPENDS_ON, dependencies());
    labels.put(ComposeLabels.FOLDER, project.folder().toString());
    labels.put(
        ComposeLabels.FILES,
        project.files().stream().map(Object::toString).collect(Collectors.joining(",")));
    return labels;
  }

  /** As Compose writes it: {@code db:service_healthy:false}. */
  private String dependencies() {
    return written().path("depends_on").properties().stream()
        .map(
            each ->
                each.getKey()
                    + ":"
                    + each.getValue().path("condition").asText()
                    + ":"
                    + each.getValue().path("restart").asBoolean(false))
        .collect(Collectors.joining(","));
  }
}
