package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.docker.compose.ComposeError;
import dev.hearth.stdlib.docker.compose.ComposeSource;
import dev.hearth.stdlib.docker.compose.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compose as Docker's own plug-in does it. Its words for people are only shown to people. */
final class ComposeByPlugin implements ComposeWay {
  private static final byte[] NOTHING = {};

  /** What it prints although nobody wrote it, and says nothing. */
  private static final List<String> PRINTED_EMPTY =
      List.of("bind", "ipam", "placement", "resources", "volume");

  /** Where it says that something is wrong: {@code services.web.ports}, {@code service "web"}. */
  private static final Pattern PATH =
      Pattern.compile(
          "\\b((?:services|networks|volumes|configs|secrets)\\.[A-Za-z0-9_.\\[\\]-]*[A-Za-z0-9\\]])");

  private static final Pattern SERVICE = Pattern.compile("service \"([^\"]+)\"( depends on)?");
  private static final Pattern UNKNOWN_KEY =
      Pattern.compile("[Aa]dditional propert\\w+ '?([^ ']+)'?");

  private final ComposePlugin plugin;
  private final ComposeSource source;

  ComposeByPlugin(ComposePlugin plugin, ComposeSource source) {
    this.plugin = plugin;
    this.source = source;
  }

  @Override
  public Through through() {
    return Through.plugin;
  }

  @Override
  public ObjectNode config() throws InterruptedException {
    var outcome = run("config", "--format", "json");
    try {
      return (ObjectNode) withPlainDollars(Engine.MAPPER.readTree(outcome.outputText()));
    } catch (JacksonException e) {
      throw failed("config", outcome).causedBy(e);
    }
  }

