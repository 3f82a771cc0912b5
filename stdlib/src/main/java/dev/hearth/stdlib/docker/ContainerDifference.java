package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In what a container is not as it is said to be. What was never said is not compared; what an
 * earlier {@code ensure} was told and this one is not, is a difference, and so is a limit that
 * nobody says on a container that {@code ensure} made.
 */
final class ContainerDifference {
  private static final String HOST = "HostConfig.";

  /** What somebody else's container must not have more of than is said. */
  private static final Set<String> RIGHTS = Set.of("PortBindings", "Binds", "Mounts", "Devices");

  private final ContainerSpec spec;
  private final There there;
  private final JsonNode container;
  private final SpecMark mark;
  private final Set<String> fields = new LinkedHashSet<>();
  private final ObjectNode updates = JsonNodeFactory.instance.objectNode();
  private final Map<String, ObjectNode> joins = new LinkedHashMap<>();
  private final List<String> leaves = new ArrayList<>();

  /**
   * What there is.
   *
   * @param container as inspect tells it
   * @param inherited the configuration of the image that it was made of; missing where that is gone
   * @param imageId what the name of its image means now
   * @param isPodman whether the engine is one that tells other things than it was told
   */
  record There(JsonNode container, JsonNode inherited, String imageId, boolean isPodman) {
    /** An image that was made of a container has that one's mark, which says nothing here. */
    private SpecMark mark() {
      var labels = container.at("/Config/Labels");
      var ofImage = inherited.path("Labels").path(SpecMark.LABEL);
      return labels.path(SpecMark.LABEL).equals(ofImage)
          ? new SpecMark(Map.of())
          : SpecMark.of(labels);
    }
  }

  private ContainerDifference(ContainerSpec spec, There there) {
    this.spec = spec;
    this.there = there;
    this.container = there.container();
    this.mark = there.mark();
  }

  static ContainerDifference of(ContainerSpec spec, There there) {
    var difference = new ContainerDifference(spec, there);
    difference.compare();
    return difference;
  }

  /** Whether it can only be made anew. */
  boolean needsAnother() {
    return !fields.isEmpty();
  }

  /** The keys of the specification that differ. */
  List<String> keys() {
    var keys = new LinkedHashSet<String>();
    fields.forEach(field -> keys.add(key(field)));
    updates.fieldNames().forEachRemaining(field -> keys.add(key(HOST + field)));
    if (!joins.isEmpty() || !leaves.isEmpty()) {
      keys.add(ContainerSpec.NETWORKS);
    }
    return List.copyOf(keys);
  }

  private String key(String field) {
    var said = mark.said().get(field);
    return said == null || spec.keys().containsKey(field) ? spec.keyOf(field) : said.key();
  }

  /**
   * What an update of the API changes. A limit of memory has that of swap beside it which Docker
   * makes of it for a new container: it refuses one of memory that is above the other.
   */
  ObjectNode updates() {
    var memory = updates.path("Memory").asLong();
    var swap = spec.fields().getOrDefault(HOST + "MemorySwap", MissingNode.getInstance());
    return memory > 0 && Likeness.isBlank(swap)
        ? updates.deepCopy().put("MemorySwap", 2 * memory)
        : updates;
  }

  /** The networks that it has to join, after it left those of {@link #leaves}. */
  Map<String, ObjectNode> joins() {
    return joins;
  }

  List<String> leaves() {
    return leaves;
  }

  private void compare() {
    var said = spec.fields();
    said.forEach(this::compare);
    mark.said().keySet().stream()
        .filter(field -> !said.containsKey(field) && !isLimit(field))
        .forEach(this::compareDropped);
    if (mark.isThere()) {
      ContainerSpec.UPDATABLE.values().stream()
          .filter(field -> !said.containsKey(HOST + field))
          .forEach(this::compareUnsaidLimit);
    }
    if (spec.networks().isEmpty()) {
      compareUnsaidNetworks();
    } else {
      compareNetworks();
    }
  }

