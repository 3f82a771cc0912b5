package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.module.RecipeFile;
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
  private final String recipe;
  private final RecipeFile file;
  private final ParameterSchema schema;
  private final List<Permission> permissions;

  /**
   * The help of a recipe.
   *
   * @param recipe as it was typed
   */
  RecipeHelp(String recipe, RecipeFile file, ParameterSchema schema, List<Permission> permissions) {
    this.recipe = SafeText.line(recipe);
    this.file = file;
    this.schema = schema;
    this.permissions = permissions;
  }

  HelpPage page() {
    var declaration = file.declaration();
    var page = new HelpPage();
    page.paragraph(declaration.summary().map(SafeText::line).orElse("The recipe " + recipe + "."));
    declaration.description().ifPresent(text -> describe(page, SafeText.lines(text.strip())));
    page.usage("hearth run " + recipe + (schema.parameters().isEmpty() ? "" : " [PARAMETERS]"));
    page.rows("Parameters", schema.parameters().stream().map(RecipeHelp::row).toList());
    page.lines("It asks to be allowed to", permissions.stream().map(Permission::words).toList());
    page.lines("Example", List.of(example()));
    return page.lines("More", List.of("hearth run --help  shows the options of every run"));
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
    var example = new StringBuilder("hearth run ").append(recipe);
    for (var parameter : schema.parameters()) {
      if (parameter.required() && !parameter.secret()) {
        example
            .append(' ')
            .append(parameter.flag())
            .append(' ')
            .append(SafeText.line(parameter.label()));
      }
    }
    return example.append(" --simulate").toString();
  }
}
