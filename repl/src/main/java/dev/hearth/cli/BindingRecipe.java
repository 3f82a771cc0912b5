package dev.hearth.cli;

import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.storage.PrivateFile;
import dev.hearth.runtime.storage.PrivateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs the recipe of a command that a binding brings. It is as much Hearth as a command in Java is,
 * so it may what the user may and nobody is asked; only what it says is shown, not that it runs.
 */
final class BindingRecipe implements Command {
  private final BindingCommand command;
  private final Optional<NamedRecipe> recipe;

  BindingRecipe(BindingCommand command) {
    this(command, Optional.empty());
  }

  private BindingRecipe(BindingCommand command, Optional<NamedRecipe> recipe) {
    this.command = command;
    this.recipe = recipe;
  }

  /** The recipe of a command, which takes a parser of JavaScript. */
  static NamedRecipe read(BindingCommand command) {
    var file = RecipeFile.of(command.file(), command.recipe(), new GraalModuleParser());
    return new NamedRecipe(command.file(), file, file.parameters());
  }

  @Override
  public CommandSpec spec() {
    var spec = otherOptions().build();
    recipe.ifPresent(named -> named.flags().addTo(spec));
    return spec;
  }

  private static Spec otherOptions() {
    return WorldFlags.describeWorld(
        new Spec().option("--timeout", "DURATION", "Stop after this long, such as 5m."));
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public boolean runsJavaScript() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of();
  }

  @Override
  public Given given(List<String> arguments) {
    var read = new BindingRecipe(command, Optional.of(read(command)));
    return new Given(read, WorldFlags.attachEmptyValue(arguments));
  }

  @Override
  public HelpPage help(NamedCommand name) {
    return recipe.orElseThrow().help(typed(name)).page(CommandHelp.options(otherOptions().build()));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var asked = RunFlags.of(invocation).request(file(invocation), invocation).allowAll();
    var request = WorldFlags.of(invocation).in(asked);
    var input = recipe.orElseThrow().input(invocation, typed(command), 0);
    return new LiveRunView(invocation.quieter())
        .follow((hearth, heard) -> hearth.start(request, input, heard));
  }

  /** A run is of a file, which an undo can read again; it is written anew each time. */
  private Path file(Invocation invocation) {
    var cache = new PrivateFolder(Places.of(invocation.environment()).cache());
    var folder = cache.in("commands").in(command.words().split(" ", 2)[0]);
    var file = folder.path().resolve(Path.of(command.file()).getFileName());
    new PrivateFile(file).write(command.recipe());
    return file;
  }
}