  private static String name(String field) {
    return field.startsWith(HOST) ? field.substring(HOST.length()) : field;
  }

  private static boolean isLimit(String field) {
    return field.startsWith(HOST) && ContainerSpec.UPDATABLE.containsValue(name(field));
  }

  private JsonNode actual(String field) {
    if (field.startsWith(HOST)) {
      return container.path("HostConfig").path(name(field));
    }
    var value = container.path("Config").path(field);
    if (field.equals("Volumes")) {
      return volumesWithoutName(value);
    }
    return field.equals("Labels") && value instanceof ObjectNode labels
        ? labels.deepCopy().without(SpecMark.LABEL)
        : value;
  }

  /** Those that went over from the container before it are mounted by their names. */
  private JsonNode volumesWithoutName(JsonNode declared) {
    var volumes = declared instanceof ObjectNode object ? object.deepCopy() : updates.objectNode();
    for (var mount : container.path("Mounts")) {
      if (ContainerEnsure.isWithoutName(mount)) {
        volumes.putObject(mount.path("Destination").asText());
      }
    }
    return volumes;
  }

  private JsonNode inherited(String field) {
    return field.startsWith(HOST) ? MissingNode.getInstance() : there.inherited().path(field);
  }

  private void compare(String field, JsonNode wanted) {
    var name = name(field);
    if (field.equals("Image")) {
      if (!container.path("Image").asText().equals(there.imageId())) {
        fields.add(field);
      }
    } else if (isLimit(field)) {
      compareLimit(name, wanted);
    } else if (!mark.tells(field, wanted)) {
      var isSame =
          (mark.isThere() || RIGHTS.contains(name))
              ? Likeness.isSame(name, wanted, actual(field), inherited(field))
              : Likeness.covers(name, wanted, actual(field));
      if (!isSame || (name.equals("PortBindings") && publishesAll())) {
        fields.add(field);
      }
    }
  }

  private void compareLimit(String limit, JsonNode wanted) {
    var actual = actual(HOST + limit);
    boolean isLeftToEngine = Likeness.isBlank(wanted) && isOfEngine(limit) && isTwiceMemory(actual);
    if (isLeftToEngine || Likeness.isSame(limit, wanted, actual, MissingNode.getInstance())) {
      return;
    }
    if (ContainerSpec.isNotUpdated(limit, wanted)) {
      fields.add(HOST + limit);
    } else {
      updates.set(limit, wanted);
    }
  }

  private boolean isTwiceMemory(JsonNode swap) {
    return swap.asLong() == 2 * actual(HOST + "Memory").asLong();
  }

  private boolean publishesAll() {
    return actual(HOST + "PublishAllPorts").asBoolean()
        && !spec.body().at("/HostConfig/PublishAllPorts").asBoolean();
  }

  /**
   * Said earlier, and not any more: then it is to be as the image says, or the engine. Podman does
   * not tell of all that it was told, such as mounts and kernel parameters.
   */
  private void compareDropped(String field) {
    if (field.startsWith(ContainerSpec.NETWORKS)) {
      return; // they are compared by their own names
    }
    var inherited = inherited(field);
    if (there.isPodman() || !Likeness.isSame(name(field), inherited, actual(field), inherited)) {
      fields.add(field);
    }
  }

  /**
   * A limit can have been added while it stayed the same container, so that its mark tells nothing
   * of that. Podman, which cannot do that before version 5, has limits of its own.
   */
  private void compareUnsaidLimit(String limit) {
    var field = HOST + limit;
    var actual = actual(field);
    if (!mark.has(field) && (there.isPodman() || isOfEngine(limit))) {
      return;
    }
    if (limit.equals("RestartPolicy")) {
      if (!Set.of("", "no").contains(actual.path("Name").asText())) {
        updates.putObject(limit).put("Name", "no");
      }
    } else if (there.isPodman() || (!Likeness.isBlank(actual) && actual.asLong() != -1)) {
      fields.add(field); // an update cannot take a limit away
    }
  }

