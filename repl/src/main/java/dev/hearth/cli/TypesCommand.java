package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.Surroundings;
import dev.hearth.terminal.JsonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth types [DIR]}: what an editor needs to understand recipes. */
final class TypesCommand implements Command {
  private static final String FOLDER = ".hearth/types";
  private static final String KEPT = "-known.d.ts";
  private static final String CONFIG = "jsconfig.json";
  private static final List<String> USERS_OWN = List.of(CONFIG, "tsconfig.json");
  private static final String EXTENDS = "\"extends\": \"./" + FOLDER + "/" + CONFIG + "\"";

  private final Files files = new SystemFiles(Door.open(), Limits.DEFAULT);

  @Override
  public CommandSpec spec() {
    return new Spec()
        .optionalArgument("DIR", "The folder with the recipes. Default: this one.", List.of())
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of("hearth types", "hearth types recipes");
  }

  @Override
  public int run(Invocation invocation) {
    var folder = folder(Optional.ofNullable(invocation.argument(0)).orElse("."));
    var types = types(invocation.surroundings());
    files.makeFolders(folder.resolve(FOLDER));
    types.forEach((name, text) -> write(folder.resolve(FOLDER).resolve(name), text));
    var own = files.list(folder).stream().filter(USERS_OWN::contains).findFirst();
    if (own.isEmpty()) {
      write(folder.resolve(CONFIG), "{ " + EXTENDS + " }\n");
    }
    tell(invocation, folder, own);
    return 0;
  }

  private static Path folder(String typed) {
    if (typed.isEmpty() || typed.startsWith("-")) {
      throw new HearthException(
          CliError.BAD_VALUE, "DIR", SafeText.line(typed), "a folder, such as `.` or `recipes`");
    }
    return Path.of(typed);
  }

  /** All files of the folder, by name. */
  private static Map<String, String> types(Surroundings hearth) {
    var types = new TreeMap<String, String>();
    types.put(CONFIG, resource(CONFIG));
    types.put("recipe.d.ts", resource("recipe.d.ts"));
    for (var binding : hearth.bindings().all()) {
      types.put(binding.name() + ".d.ts", hearth.bindings().types(binding));
      binding
          .keptTypes(hearth.cache(binding, (level, message, fields) -> {}))
          .ifPresent(text -> types.put(binding.name() + KEPT, text));
    }
    return types;
  }

  private static String resource(String name) {
    try (var in = TypesCommand.class.getResourceAsStream("types/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from this build of Hearth.");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file, String text) {
    try (var replacement = files.replace(file)) {
      replacement.output().write(text.getBytes(UTF_8));
      replacement.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(Invocation invocation, Path folder, Optional<String> own) {
    boolean leads = own.isEmpty() || leadsToTypes(folder.resolve(own.get()));
    if (invocation.json()) {
      var document =
          JsonDocument.of("types")
              .put("folder", folder.resolve(FOLDER).normalize().toString())
              .put("config", own.orElse(CONFIG))
              .put("extends", leads);
      invocation.terminal().out().println(JsonDocument.line(document));
      return;
    }
    invocation.say(
        "The types are in " + SafeText.line(folder.resolve(FOLDER).normalize().toString()) + ".");
    invocation.say(
        leads
            ? "Editors follow `%s` to them.".formatted(own.orElse(CONFIG))
            : "`%s` is yours and stays as it is. Add this to it: %s".formatted(own.get(), EXTENDS));
  }

  private boolean leadsToTypes(Path config) {
    return new String(files.read(config), UTF_8).contains(FOLDER);
  }
}
