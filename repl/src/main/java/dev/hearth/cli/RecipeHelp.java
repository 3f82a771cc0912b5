package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.param.Parameter;
import dev.hearth.runtime.param.ParameterSchema;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.report.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code hearth run RECIPE --help} prints: all that a recipe says about itself. Nothing of it
 * is run for this, and no engine is loaded.
 */
final class RecipeHelp {
  private final String command;
  private final NamedRecipe recipe;
  private final ParameterSchema schema;

  /**
   * The help of a recipe.
   *
   * @param command as it is typed, up to where the parameters begin
   */
  RecipeHelp(String command, NamedRecipe recipe) {
    this.command = SafeText.line(command);
    this.recipe = recipe;
    this.schema = recipe.schema();
  }

  /** Of a recipe that somebody wrote. */
  HelpPage page() {
    var asked = recipe.permissions().stream().map(Permission::words).toList();
    return described()
        .lines("It asks to be allowed to", asked)
        .lines("Example", List.of(example()))
        .lines("More", List.of("hearth run --help  shows the options of every run"));
  }

  /**
   * Of a recipe that is a command of Hearth.
   *
   * @param options the command's other options
   */
  HelpPage page(List<HelpPage.Row> options) {
    return described().rows("Options", options);
  }

  private HelpPage described() {
    var declaration = recipe.file().declaration();
    var page = new HelpPage();
    var unnamed = "The recipe " + SafeText.line(recipe.typed()) + ".";
    page.paragraph(declaration.summary().map(SafeText::line).orElse(unnamed));
    declaration.description().ifPresent(text -> describe(page, SafeText.lines(text.strip())));
    page.usage(usage());
    return page.rows("Parameters", schema.parameters().stream().map(RecipeHelp::row).toList());
  }

  private String usage() {
    var usage = new StringBuilder(command);
    recipe.flags().arguments().forEach(argument -> usage.append(' ').append(argument.word()));
    return schema.parameters().size() > recipe.flags().arguments().size()
        ? usage.append(" [PARAMETERS]").toString()
        : usage.toString();
  }

  /** Lines end where the page does; a blank line, an indent or a dash begins a line of its own. */
  private static void describe(HelpPage page, String description) {
    for (var paragraph : description.split("\n\\s*\n", -1)) {
      page.paragraph("");
      paragraph.replaceAll("\n(?![ \t-])", " ").lines().forEach(page::paragraph);
    }
  }

  private static HelpPage.Row row(Parameter parameter) {
    var term =
        parameter.negation().isPresent()
            ? "--[no-]" + parameter.flag().substring(2)
            : parameter.flag() + " " + parameter.label();
    var facts = new ArrayList<String>();
    if (parameter.required()) {
      facts.add("required");
    } else if (parameter.fallback().isEmpty()) {
      facts.add("optional");
    }
    if (parameter.secret()) {
      facts.add("secret");
    }
    parameter
        .fallback()
        .filter(value -> !isNothing(value))
        .ifPresent(
            value -> {
              var unit = parameter.unit().map(u -> " " + u.name()).orElse("");
              var shown = value.isTextual() ? value.asText() : value.toString();
              facts.add("default: " + shown + unit);
            });
    var summary = parameter.summary();
    var more =
        facts.isEmpty()
            ? ""
            : (summary.isEmpty() ? "" : "  ") + "[" + String.join(", ", facts) + "]";
    return new HelpPage.Row(SafeText.line(term), SafeText.line(summary + more));
  }

  /** An empty text or list, which says no more than no default at all. */
  private static boolean isNothing(JsonNode value) {
    return value.isTextual()
        ? value.asText().isEmpty()
        : value.isContainerNode() && value.isEmpty();
  }

  private String example() {
    var example = new StringBuilder(command);
    for (var parameter : schema.parameters()) {
      if (parameter.required() && !parameter.secret()) {
        example
            .append(' ')
            .append(parameter.flag())
            .append(' ')
            .append(SafeText.line(parameter.label()));
      }
    }
    return example.append(rehearsable() ? " --simulate" : "").toString();
  }

  /** Whether all systems that it asks for have a simulator. */
  private boolean rehearsable() {
    return recipe.permissions().stream()
        .filter(Permission.Intent.class::isInstance)
        .map(intent -> ((Permission.Intent) intent).binding())
        .allMatch(RecipeHelp::simulated);
  }

  private static boolean simulated(String binding) {
    return Bindings.installed().all().stream()
        .anyMatch(each -> each.name().equals(binding) && each.simulator().isPresent());
  }
}
