package dev.hearth.stdlib.docker;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a container is to be, said in the keys that the Compose specification has for services and
 * read as what the Engine API takes. Only what was said is in it: no default of Docker's is.
 *
 * @param name null for one that the engine thinks of
 * @param platform of its image, such as {@code linux/arm64}
 * @param pull when its image is fetched: {@code always}, {@code missing} or {@code never}
 * @param body of the call that makes it, without its networks
 * @param networks all that it is in, the first one first; what it is in them as the API's
 *     EndpointSettings
 * @param keys the key that each field of the body comes from: {@code HostConfig.Memory} from {@code
 *     mem_limit}
 * @param needs what engines that are too old cannot do
 */
record ContainerSpec(
    @Nullable String name,
    @Nullable String platform,
    @Nullable String pull,
    ObjectNode body,
    SequencedMap<String, ObjectNode> networks,
    Map<String, String> keys,
    List<Need> needs) {

  /** Something that can be had from a version of the API on. */
  record Need(ApiVersion since, String what) {}

  private static final Set<String> OF_COMPOSE =
      Set.of(
          "attach",
          "build",
          "configs",
          "depends_on",
          "develop",
          "env_file",
          "extends",
          "external_links",
          "post_start",
          "pre_stop",
          "profiles",
          "provider",
          "scale",
          "secrets");

  private static final Map<String, SpecRule> RULES = rules();

  ContainerSpec {
    networks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(networks));
    keys = Map.copyOf(keys);
    needs = List.copyOf(needs);
  }

  private static Map<String, SpecRule> rules() {
    var rules = new LinkedHashMap<String, SpecRule>();
    rules.putAll(ProcessKeys.RULES);
    rules.putAll(ResourceKeys.RULES);
    rules.putAll(IsolationKeys.RULES);
    rules.putAll(StorageKeys.RULES);
    rules.putAll(NetworkKeys.RULES);
    return rules;
  }

  /** The keys that can be read, beside {@code raw} and {@code x-…}. */
  static Set<String> known() {
    return RULES.keySet();
  }

  /**
   * Reads one. Keys whose value is null count as absent, and {@code x-…} says nothing.
   *
   * @throws HearthException {@code docker.spec-key}, {@code docker.spec-value}
   */
  static ContainerSpec of(ObjectNode spec, SpecPlace place) {
    spec.properties().forEach(each -> requireKnown(each.getKey()));
    var body = new SpecBody(place);
    for (var each : spec.properties()) {
      var rule = RULES.get(each.getKey());
      var value = new SpecValue(each.getKey(), each.getValue());
      if (rule != null && !value.isAbsent()) {
        body.reading(each.getKey());
        rule.read(value, body);
      }
    }
    if (!body.hasImage()) {
      throw new HearthException(DockerError.SPEC_VALUE, "image", "is missing")
          .hint("Name the image that the container is made of: `image: 'nginx:1.27'`.");
    }
    var raw = spec.path("raw");
    if (!raw.isObject() && !raw.isMissingNode() && !raw.isNull()) {
      throw new SpecValue("raw", raw)
          .not("object", "Write fields of the API's own: `raw: { HostConfig: { … } }`.");
    }
    return body.done(raw instanceof ObjectNode object ? object.deepCopy() : null);
  }

  /**
   * The keys of what can be changed of a container that stays the same one, with the fields of
   * {@link #body}'s HostConfig that they are.
   */
  static final Map<String, String> UPDATABLE =
      Map.ofEntries(
          entry("blkio_config", "BlkioWeight"),
          entry("cpu_period", "CpuPeriod"),
          entry("cpu_quota", "CpuQuota"),
          entry("cpu_rt_period", "CpuRealtimePeriod"),
          entry("cpu_rt_runtime", "CpuRealtimeRuntime"),
          entry("cpu_shares", "CpuShares"),
          entry("cpus", "NanoCpus"),
          entry("cpuset", "CpusetCpus"),
          entry("mem_limit", "Memory"),
          entry("mem_reservation", "MemoryReservation"),
          entry("memswap_limit", "MemorySwap"),
          entry("pids_limit", "PidsLimit"),
          entry("restart", "RestartPolicy"));

  /** The key of networks, and of what a mark tells of them. */
  static final String NETWORKS = "networks";

  /** Reads the body of an update. */
  static ObjectNode update(ObjectNode keys) {
    var body = new SpecBody(SpecPlace.ABSOLUTE);
    for (var each : keys.properties()) {
      if (!UPDATABLE.containsKey(each.getKey())) {
        requireKnown(each.getKey());
        throw new HearthException(DockerError.SPEC_VALUE, each.getKey(), "cannot be updated")
            .hint(
                "Make it anew with `containers.ensure`; these can be updated: "
                    + UPDATABLE.keySet().stream()
                        .sorted()
                        .map(key -> "`" + key + "`")
                        .collect(Collectors.joining(", "))
                    + ".");
      }
      var value = new SpecValue(each.getKey(), each.getValue());
      var rule = RULES.get(each.getKey());
      if (rule != null && !value.isAbsent()) {
        rule.read(value, body);
      }
    }
    var host = body.done(null).body().withObject("/HostConfig");
    UPDATABLE.forEach(
        (key, field) -> {
          if (host.has(field) && isNotUpdated(field, host.path(field))) {
            throw new HearthException(
                    DockerError.SPEC_VALUE, key, "is 0, and an update takes no limit away")
                .hint("Make the container anew with `containers.ensure`, or give another limit.");
          }
        });
    return host;
  }

  /** Whether an engine takes this value of an update for none: 0 is one only for processes. */
  static boolean isNotUpdated(String field, JsonNode value) {
    return Likeness.isBlank(value) && !field.equals("PidsLimit");
  }

  private static void requireKnown(String key) {
    if (RULES.containsKey(key) || key.equals("raw") || key.startsWith("x-")) {
      return;
    }
    var failure = new HearthException(DockerError.SPEC_KEY, VisibleText.of(key));
    if (OF_COMPOSE.contains(key)) {
      throw failure.hint(
          "Compose does what it says: run the file with `docker().compose(…)`, or leave it out.");
    }
    throw Suggestion.closest(key, RULES.keySet())
        .map(closest -> failure.hint("Did you mean `" + closest + "`?"))
        .orElse(failure);
  }

  String image() {
    return body.path("Image").asText();
  }

  Optional<String> networkMode() {
    return Optional.ofNullable(body.path("HostConfig").path("NetworkMode").textValue());
  }

  /** Fails where the engine is too old for what it says. */
  void requireOf(Engine engine) {
    needs.forEach(
        need -> engine.requireAtLeast(need.since().major(), need.since().minor(), need.what()));
  }

  /** The body of the call that makes it, in its first network. */
  ObjectNode creation() {
    var creation = body.deepCopy();
    if (!networks.isEmpty()) {
      var first = networks.firstEntry();
      creation
          .putObject("NetworkingConfig")
          .putObject("EndpointsConfig")
          .set(first.getKey(), first.getValue());
    }
    return creation;
  }

  /** The networks that it has to be connected to once it is made, before it starts. */
  SequencedMap<String, ObjectNode> connections() {
    var rest = new LinkedHashMap<>(networks);
    if (!rest.isEmpty()) {
      rest.pollFirstEntry();
    }
    return rest;
  }

  /** The same with other labels beside its own, whose values go over those of the same name. */
  ContainerSpec labelled(Map<String, String> labels) {
    var more = body.deepCopy();
    var all = more.withObject("/Labels");
    labels.forEach((label, value) -> all.set(label, JsonNodeFactory.instance.textNode(value)));
    return new ContainerSpec(name, platform, pull, more, networks, keys, needs);
  }

  /** The same with a label that tells of what it was made. */
  ContainerSpec marked() {
    var said = fields();
    networks.forEach((network, endpoint) -> said.put(ofNetwork(network), endpoint));
    return labelled(Map.of(SpecMark.LABEL, SpecMark.text(said, this::keyOf)));
  }

  /** The name in a mark of what it is in a network. */
  static String ofNetwork(String network) {
    return NETWORKS + "/" + network;
  }

  /** The key that a field comes from. */
  String keyOf(String field) {
    if (field.startsWith(NETWORKS)) {
      return NETWORKS;
    }
    var key = keys.get(field);
    if (key != null) {
      return key;
    }
    return UPDATABLE.entrySet().stream()
        .filter(each -> field.equals("HostConfig." + each.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(field);
  }

  String hostname() {
    return body.path("Hostname").asText();
  }

  ContainerSpec withBody(ObjectNode other) {
    return new ContainerSpec(name, platform, pull, other, networks, keys, needs);
  }

  /** Each field of the body with its name; those of HostConfig as {@code HostConfig.NAME}. */
  Map<String, JsonNode> fields() {
    var fields = new LinkedHashMap<String, JsonNode>();
    for (var each : body.properties()) {
      if (!each.getKey().equals("HostConfig")) {
        fields.put(each.getKey(), each.getValue());
      }
    }
    for (var each : body.path("HostConfig").properties()) {
      // The first network is among the networks, which can be left and joined.
      if (networks.isEmpty() || !each.getKey().equals("NetworkMode")) {
        fields.put("HostConfig." + each.getKey(), each.getValue());
      }
    }
    return fields;
  }

  ContainerSpec named(String other) {
    return new ContainerSpec(other, platform, pull, body, networks, keys, needs);
  }
}
