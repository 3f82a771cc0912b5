package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Entry;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the canonical model of what was written, and refuses what is not among it. */
public final class ProjectReader {
  private static final Set<String> UNSUPPORTED = Set.of("models");
  private static final Set<String> KEYS =
      Set.of("name", "version", "services", "networks", "volumes", "configs", "secrets");

  private static final Shape VOLUME =
      Shape.object(
          "a volume",
          Map.of(
              "name", Scalars::text,
              "driver", Scalars::text,
              "driver_opts", Scalars::named,
              "external", Scalars::flag,
              "labels", Scalars::labels),
          Set.of());

  private final ComposeSource source;
  private final Mapping model;
  private final Map<String, ObjectNode> services = new LinkedHashMap<>();
  private final Findings findings = new Findings();

  private ProjectReader(ComposeSource source) {
    this.source = source;
    this.model = source.model();
  }

  /** The model of these files. */
  public static Project read(ComposeSource source) {
    return new ProjectReader(source).project();
  }

  private Project project() {
    model
        .entries()
        .forEach(
            (key, entry) -> {
              if (UNSUPPORTED.contains(key)) {
                findings.add(entry.key().error(ComposeError.COMPOSE_UNSUPPORTED, key));
              } else if (!KEYS.contains(key) && !key.startsWith("x-")) {
                findings.add(Shape.unknown(entry.key(), "a Compose file", key, KEYS));
              }
            });
    findings.without(source::requireOwn);
    findings.without(this::readServices);
    var data = Shape.NODES.objectNode().put("name", source.name());
    var chosen = data.putObject("services");
    services.forEach(
        (name, service) -> {
          if (isOn(name, service)) {
            chosen.set(name, service);
          }
        });
    var written = entries("services").keySet();
    var references = new References(source, data, services.keySet(), written);
    references.check(findings);
    resources("networks", Networks.OF_MODEL, data);
    resources("volumes", VOLUME, data);
    resources("configs", file(true), data);
    resources("secrets", file(false), data);
    findings.raise();
    references.keepUsed();
    model
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.startsWith("x-")) {
                data.set(key, entry.value().json());
              }
            });
    return new Project(
        source.name(), source.path(), source.files(), data, new TreeSet<>(services.keySet()));
  }

  private void readServices() {
    var reader = new ServiceReader(new EnvironmentReader(source.reader()));
    entries("services")
        .forEach(
            (name, entry) ->
                findings.without(
                    () -> {
                      requireName(entry.key(), name);
                      services.put(
                          name, new ServiceDefaults(entry, reader.read(entry.value())).applied());
                    }));
  }

  private Map<String, Entry> entries(String key) {
    return model
        .get(key)
        .filter(value -> !value.isNothing())
        .map(value -> Shape.mapping(value).entries())
        .orElse(Map.of());
  }

  private static void requireName(Place place, String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]*")) {
      throw place.error(
          ComposeError.COMPOSE_VALUE,
          "`" + dev.hearth.runtime.permission.VisibleText.of(name) + "` cannot be a name",
          "Use letters, digits, `.`, `_` and `-`.");
    }
  }

  private boolean isOn(String name, ObjectNode service) {
    var profiles = service.path("profiles");
    if (profiles.isEmpty() || source.request().servicesOrAll().contains(name)) {
      return true;
    }
    var on = new HashSet<>(source.profiles());
    if (on.contains("*")) {
      return true;
    }
    for (var profile : profiles) {
      if (on.contains(profile.asText())) {
        return true;
      }
    }
    return false;
  }

  private Shape file(boolean hasContent) {
    var keys = new LinkedHashMap<String, Shape>();
    keys.put("name", Scalars::text);
    keys.put("file", value -> Shape.NODES.textNode(value.place().resolved(Scalars.word(value))));
    keys.put("environment", Scalars::text);
    if (hasContent) {
      keys.put("content", Scalars::text);
    }
    return Shape.object(
        hasContent ? "a config" : "a secret",
        keys,
        Set.of("external", "driver", "driver_opts", "labels", "template_driver"));
  }

  /** Each with its name, which has the project's in front unless it is not the project's. */
  private void resources(String kind, Shape shape, ObjectNode data) {
    var all = data.putObject(kind);
    findings.without(
        () ->
            entries(kind)
                .forEach(
                    (key, entry) ->
                        findings.without(() -> all.set(key, resource(key, entry, shape)))));
    if (kind.equals("networks") && !all.has("default")) {
      all.putObject("default").put("name", source.name() + "_default");
    }
  }

  private ObjectNode resource(String key, Entry entry, Shape shape) {
    requireName(entry.key(), key);
    var resource =
        entry.value().isNothing()
            ? Shape.NODES.objectNode()
            : (ObjectNode) shape.read(entry.value());
    if (!resource.has("name")) {
      boolean isExternal = resource.path("external").asBoolean(false);
      resource.put("name", isExternal ? key : source.name() + "_" + key);
    }
    if (!resource.path("external").asBoolean(true)) {
      resource.remove("external");
    }
    return resource;
  }
}