  /** It prints a model that can be read again, in which a dollar sign is written as two. */
  private static JsonNode withPlainDollars(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(each -> each.setValue(withPlainDollars(each.getValue())));
      PRINTED_EMPTY.stream().filter(key -> isEmptyMap(object.path(key))).forEach(object::remove);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withPlainDollars(array.get(i)));
      }
    } else if (node.isTextual()) {
      return Engine.MAPPER.getNodeFactory().textNode(node.textValue().replace("$$", "$"));
    }
    return node;
  }

  private static boolean isEmptyMap(JsonNode node) {
    return node.isObject() && node.isEmpty();
  }

  /** One that lives with another container is hashed with that one's id. */
  @Override
  public Map<String, String> hashes(ObjectNode model, ComposeState state)
      throws InterruptedException {
    var hashes = hashes(run("config", "--hash", "*"));
    var over = Engine.MAPPER.createObjectNode();
    for (var each : model.path("services").properties()) {
      var living = living(each.getValue(), state);
      if (!living.isEmpty()) {
        living.set("depends_on", each.getValue().path("depends_on"));
        over.set(each.getKey(), living);
      }
    }
    if (!over.isEmpty()) {
      var again = hashes(runOver(over));
      over.fieldNames().forEachRemaining(each -> hashes.put(each, again.getOrDefault(each, "")));
    }
    return hashes;
  }

  private static ObjectNode living(JsonNode service, ComposeState state) {
    var living = Engine.MAPPER.createObjectNode();
    Sharing.of(service)
        .forEach(
            (key, other) ->
                state.of(other).stream()
                    .findFirst()
                    .ifPresent(with -> living.put(key, "container:" + with.id())));
    return living;
  }

  /** Hashes of the model with these keys of services over it. */
  private ProcessOutcome runOver(ObjectNode services) throws InterruptedException {
    var verb = List.of("config", "--hash", "*");
    var model = source.request().model();
    if (model instanceof ObjectNode given) {
      var all = given.deepCopy();
      services
          .properties()
          .forEach(
              each ->
                  all.withObject("/services/" + each.getKey())
                      .setAll((ObjectNode) each.getValue()));
      return run(global(), all.toString().getBytes(StandardCharsets.UTF_8), verb);
    }
    var words = global();
    words.add("--file=-");
    var over = Engine.MAPPER.createObjectNode();
    over.set("services", services);
    return run(words, over.toString().getBytes(StandardCharsets.UTF_8), verb);
  }

  /** One line a service: its name and its hash. */
  private static Map<String, String> hashes(ProcessOutcome outcome) {
    var hashes = new LinkedHashMap<String, String>();
    outcome
        .outputText()
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> hashes.put(words[0], words[1].strip()));
    return hashes;
  }

  /** The plug-in finds out by doing it. */
  @Override
  public void check(Up options) {}

  @Override
  public void up(Up options) throws InterruptedException {
    var words = new ArrayList<>(List.of("up", "--detach", "--quiet-pull"));
    if (options.build()) {
      words.add("--build");
    }
    if (options.removeOrphans()) {
      words.add("--remove-orphans");
    }
    switch (options.recreate()) {
      case always -> words.add("--force-recreate");
      case never -> words.add("--no-recreate");
      case changed -> {}
    }
    options.scale().forEach((service, count) -> words.add("--scale=" + service + "=" + count));
    grace(words, options.grace());
    run(words, options.services());
  }

  @Override
  public void down(Down options) throws InterruptedException {
    var words = new ArrayList<>(List.of("down"));
    if (options.volumes()) {
      words.add("--volumes");
    }
    if (options.images() != null) {
      words.add("--rmi=" + options.images());
    }
    if (options.removeOrphans()) {
      words.add("--remove-orphans");
    }
    grace(words, options.grace());
    run(words, List.of());
  }

  @Override
  public void start(List<String> services) throws InterruptedException {
    run(List.of("start"), services);
  }

  @Override
  public void stop(List<String> services, @Nullable Duration grace) throws InterruptedException {
    var words = new ArrayList<>(List.of("stop"));
    grace(words, grace);
    run(words, services);
  }

  @Override
  public void restart(List<String> services, @Nullable Duration grace) throws InterruptedException {
    var words = new ArrayList<>(List.of("restart"));
    grace(words, grace);
    run(words, services);
  }

  @Override
  public void pull(List<String> services) throws InterruptedException {
    run(List.of("pull", "--quiet"), services);
  }

  @Override
  public void build(List<String> services, boolean isAnew) throws InterruptedException {
    run(isAnew ? List.of("build", "--no-cache", "--quiet") : List.of("build", "--quiet"), services);
  }

  private static void grace(List<String> words, @Nullable Duration grace) {
    if (grace != null) {
      words.add("--timeout=" + Math.ceilDiv(grace.toMillis(), 1000L));
    }
  }

  /** Names of services come behind `--`, so that none of them is an option. */
  private void run(List<String> verb, List<String> services) throws InterruptedException {
    var words = new ArrayList<>(verb);
    words.add("--");
    words.addAll(services);
    run(words.toArray(String[]::new));
  }

  private ProcessOutcome run(String... verb) throws InterruptedException {
    var model = source.request().model();
    byte[] input = model == null ? NOTHING : model.toString().getBytes(StandardCharsets.UTF_8);
    return run(global(), input, List.of(verb));
  }

  private ProcessOutcome run(List<String> global, byte[] input, List<String> verb)
      throws InterruptedException {
    var outcome = plugin.run(global, source.variablesOfModel(), input, verb);
    if (!outcome.succeeded()) {
      throw failed(verb.getFirst(), outcome);
    }
    return outcome;
  }

  private List<String> global() {
    var words = new ArrayList<>(List.of("--ansi=never", "--project-name=" + source.name()));
    words.add("--project-directory=" + source.path());
    if (source.request().model() == null) {
      source.files().forEach(file -> words.add("--file=" + file));
    } else {
      words.add("--file=-");
    }
    var variableFiles = source.variableFiles();
    variableFiles.forEach(file -> words.add("--env-file=" + file));
    if (variableFiles.isEmpty()) {
      words.add("--env-file=/dev/null");
    }
    source.profiles().forEach(profile -> words.add("--profile=" + profile));
    return words;
  }

  private HearthException failed(String verb, ProcessOutcome outcome) {
    var lines = outcome.errorText().strip().lines().filter(line -> !line.isBlank()).toList();
    var words = lines.isEmpty() ? "status " + outcome.exitStatus() : lines.getLast().strip();
    var said = VisibleText.of(words.replaceFirst("\\.$", ""));
    var error =
        isOfModel(outcome, verb)
            ? source.place(path(said)).error(ComposeError.COMPOSE_REFUSED, said)
            : new HearthException(ComposeError.COMPOSE_FAILED, verb, said);
    return error
        .with("exitCode", outcome.exitStatus())
        .with("stderr", VisibleText.of(String.join("\n", lines)));
  }

  /** It ends with 15 for a model that it refuses, as other verbs do with 1. */
  private static boolean isOfModel(ProcessOutcome outcome, String verb) {
    return outcome.exitStatus() == 15 || verb.equals("config");
  }

  private static String path(String said) {
    var path = PATH.matcher(said);
    var service = SERVICE.matcher(said);
    var found =
        path.find()
            ? path.group(1)
            : service.find()
                ? "services." + service.group(1) + (service.group(2) == null ? "" : ".depends_on")
                : "";
    var key = UNKNOWN_KEY.matcher(said);
    return key.find() ? found + (found.isEmpty() ? "" : ".") + key.group(1) : found;
  }
}
