package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.module.ModuleParser;
import dev.hearth.runtime.param.ParameterPrompt;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Cache;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.ProgramFolder;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.runtime.spi.UserFile;
import dev.hearth.runtime.storage.JsonFile;
import java.util.Map;
import java.util.Optional;

/**
 * What all runs of one Hearth share.
 *
 * @param version of Hearth, for journals
 * @param settings what the caller set itself, by key; stronger than all files
 * @param log hears how Hearth itself fails
 * @param grantPrompt asks for what was not granted; empty: it is refused
 * @param parameterPrompt asks for missing parameters; empty: they are errors
 * @param failurePrompt asks what becomes of a run that failed; empty: it stops
 * @param recipePrompt asks what recipes want to know; empty: nobody can be asked
 */
public record Surroundings(
    String version,
    Bindings bindings,
    Places places,
    RunStore runs,
    RunLocks locks,
    FileSecretStore secrets,
    Connections connections,
    ModuleParser parser,
    SourceFiles sources,
    Net net,
    Environment environment,
    Clock clock,
    Map<String, String> settings,
    HearthLog log,
    Optional<GrantPrompt> grantPrompt,
    Optional<ParameterPrompt> parameterPrompt,
    Optional<FailurePrompt> failurePrompt,
    Optional<RecipePrompt> recipePrompt) {

  /**
   * What a binding keeps from run to run.
   *
   * @param told hears why something of it was not used
   */
  public Cache cache(Binding binding, OpContext.Log told) {
    return new CacheFolder(places.cache(), binding.name(), told);
  }

  /** The programs that a binding installed. */
  ProgramFolder programs(Binding binding) {
    return BindingPrograms.of(places.data(), binding);
  }

  /**
   * What the user wrote down for a binding.
   *
   * @throws dev.hearth.runtime.HearthException where that cannot be read
   */
  private Optional<UserFile> userFile(Binding binding) {
    return binding
        .userFile()
        .map(name -> JsonFile.own(places.config().resolve(name)))
        .filter(JsonFile::exists)
        .map(JsonFile::read)
        .map(read -> new UserFile(read.file(), read.text()));
  }

  /** A connection with what the user wrote down for its binding. */
  Connection completed(Binding binding, Connection connection) {
    return userFile(binding).map(file -> binding.completed(connection, file)).orElse(connection);
  }

  /** What simulates a binding's system; empty for one that has no simulator. */
  public Optional<SimulatorFactory> simulator(Binding binding) {
    try {
      return userFile(binding).map(binding::simulator).orElseGet(binding::simulator);
    } catch (HearthException e) { // told by whoever uses the binding, which a run may never do
      return binding.simulator();
    }
  }
}
