package dev.hearth.cli;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.report.SafeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that runs the recipe which its first argument names. What else it takes depends on that
 * recipe: so the command that was typed is made anew for it, {@link #of from what was typed}.
 */
abstract class RecipeCommand implements Command {
  private final NamedCommand name;
  private final Typed typed;

  RecipeCommand(NamedCommand name, Typed typed) {
    this.name = name;
    this.typed = typed;
  }

  /**
   * What its arguments say of the recipe.
   *
   * @param grants what the recipe may do, each without its {@code --allow-}
   */
  record Typed(Optional<NamedRecipe> recipe, List<String> grants) {
    static final Typed NOTHING = new Typed(Optional.empty(), List.of());
  }

  /** Adds the options of this command beside those of the recipe. */
  abstract Spec describe(Spec spec);

  /** This command for what was typed. */
  abstract RecipeCommand of(Typed what);

  @Override
  public final CommandSpec spec() {
    var argument =
        new Spec().argument("RECIPE", "The recipe file; its own flags stand behind it.", List.of());
    var spec = describe(argument).build();
    named().ifPresent(recipe -> recipe.flags().addTo(spec));
    return spec;
  }

  @Override
  public final boolean runsJavaScript() {
    return true;
  }

  @Override
  public final boolean grows() {
    return true;
  }

  @Override
  public final Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    var rest = WorldFlags.attachEmptyValue(split.rest());
    var named = NamedRecipe.among(rest, CommonFlags.addTo(spec()));
    return new Given(of(new Typed(named, split.grants())), rest);
  }

  @Override
  public final String typed(NamedCommand as) {
    var recipe = named().map(it -> " " + SafeText.line(it.typed())).orElse("");
    return "hearth " + as.words() + recipe;
  }

  /** The recipe, if one was named already. */
  final Optional<NamedRecipe> named() {
    return typed.recipe();
  }

  final NamedRecipe recipe() {
    return named().orElseThrow();
  }

  final ParameterInput input(Invocation invocation) {
    return recipe().input(invocation, typed(name), 1);
  }

  /** The run as its flags have it, with what was granted. */
  final RunRequest request(Invocation invocation) {
    var request = RunFlags.of(invocation).request(Path.of(recipe().typed()), invocation);
    for (var grant : typed.grants()) {
      request = request.allow(grant);
    }
    return request;
  }
}
