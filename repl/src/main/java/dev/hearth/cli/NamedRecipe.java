package dev.hearth.cli;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterSchema;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.runtime.settings.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The recipe that a command line names, read and not run.
 *
 * @param typed its file as it was typed
 */
record NamedRecipe(String typed, RecipeFile file, ParameterSchema schema) {

  /** The recipe among the arguments: the first that is neither an option nor an option's value. */
  static Optional<NamedRecipe> among(List<String> arguments, CommandSpec spec) {
    return TypedArguments.of(arguments, spec).stream().findFirst().map(NamedRecipe::read);
  }

  /**
   * Reads it.
   *
   * @throws HearthException {@code cli.recipe-from-input} for {@code -}, and as {@link
   *     RecipeFile#read} does
   */
  static NamedRecipe read(String typed) {
    refuseInput(typed);
    var file = RecipeFile.read(Path.of(typed), new LocalSources(), new GraalModuleParser());
    return new NamedRecipe(typed, file, file.parameters());
  }

  /** A recipe is a file: what it imports stands beside it, and its run is kept under its path. */
  static void refuseInput(String typed) {
    if (typed.equals("-")) {
      throw new HearthException(CliError.RECIPE_FROM_INPUT);
    }
  }

  RecipeFlags flags() {
    return new RecipeFlags(schema);
  }

  /**
   * The values of its parameters as they were typed, and as the environment has them.
   *
   * @param typed the command up to where the parameters begin, for errors
   * @param others how many arguments stand before those of the recipe
   */
  ParameterInput input(Invocation invocation, String typed, int others) {
    return flags()
        .read(invocation.parsed(), typed, others)
        .environment(invocation.environment()::get);
  }

  /** What it asks to be allowed to do. */
  List<Permission> permissions() {
    var folder = Path.of(typed).toAbsolutePath().normalize().getParent();
    return file.permissions(
        PermissionParser.relativeTo(folder == null ? Path.of("/") : folder)
            .home(Places.home(Environment.system())));
  }

  RecipeHelp help() {
    return help("hearth run " + typed);
  }

  /**
   * Its help.
   *
   * @param command as it is typed, up to where the parameters begin
   */
  RecipeHelp help(String command) {
    return new RecipeHelp(command, this);
  }
}
