package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Clusters, users and contexts by name, of one file or of several that are merged as kubectl does:
 * the first file that has a name wins, and so does the first current context.
 */
final class Kubeconfig {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int ALIASES = 50;

  private final Map<String, Entry> clusters = new LinkedHashMap<>();
  private final Map<String, Entry> users = new LinkedHashMap<>();
  private final Map<String, Entry> contexts = new LinkedHashMap<>();
  private final List<String> sources = new ArrayList<>();
  private String current = "";

  /**
   * One entry.
   *
   * @param folder what relative paths in it start from
   */
  record Entry(String name, JsonNode content, Path folder) {
    String text(String key) {
      return content.path(key).asText("").strip();
    }
  }

  private Kubeconfig() {}

  /** What kubectl would read: the files of {@code KUBECONFIG}, else {@code ~/.kube/config}. */
  static Kubeconfig usual(Effects user) {
    var merged = new Kubeconfig();
    for (var file : usualFiles(user)) {
      if (user.files().exists(file)) {
        merged.add(user.files().readText(file), "`" + file + "`", folder(file));
      }
    }
    return merged;
  }

  static Kubeconfig file(Path file, Effects effects) {
    if (!effects.files().exists(file)) {
      throw new HearthException(KubernetesError.KUBECONFIG_MISSING, file)
          .with("field", "kubeconfig");
    }
    return of(effects.files().readText(file), "`" + file + "`", folder(file));
  }

  /**
   * One file.
   *
   * @param source where it is from, for messages
   * @param folder what relative paths in it start from
   */
  static Kubeconfig of(String yaml, String source, Path folder) {
    var read = new Kubeconfig();
    read.add(yaml, source, folder);
    return read;
  }

  /** One that came as a text; files that it names have to be absolute. */
  static Kubeconfig text(String yaml) {
    return of(yaml, "of the connection", Path.of("/"));
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
  }

  private static List<Path> usualFiles(Effects user) {
    var named = user.environment().get("KUBECONFIG").filter(text -> !text.isBlank());
    if (named.isEmpty()) {
      return List.of(home(user).resolve(".kube").resolve("config"));
    }
    var files = new ArrayList<Path>();
    for (var part : named.get().split(":", -1)) {
      if (!part.isBlank()) {
        files.add(path(part, Path.of("").toAbsolutePath(), user));
      }
    }
    return files.stream().distinct().toList();
  }

  static Path home(Effects user) {
    return Path.of(
            user.environment()
                .get("HOME")
                .filter(home -> home.startsWith("/"))
                .orElseGet(() -> System.getProperty("user.home", "/")))
        .normalize();
  }

  /** A path as people write it, from a folder on. */
  static Path path(String text, Path folder, Effects user) {
    try {
      var path = text.startsWith("~/") ? home(user).resolve(text.substring(2)) : Path.of(text);
      return folder.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new HearthException(
              KubernetesError.KUBECONFIG_MISSING, text.replaceAll("\\p{Cntrl}", "?"))
          .causedBy(e);
    }
  }

  private void add(String yaml, String source, Path folder) {
    var root = parse(yaml, source);
    sources.add(source);
    put(clusters, root.path("clusters"), "cluster", source, folder);
    put(users, root.path("users"), "user", source, folder);
    put(contexts, root.path("contexts"), "context", source, folder);
    if (current.isEmpty()) {
      current = root.path("current-context").asText("");
    }
  }

  private static JsonNode parse(String yaml, String source) {
    try {
      var settings =
          LoadSettings.builder()
              .setMaxAliasesForCollections(ALIASES)
              .setLabel("kubeconfig")
              .build();
      var loaded = MAPPER.<JsonNode>valueToTree(new Load(settings).loadFromString(yaml));
      if (loaded.isNull()) {
        return MissingNode.getInstance();
      }
      if (!loaded.isObject()) {
        throw new HearthException(KubernetesError.KUBECONFIG_WRONG, source, "it is no map");
      }
      return loaded;
    } catch (YamlEngineException | IllegalArgumentException e) {
      // What the parser says may quote the line, and so a token.
      throw new HearthException(KubernetesError.KUBECONFIG_WRONG, source, "it is no YAML")
          .causedBy(e);
    }
  }

  private static void put(
      Map<String, Entry> into, JsonNode list, String kind, String source, Path folder) {
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw new HearthException(
          KubernetesError.KUBECONFIG_WRONG, source, "`" + kind + "s` is no list");
    }
    for (var each : list) {
      var name = each.path("name").asText("");
      if (!name.isEmpty()) {
        into.putIfAbsent(name, new Entry(name, each.path(kind), folder));
      }
    }
  }

  boolean isEmpty() {
    return contexts.isEmpty() && clusters.isEmpty();
  }

  boolean hasContext(String name) {
    return contexts.containsKey(name);
  }

  String current() {
    return current;
  }

  /** A context; the current one for an empty name. */
  Context context(String name) {
    var wanted = name.isEmpty() ? current : name;
    if (wanted.isEmpty()) {
      throw new HearthException(KubernetesError.NO_CONTEXT, where())
          .with("contexts", contexts.keySet());
    }
    var context = contexts.get(wanted);
    if (context == null) {
      throw new HearthException(KubernetesError.CONTEXT_UNKNOWN, wanted, where())
          .with("contexts", List.copyOf(contexts.keySet()))
          .with("field", "context");
    }
    return new Context(
        context,
        required(clusters, context, "cluster"),
        context.text("user").isEmpty()
            ? new Entry("", MissingNode.getInstance(), Path.of("/"))
            : required(users, context, "user"));
  }

  private Entry required(Map<String, Entry> among, Entry context, String kind) {
    var name = context.text(kind);
    var entry = among.get(name);
    if (entry == null) {
      throw new HearthException(
          KubernetesError.KUBECONFIG_WRONG,
          where(),
          "the context `%s` names the %s `%s`, which it lacks"
              .formatted(context.name(), kind, name));
    }
    return entry;
  }

  String where() {
    return sources.isEmpty() ? "`~/.kube/config`" : String.join(" and ", sources);
  }

  /** A context with what it leads to. */
  record Context(Entry context, Entry cluster, Entry user) {}
}