  /** Docker makes the limit of swap of the one of memory. */
  private boolean isOfEngine(String limit) {
    return limit.equals("MemorySwap") && !Likeness.isBlank(actual(HOST + "Memory"));
  }

  private JsonNode actualNetworks() {
    return container.at("/NetworkSettings/Networks");
  }

  private boolean wasToldNetworks() {
    return mark.said().keySet().stream().anyMatch(it -> it.startsWith(ContainerSpec.NETWORKS));
  }

  /**
   * Who joins the networks that are said leaves the engine's own; who was put on one more by
   * somebody else does not.
   */
  private void compareUnsaidNetworks() {
    var mode = actual(HOST + "NetworkMode").asText();
    var hasLeft =
        mark.isThere()
            && !there.isPodman()
            && Set.of("default", "bridge").contains(mode)
            && !actualNetworks().isEmpty()
            && !actualNetworks().has("bridge");
    if (wasToldNetworks() || (hasLeft && spec.networkMode().isEmpty())) {
      fields.add(ContainerSpec.NETWORKS);
    }
  }

  private void compareNetworks() {
    if (there.isPodman() && mark.isThere() && !wasToldNetworks()) {
      fields.add(ContainerSpec.NETWORKS);
      return;
    }
    var actual = actualNetworks();
    spec.networks()
        .forEach(
            (network, endpoint) -> {
              var found = actual.path(network);
              if (found.isMissingNode()) {
                joins.put(network, endpoint);
              } else if (!isSameEndpoint(network, endpoint, found)) {
                leaves.add(network);
                joins.put(network, endpoint);
              }
            });
    actual
        .fieldNames()
        .forEachRemaining(
            network -> {
              if (!spec.networks().containsKey(network)) {
                leaves.add(network);
              }
            });
  }

  private boolean isSameEndpoint(String network, ObjectNode wanted, JsonNode actual) {
    return isSameAliases(wanted.path("Aliases"), actual.path("Aliases"))
        && isSameAddress(wanted, actual, "IPv4Address", "IPAddress")
        && isSameAddress(wanted, actual, "IPv6Address", "GlobalIPv6Address")
        && isSameOtherwise(network, wanted, actual);
  }

  private boolean isSameAliases(JsonNode wanted, JsonNode actual) {
    var own = Set.of(container.path("Name").asText().replaceFirst("^/", ""), spec.hostname());
    var id = container.path("Id").asText();
    var more =
        actual
            .valueStream()
            .filter(alias -> wanted.valueStream().noneMatch(alias::equals))
            .map(JsonNode::asText)
            .anyMatch(alias -> !own.contains(alias) && !id.startsWith(alias));
    return Likeness.covers("Aliases", wanted, actual) && !(more && mark.isThere());
  }

  /** Some engines tell the address that was asked for, others only the one that it has. */
  private boolean isSameAddress(ObjectNode wanted, JsonNode actual, String asked, String used) {
    var address = wanted.path("IPAMConfig").path(asked).asText("");
    var fixed = actual.path("IPAMConfig").path(asked).asText("");
    return address.isEmpty()
        ? fixed.isEmpty() || !mark.isThere() || there.isPodman()
        : address.equals(fixed) || address.equals(actual.path(used).asText(""));
  }

  private boolean isSameOtherwise(String network, ObjectNode wanted, JsonNode actual) {
    if (mark.tells(ContainerSpec.ofNetwork(network), wanted)) {
      return true;
    }
    var mac = wanted.path("MacAddress").asText("");
    return (mac.isEmpty() || mac.equalsIgnoreCase(actual.path("MacAddress").asText("")))
        && Likeness.covers("DriverOpts", wanted.path("DriverOpts"), actual.path("DriverOpts"))
        && Likeness.covers("GwPriority", wanted.path("GwPriority"), actual.path("GwPriority"))
        && Likeness.covers(
            "LinkLocalIPs",
            wanted.at("/IPAMConfig/LinkLocalIPs"),
            actual.at("/IPAMConfig/LinkLocalIPs"));
  }
}
