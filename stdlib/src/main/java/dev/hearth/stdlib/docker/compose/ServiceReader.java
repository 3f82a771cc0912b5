package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service: the keys that Hearth knows by itself, each in its canonical form, as {@code docker
 * compose config} prints it. Any other key is refused where it stands.
 */
final class ServiceReader {
  /** Of the Compose specification, and not done without the plug-in. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "annotations",
          "blkio_config",
          "cpu_count",
          "cpu_percent",
          "credential_spec",
          "develop",
          "device_cgroup_rules",
          "external_links",
          "gpus",
          "isolation",
          "label_file",
          "links",
          "models",
          "post_start",
          "pre_stop",
          "provider",
          "use_api_socket",
          "volumes_from",
          "cpu_rt_period",
          "cpu_rt_runtime");

  /** Flags that say nothing when they are not set. */
  private static final List<String> USUALLY_NOT =
      List.of("oom_kill_disable", "privileged", "read_only", "stdin_open", "tty");

  private final Shape shape;
  private final EnvironmentReader environment;

  ServiceReader(EnvironmentReader environment) {
    this.environment = environment;
    var keys = new HashMap<String, Shape>();
    image(keys);
    process(keys);
    keys.put("environment", environment::environment);
    keys.put("env_file", environment::ofFiles);
    limits(keys);
    rights(keys);
    network(keys);
    storage(keys);
    life(keys);
    this.shape = Shape.object("a service", keys, UNSUPPORTED);
  }

  private void image(Map<String, Shape> keys) {
    keys.put("image", Scalars::text);
    keys.put("build", this::build);
    keys.put("platform", Scalars::text);
    keys.put("pull_policy", ServiceReader::pullPolicy);
    keys.put("container_name", Scalars::text);
    keys.put("labels", Scalars::labels);
  }

  private static void process(Map<String, Shape> keys) {
    keys.put("command", Scalars::command);
    keys.put("entrypoint", Scalars::command);
    keys.put("user", Scalars::text);
    keys.put("working_dir", Scalars::text);
    keys.put("hostname", Scalars::text);
    keys.put("domainname", Scalars::text);
    keys.put("init", Scalars::flag);
    keys.put("tty", Scalars::flag);
    keys.put("stdin_open", Scalars::flag);
    keys.put("stop_signal", Scalars::text);
    keys.put("stop_grace_period", Scalars::duration);
  }

  private static void limits(Map<String, Shape> keys) {
    for (var size : new String[] {"mem_limit", "mem_reservation", "memswap_limit", "shm_size"}) {
      keys.put(size, Scalars::bytes);
    }
    for (var number :
        new String[] {"cpu_shares", "cpu_period", "cpu_quota", "pids_limit", "oom_score_adj"}) {
      keys.put(number, Scalars::integer);
    }
    keys.put(
        "mem_swappiness", value -> Shape.NODES.textNode(String.valueOf(Scalars.number(value))));
    keys.put("cpus", Scalars::decimal);
    keys.put("cpuset", Scalars::text);
    keys.put("oom_kill_disable", Scalars::flag);
    keys.put("ulimits", Shape.mapOf(ServiceReader::ulimit));
    keys.put("deploy", Shape.object("`deploy`", deploy(), DEPLOY_UNSUPPORTED));
    keys.put("scale", Scalars::integer);
  }

  private static void rights(Map<String, Shape> keys) {
    for (var list : new String[] {"cap_add", "cap_drop", "security_opt"}) {
      keys.put(list, value -> Scalars.set(Shape.sequence(value)));
    }
    keys.put("group_add", Shape.list(Scalars::text));
    for (var word :
        new String[] {"userns_mode", "pid", "ipc", "uts", "cgroup", "cgroup_parent", "runtime"}) {
      keys.put(word, Scalars::text);
    }
    keys.put("privileged", Scalars::flag);
    keys.put("read_only", Scalars::flag);
    keys.put("sysctls", Scalars::named);
    keys.put("devices", Devices::all);
  }

  private static void network(Map<String, Shape> keys) {
    keys.put("ports", Ports::read);
    keys.put("expose", Scalars::set);
    keys.put("networks", Shape.mapOf(Shape.optional(Networks.OF_SERVICE)));
    keys.put("network_mode", Scalars::text);
    keys.put("mac_address", Scalars::text);
    keys.put("dns", Scalars::set);
    keys.put("dns_search", Scalars::set);
    keys.put("dns_opt", Scalars::set);
    keys.put("extra_hosts", Networks::hosts);
  }

  private static void storage(Map<String, Shape> keys) {
    keys.put("volumes", new Mounts()::read);
    keys.put("tmpfs", Scalars::set);
    keys.put("configs", FilesOfService.CONFIGS);
    keys.put("secrets", FilesOfService.SECRETS);
    keys.put("storage_opt", Shape.mapOf(Scalars::text));
  }

