package dev.hearth.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is asked of {@link Hearth#run}. Immutable; each method returns a changed copy.
 *
 * @param recipe the recipe file
 * @param parameters values for the recipe's declared parameters, not yet validated
 * @param grants what the recipe may do, each in the form of a flag without its {@code --allow-}:
 *     {@code proxmox:write}, {@code net=cloud.debian.org:443}, {@code all}
 * @param remember whether what the recipe declares and is granted now holds for its later runs
 * @param connections which connection a binding's default is, by binding
 * @param simulate run against simulators; no packet leaves the machine
 * @param simulatedWorld the file that the simulated world is loaded from and saved to
 * @param timeout stop the run after this long
 * @param onError what happens to finished steps after a failure; empty: as the recipe declares
 * @param diagnostics what is to be found out about the run beside its result
 */
public record RunRequest(
    Path recipe,
    Map<String, JsonNode> parameters,
    List<String> grants,
    boolean remember,
    Map<String, String> connections,
    boolean simulate,
    Optional<Path> simulatedWorld,
    Optional<Duration> timeout,
    Optional<OnError> onError,
    Diagnostics diagnostics) {

  /** What happens to finished steps when the run fails. */
  public enum OnError {
    /** They stay; the run can be resumed. */
    STOP,
    /** Their undo functions are called, last first. */
    UNDO,
    /** The user is asked; where nobody can be, they stay. */
    ASK
  }

  public RunRequest {
    parameters = Map.copyOf(parameters);
    grants = List.copyOf(grants);
    connections = Map.copyOf(connections);
  }

  public static RunRequest of(Path recipe) {
    return new RunRequest(
        recipe,
        Map.of(),
        List.of(),
        false,
        Map.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Diagnostics.NONE);
  }

  public RunRequest param(String name, String value) {
    return param(name, JsonNodeFactory.instance.textNode(value));
  }

  public RunRequest param(String name, long value) {
    return param(name, JsonNodeFactory.instance.numberNode(value));
  }

  public RunRequest param(String name, boolean value) {
    return param(name, JsonNodeFactory.instance.booleanNode(value));
  }

  /** A value that prints as {@code ***} from here on. */
  public RunRequest param(String name, Secret value) {
    return param(name, JsonNodeFactory.instance.pojoNode(value));
  }

  public RunRequest param(String name, JsonNode value) {
    var more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return with(copy -> copy.parameters = more);
  }

  /** Adds a grant such as {@code proxmox:write} or {@code net=cloud.debian.org:443}. */
  public RunRequest allow(String grant) {
    var more = new ArrayList<>(grants);
    more.add(grant);
    return with(copy -> copy.grants = more);
  }

  /**
   * Remembers what the recipe declares and is granted now, for as long as its files stay as they
   * are.
   */
  public RunRequest remembering() {
    return with(copy -> copy.remember = true);
  }

  /** Grants everything that can be granted. */
  public RunRequest allowAll() {
    return allow("all");
  }

  public RunRequest connection(String binding, String name) {
    var more = new LinkedHashMap<>(connections);
    more.put(binding, name);
    return with(copy -> copy.connections = more);
  }

  public RunRequest simulated() {
    return with(copy -> copy.simulate = true);
  }

  /** Simulated, in a world that is kept in {@code file} between runs. */
  public RunRequest simulatedIn(Path file) {
    return simulated().with(copy -> copy.simulatedWorld = Optional.of(file));
  }

  public RunRequest timeout(Duration limit) {
    return with(copy -> copy.timeout = Optional.of(limit));
  }

  public RunRequest onError(OnError choice) {
    return with(copy -> copy.onError = Optional.of(choice));
  }

  /** With more told to the listener than happens in any run. */
  public RunRequest diagnosed(Diagnostics what) {
    return with(copy -> copy.diagnostics = what);
  }

  private RunRequest with(Consumer<Copy> change) {
    var copy = new Copy(this);
    change.accept(copy);
    return copy.done();
  }

  /** A request that is being changed. */
  private static final class Copy {
    private final Path recipe;
    private Map<String, JsonNode> parameters;
    private List<String> grants;
    private boolean remember;
    private Map<String, String> connections;
    private boolean simulate;
    private Optional<Path> simulatedWorld;
    private Optional<Duration> timeout;
    private Optional<OnError> onError;
    private Diagnostics diagnostics;

    Copy(RunRequest of) {
      recipe = of.recipe;
      parameters = of.parameters;
      grants = of.grants;
      remember = of.remember;
      connections = of.connections;
      simulate = of.simulate;
      simulatedWorld = of.simulatedWorld;
      timeout = of.timeout;
      onError = of.onError;
      diagnostics = of.diagnostics;
    }

    RunRequest done() {
      return new RunRequest(
          recipe,
          parameters,
          grants,
          remember,
          connections,
          simulate,
          simulatedWorld,
          timeout,
          onError,
          diagnostics);
    }
  }
}
