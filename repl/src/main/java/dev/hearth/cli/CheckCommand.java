package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.effect.gate.ClosedFolders;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.module.CheckedRecipe;
import dev.hearth.runtime.module.RecipeCheck;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.settings.Places;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Role;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth check RECIPE…}: reads everything, runs nothing. */
final class CheckCommand implements Command {
  private static final String HINT =
      "Warnings are read off the text, which shows neither what is computed nor what really runs.";

  private final LocalSources sources = new LocalSources();

  @Override
  public CommandSpec spec() {
    return new Spec()
        .arguments("RECIPE", "Recipe files, and folders with all that is in them.")
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth check template.js", "hearth check recipes --json");
  }

  @Override
  public int run(Invocation invocation) {
    var checked = check(invocation.arguments(0), invocation.environment());
    var status =
        checked.stream()
            .flatMap(file -> file.problems().stream())
            .mapToInt(problem -> problem.kind().exitStatus())
            .max()
            .orElse(0);
    if (invocation.json()) {
      invocation.terminal().out().println(JsonDocument.line(json(checked, status)));
      return status;
    }
    show(invocation, checked);
    return status;
  }

  private List<CheckedRecipe> check(List<String> typed, Environment environment) {
    var user =
        new RecipeCheck.User(
            Places.home(environment), ClosedFolders.of(Places.of(environment).protectedPaths()));
    var check =
        new RecipeCheck(sources, new GraalModuleParser(), Bindings.installed(), ownFlags(), user);
    var checked = new LinkedHashMap<Path, CheckedRecipe>(); // what is named twice is checked once
    for (var name : typed) {
      NamedRecipe.refuseInput(name);
      var path = Path.of(name);
      if (sources.isFolder(path)) {
        scripts(path).forEach(file -> checked.putIfAbsent(key(file), check.checkFound(file)));
      } else {
        checked.put(key(path), check.check(path));
      }
    }
    return List.copyOf(checked.values());
  }

  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The flags of every run, which no parameter may take. */
  private static List<String> ownFlags() {
    var flags = new ArrayList<>(CommonFlags.NAMES);
    new RunCommand().spec().options().forEach(option -> flags.addAll(List.of(option.names())));
    return flags;
  }

  private List<Path> scripts(Path folder) {
    List<Path> found;
    try {
      found = sources.scripts(folder);
    } catch (IOException e) {
      throw new HearthException(CliError.FOLDER_UNREADABLE, folder)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
    if (found.isEmpty()) {
      throw new HearthException(CliError.NO_RECIPES, folder);
    }
    return found;
  }

  private static void show(Invocation invocation, List<CheckedRecipe> checked) {
    var terminal = invocation.terminal();
    terminal.out().print(table(checked).text(terminal.outScreen()));
    terminal.out().flush();
    var renderer = new ErrorRenderer(terminal.errScreen(), invocation.verbosity().detail());
    checked.forEach(
        file -> file.problems().forEach(problem -> terminal.err().print(text(renderer, problem))));
    warnings(checked).forEach(warning -> terminal.err().print("\n" + renderer.warning(warning)));
    invocation.say(verdict(checked, terminal.errScreen()));
    if (warnings(checked).findAny().isPresent()) {
      invocation.say(terminal.errScreen().paint(Role.FAINT, HINT));
    }
  }

  /** What the recipes are seen to use against what they declare. */
  private static Stream<ErrorReport> warnings(List<CheckedRecipe> checked) {
    return checked.stream()
        .flatMap(file -> Stream.concat(file.undeclared().stream(), file.unused().stream()));
  }

  private static String text(ErrorRenderer renderer, ErrorReport problem) {
    return "\n" + renderer.text(problem);
  }

  private static Table table(List<CheckedRecipe> checked) {
    var table =
        new Table(
            List.of(
                Table.Column.left("file"),
                Table.Column.left("kind"),
                Table.Column.right("parameters"),
                Table.Column.left("permissions"),
                Table.Column.right("problems")));
    for (var file : checked) {
      var isRecipe = file.kind() == CheckedRecipe.Kind.RECIPE;
      table.row(
          file.path().toString(),
          RunJson.word(file.kind()),
          isRecipe ? String.valueOf(file.parameters().size()) : "",
          isRecipe ? permissions(file) : "",
          String.valueOf(file.problems().size()));
    }
    return table;
  }

  private static String permissions(CheckedRecipe file) {
    return file.permissions().isEmpty()
        ? "none"
        : file.permissions().stream().map(Permission::toString).collect(Collectors.joining(", "));
  }

  private static String verdict(List<CheckedRecipe> checked, Screen screen) {
    var problems = checked.stream().mapToInt(file -> file.problems().size()).sum();
    var warnings = (int) warnings(checked).count();
    var files = counted(checked.size(), "file");
    var told = warnings == 0 ? "" : ", " + counted(warnings, "warning");
    var space = problems + warnings == 0 ? "" : "\n";
    return problems == 0
        ? space + screen.glyphs().tick() + " " + files + " checked, nothing is wrong" + told
        : space
            + screen.glyphs().cross()
            + " "
            + files
            + " checked, "
            + counted(problems, "problem")
            + told;
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** {@code {schema, type, exitStatus, files: [{file, kind, summary, …}]}}. */
  private static JsonNode json(List<CheckedRecipe> checked, int status) {
    var document = JsonDocument.of("check").put("exitStatus", status);
    var files = document.putArray("files");
    for (var file : checked) {
      var json =
          files
              .addObject()
              .put("file", file.path().toString())
              .put("kind", RunJson.word(file.kind()))
              .put("summary", file.summary().orElse(null));
      var parameters = json.putArray("parameters");
      file.parameters().forEach(parameters::add);
      var permissions = json.putArray("permissions");
      file.permissions().forEach(each -> permissions.add(each.toString()));
      var problems = json.putArray("problems");
      file.problems().forEach(each -> problems.add(ErrorJson.of(each)));
      var undeclared = json.putArray("undeclared");
      file.undeclared().forEach(each -> undeclared.add(ErrorJson.of(each)));
      var unused = json.putArray("unused");
      file.unused().forEach(each -> unused.add(ErrorJson.of(each)));
    }
    return document;
  }
}