  private static void life(Map<String, Shape> keys) {
    keys.put("restart", ServiceReader::restart);
    keys.put("depends_on", Shape.mapOf(ServiceReader::dependency));
    keys.put("profiles", Scalars::set);
    keys.put("healthcheck", HealthCheck::read);
    keys.put("attach", Scalars::flag);
    keys.put(
        "logging",
        Shape.object(
            "`logging`",
            Map.of("driver", Scalars::text, "options", Shape.mapOf(Shape.optional(Scalars::text))),
            Set.of()));
  }

  /** The service as data: `env_file` is in its `environment` then. */
  ObjectNode read(Value value) {
    var service = (ObjectNode) shape.read(value);
    for (var flag : USUALLY_NOT) {
      if (!service.path(flag).asBoolean(true)) {
        service.remove(flag);
      }
    }
    var ofFiles = service.remove("env_file");
    if (ofFiles instanceof ObjectNode all) {
      if (service.path("environment") instanceof ObjectNode own) {
        all.setAll(own);
      }
      service.set("environment", all);
    }
    return service;
  }

  private JsonNode build(Value value) {
    var keys =
        Map.<String, Shape>of(
            "context", Scalars::text,
            "dockerfile", Scalars::text,
            "dockerfile_inline", Scalars::text,
            "args", environment::environment,
            "target", Scalars::text,
            "labels", Scalars::labels,
            "no_cache", Scalars::flag,
            "pull", Scalars::flag,
            "network", Scalars::text,
            "shm_size", Scalars::bytes);
    var unsupported =
        Set.of(
            "additional_contexts",
            "cache_from",
            "cache_to",
            "extra_hosts",
            "isolation",
            "platforms",
            "privileged",
            "secrets",
            "ssh",
            "tags",
            "ulimits",
            "entitlements",
            "provenance",
            "sbom");
    var build = (ObjectNode) Shape.object("`build`", keys, unsupported).read(value);
    var context = build.path("context").asText(".");
    if (ModelFiles.isRemote(context)) {
      throw value.place().error(ComposeError.COMPOSE_UNSUPPORTED, "a build context that is a URL");
    }
    if (build.path("args") instanceof ObjectNode args) {
      args.properties().removeIf(each -> each.getValue().isNull());
    }
    build.put("context", contextPlace(value).resolved(context));
    if (!build.has("dockerfile") && !build.has("dockerfile_inline")) {
      build.put("dockerfile", "Dockerfile");
    }
    return build;
  }

  private static Place contextPlace(Value build) {
    return Shape.mapping(build).get("context").orElse(build).place();
  }

  private static final Set<String> DEPLOY_UNSUPPORTED =
      Set.of(
          "mode",
          "endpoint_mode",
          "placement",
          "update_config",
          "rollback_config",
          "labels",
          "restart_policy");

  private static Map<String, Shape> deploy() {
    var limits =
        Shape.object(
            "`limits`",
            Map.of("cpus", Scalars::decimal, "memory", Scalars::bytes, "pids", Scalars::integer),
            Set.of("devices", "generic_resources"));
    var reservations =
        Shape.object(
            "`reservations`",
            Map.of("memory", Scalars::bytes),
            Set.of("cpus", "devices", "generic_resources"));
    var resources =
        Shape.object(
            "`resources`", Map.of("limits", limits, "reservations", reservations), Set.of());
    return Map.of("replicas", Scalars::integer, "resources", resources);
  }

  private static JsonNode ulimit(Value value) {
    return value instanceof Mapping
        ? Shape.object(
                "a limit", Map.of("soft", Scalars::integer, "hard", Scalars::integer), Set.of())
            .read(value)
        : Scalars.integer(value);
  }

  private static JsonNode pullPolicy(Value value) {
    var policy = Scalars.oneOf("always", "never", "missing", "if_not_present", "build").read(value);
    return policy.asText().equals("if_not_present") ? Shape.NODES.textNode("missing") : policy;
  }

  private static JsonNode restart(Value value) {
    var word = Scalars.word(value);
    if (word.equals("false") && value instanceof Scalar) {
      return Shape.NODES.textNode("no"); // `no` without quotes, in YAML of old
    }
    if (word.matches("no|always|unless-stopped|on-failure(:[0-9]{1,6})?")) {
      return Shape.NODES.textNode(word);
    }
    throw Shape.wrong(
        value,
        "when it is started again",
        "Write `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`.");
  }

  private static final Shape DEPENDENCY =
      Shape.object(
          "a dependency",
          Map.of(
              "condition",
                  Scalars.oneOf(
                      "service_started", "service_healthy", "service_completed_successfully"),
              "restart", Scalars::flag,
              "required", Scalars::flag),
          Set.of());

  private static JsonNode dependency(Value value) {
    var whole = value.isNothing() ? Shape.NODES.objectNode() : (ObjectNode) DEPENDENCY.read(value);
    if (!whole.has("condition")) {
      whole.put("condition", "service_started");
    }
    if (!whole.has("required")) {
      whole.put("required", true);
    }
    return whole;
  }
}
