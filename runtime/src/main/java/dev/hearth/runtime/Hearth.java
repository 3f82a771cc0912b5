package dev.hearth.runtime;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.engine.BlankRealm;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterPrompt;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.run.FailurePrompt;
import dev.hearth.runtime.run.HearthLog;
import dev.hearth.runtime.run.IdentitySeal;
import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.runtime.run.RunLocks;
import dev.hearth.runtime.run.RunPreparation;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.RunTakeUp;
import dev.hearth.runtime.run.SessionPreparation;
import dev.hearth.runtime.run.Simulation;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.IdentityFile;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.spi.Binding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs recipes from a Java program.
 *
 * <pre>{@code
 * var hearth = Hearth.builder().build();
 * var result = hearth.run(RunRequest.of(Path.of("template.js")).param("node", "pve").simulated());
 * System.out.println(result.value());
 * }</pre>
 *
 * <p>One instance may run any number of recipes, also at once; it keeps nothing open between them.
 */
public final class Hearth {
  private final Surroundings surroundings;

  private Hearth(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** This Hearth's version, such as {@code 0.1.0}. */
  public static String version() {
    try (var in = Hearth.class.getResourceAsStream("version")) {
      if (in == null) {
        throw new IllegalStateException("The version is missing from this build of Hearth.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a recipe and waits for its end; see {@link #start}. */
  public RunResult run(RunRequest request) throws InterruptedException {
    return run(request, event -> {});
  }

  /** Runs a recipe and waits for its end; see {@link #start}. Interrupting stops the recipe. */
  public RunResult run(RunRequest request, Consumer<RunEvent> listener)
      throws InterruptedException {
    var run = start(request, listener);
    try {
      return run.await();
    } catch (InterruptedException e) {
      run.stop();
      throw e;
    }
  }

  /**
   * Settles parameters and grants on this thread, then runs the recipe on one of its own.
   *
   * @param listener is told what happens, in order, on the run's threads
   * @throws HearthException when nothing was run: the recipe cannot be read, a parameter is wrong,
   *     or something was not granted. What goes wrong later is in the {@link RunResult}.
   */
  public LiveRun start(RunRequest request, Consumer<RunEvent> listener)
      throws InterruptedException {
    var input =
        ParameterInput.none()
            .caller(request.parameters())
            .environment(surroundings.environment()::get);
    return start(request, input, listener);
  }

  /**
   * As {@link #start(RunRequest, Consumer)}, with the parameters from {@code input} instead of the
   * request's; for front doors with flags and files of their own.
   */
  public LiveRun start(RunRequest request, ParameterInput input, Consumer<RunEvent> listener)
      throws InterruptedException {
    if (request.diagnostics().inspect().isEmpty()) {
      BlankRealm.prepare();
    }
    return opened(
        request.simulate(),
        request.simulatedWorld(),
        (simulation, end) ->
            new LiveRun(preparation().prepare(request, input, simulation, listener), end));
  }

  /**
   * Goes on with a run that stopped half-way, or takes it back: the recipe goes through what was
   * done, and finished steps return what they returned then.
   *
   * @param listener is told what happens, in order, on the run's threads
   * @throws HearthException when nothing was run or undone: there is no such run, it is running,
   *     its recipe has changed, or nobody knows what became of a step
   */
  public LiveRun takeUp(TakeUpRequest request, Consumer<RunEvent> listener)
      throws InterruptedException {
    var takeUp = RunTakeUp.of(request, surroundings.runs());
    BlankRealm.prepare();
    return opened(
        takeUp.request().simulate(),
        takeUp.request().simulatedWorld(),
        (simulation, end) -> new LiveRun(preparation().prepare(takeUp, simulation, listener), end));
  }

  /** Opens a session. Close it, so that a simulated world is saved. */
  public Session session(SessionRequest request, Consumer<RunEvent> listener) {
    return opened(
        request.simulate(),
        request.simulatedWorld(),
        (simulation, end) -> new Session(sessions().session(request, simulation, listener), end));
  }

  /**
   * Opens a session for a file of tests, in a simulated world that outlives it. It gets what is
   * granted and no more; for {@code hearth test}.
   *
   * @param grants as in {@link RunRequest}
   */
  public Session testSession(
      Path file,
      List<String> grants,
      Diagnostics diagnostics,
      Simulation world,
      Consumer<RunEvent> listener) {
    return new Session(sessions().tests(file, grants, diagnostics, world, listener), () -> {});
  }

  /**
   * As {@link #start(RunRequest, Consumer)}, in a simulated world that outlives the run; for the
   * recipes that tests run.
   */
  public LiveRun startIn(Simulation world, RunRequest request, Consumer<RunEvent> listener)
      throws InterruptedException {
    return startIn(world, request, ParameterInput.none().caller(request.parameters()), listener);
  }

  /** As {@link #startIn(Simulation, RunRequest, Consumer)}, with the parameters from elsewhere. */
  public LiveRun startIn(
      Simulation world, RunRequest request, ParameterInput input, Consumer<RunEvent> listener)
      throws InterruptedException {
    var run = preparation().prepare(request, input, Optional.of(world), listener);
    return new LiveRun(run, () -> {});
  }

  private SessionPreparation sessions() {
    return new SessionPreparation(surroundings);
  }

  private RunPreparation preparation() {
    return new RunPreparation(surroundings);
  }

  /** What is opened in a simulated world ends that world; what cannot be opened closes it. */
  private <T, E extends Exception> T opened(
      boolean simulate, Optional<Path> world, Opening<T, E> opening) throws E {
    var simulation =
        simulate
            ? Optional.of(Simulation.start(surroundings, world, surroundings.clock()))
            : Optional.<Simulation>empty();
    var complete = false;
    try {
      var opened = opening.open(simulation, () -> simulation.ifPresent(Simulation::end));
      complete = true;
      return opened;
    } finally {
      if (!complete) {
        simulation.ifPresent(Simulation::close);
      }
    }
  }

  @FunctionalInterface
  private interface Opening<T, E extends Exception> {
    T open(Optional<Simulation> simulation, Runnable end) throws E;
  }

  /** What the parts of Hearth share; for the command line, not for programs that embed it. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Chooses what differs from a user's ordinary Hearth. */
  public static final class Builder {
    private @Nullable Collection<Binding> bindings;
    private @Nullable Path home;
    private @Nullable GrantPrompt grantPrompt;
    private @Nullable ParameterPrompt parameterPrompt;
    private @Nullable FailurePrompt failurePrompt;
    private @Nullable RecipePrompt recipePrompt;
    private Environment environment = Environment.system();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Clock clock = Clock.system();
    private HearthLog log = HearthLog.NONE;

    private Builder() {}

    /** Just these bindings, instead of all that are on the class path. */
    public Builder bindings(Collection<Binding> these) {
      bindings = these;
      return this;
    }

    /** Keeps settings, connections and journals in this folder instead of the user's. */
    public Builder home(Path folder) {
      home = folder;
      return this;
    }

    /** Asks for what a recipe declares and nobody granted; without one it is refused. */
    public Builder grantPrompt(GrantPrompt prompt) {
      grantPrompt = prompt;
      return this;
    }

    /** Asks for required parameters that have no value; without one they are errors. */
    public Builder parameterPrompt(ParameterPrompt prompt) {
      parameterPrompt = prompt;
      return this;
    }

    /** Asks what becomes of a run that failed, where the recipe or the request wants that. */
    public Builder failurePrompt(FailurePrompt prompt) {
      failurePrompt = prompt;
      return this;
    }

    /** Asks what recipes want to know by {@code hearth:ui}. */
    public Builder recipePrompt(RecipePrompt prompt) {
      recipePrompt = prompt;
      return this;
    }

    /** Other environment variables than this process's. */
    public Builder environment(Environment other) {
      environment = other;
      return this;
    }

    /**
     * Sets one thing, such as {@code limits.operations} to {@code 64}; stronger than the
     * environment and all files. A wrong one fails each run with {@code settings.wrong}.
     */
    public Builder setting(String key, String value) {
      settings.put(key, value);
      return this;
    }

    /** Tells this log how Hearth itself fails; without one nothing of that is kept. */
    public Builder log(HearthLog other) {
      log = other;
      return this;
    }

    /** Another time than the machine's; for tests. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    private Optional<Path> identity(Places places) {
      return Places.resolve(ofUser(places).get(Setting.SECRETS_IDENTITY), environment);
    }

    private Settings ofUser(Places places) {
      return Settings.ofUser(settings, environment, places.config());
    }

    public Hearth build() {
      var places = home == null ? Places.of(environment) : Places.in(home);
      var identity = new IdentityFile(places.config(), () -> identity(places));
      var secrets = new FileSecretStore(places.config(), identity);
      return new Hearth(
          new Surroundings(
              version(),
              bindings == null ? Bindings.installed() : Bindings.of(bindings),
              places,
              new RunStore(places.state(), clock, new IdentitySeal(identity)),
              new RunLocks(places.state(), clock),
              secrets,
              new Connections(
                  places.config(), secrets, environment, () -> ofUser(places).profileConnections()),
              new GraalModuleParser(),
              new LocalSources(),
              new SystemNet(SystemNet.DEFAULT_TIMEOUT, environment),
              environment,
              clock,
              Map.copyOf(settings),
              log,
              Optional.ofNullable(grantPrompt),
              Optional.ofNullable(parameterPrompt),
              Optional.ofNullable(failurePrompt),
              Optional.ofNullable(recipePrompt)));
    }
  }
}
