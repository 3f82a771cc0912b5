package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what the files of a module declare. Files that override others come last. */
final class ModuleReader {
  private final String folder;
  private final Map<String, Declared> variables = new TreeMap<>();
  private final Map<String, Declared> outputs = new TreeMap<>();
  private final Map<String, Declared> modules = new TreeMap<>();
  private final Map<String, ModuleDescription.Provider> providers = new TreeMap<>();
  private final List<String> versions = new ArrayList<>();
  private final TreeMap<String, String> resources = new TreeMap<>();
  private @Nullable String backend;

  /** A declaration, with what files override of it. */
  private record Declared(String file, int line, List<HclBody> bodies) {
    /** What it says of a name; the last word counts. */
    @Nullable HclExpression value(String name) {
      return bodies.reversed().stream()
          .flatMap(body -> body.attribute(name).stream())
          .findFirst()
          .orElse(null);
    }

    @Nullable String text(String name) {
      var value = value(name);
      return value == null ? null : value.constantText().orElse(value.text());
    }

    boolean says(String name) {
      var value = value(name);
      return value != null && value.isTrue();
    }

    boolean denies(String name) {
      var value = value(name);
      return value != null && value.isFalse();
    }

    Stream<HclBody.Block> blocks(String type) {
      return bodies.stream().flatMap(body -> body.blocks(type));
    }
  }

  private ModuleReader(String folder) {
    this.folder = folder;
  }

  /**
   * What a module declares.
   *
   * @param files by name
   */
  static ModuleDescription read(String folder, Map<String, HclBody> files) {
    var reader = new ModuleReader(folder);
    Stream.of(false, true)
        .forEach(
            overrides ->
                files.forEach(
                    (name, body) -> {
                      if (isOverride(name) == overrides) {
                        body.blocks().forEach(block -> reader.add(name, block));
                      }
                    }));
    return reader.description();
  }

  private static boolean isOverride(String file) {
    var name = file.replaceFirst("\\.(tf|tofu)(\\.json)?$", "");
    return name.equals("override") || name.endsWith("_override");
  }

  private void add(String file, HclBody.Block block) {
    switch (block.type()) {
      case "variable" -> declare(variables, file, block);
      case "output" -> declare(outputs, file, block);
      case "module" -> declare(modules, file, block);
      case "resource" -> resources.put(block.label(0) + "." + block.label(1), file);
      case "data" -> resources.put("data." + block.label(0) + "." + block.label(1), file);
      case "terraform" -> settings(block.body());
      default -> {} // providers, locals, checks and what later versions have
    }
  }

  private static void declare(Map<String, Declared> all, String file, HclBody.Block block) {
    all.computeIfAbsent(block.label(0), _ -> new Declared(file, block.line(), new ArrayList<>()))
        .bodies()
        .add(block.body());
  }

  private void settings(HclBody body) {
    body.attribute("required_version")
        .flatMap(HclExpression::constantText)
        .ifPresent(versions::add);
    body.blocks("backend").findFirst().ifPresent(block -> backend = block.label(0));
    body.blocks("cloud").findFirst().ifPresent(_ -> backend = "cloud");
    body.blocks("required_providers")
        .flatMap(block -> block.body().attributes().stream())
        .forEach(each -> providers.put(each.name(), provider(each.value().term())));
  }

  /** A version alone, or an object; its aliases are no constants. */
  private static ModuleDescription.Provider provider(HclTerm term) {
    if (term instanceof HclTerm.Constant(var version)) {
      return new ModuleDescription.Provider(null, version.asText());
    }
    Map<String, String> said = new LinkedHashMap<>();
    if (term instanceof HclTerm.Fields(var fields)) {
      for (var field : fields) {
        field.value().constant().ifPresent(value -> said.put(field.name(), value.asText()));
      }
    }
    return new ModuleDescription.Provider(said.get("source"), said.get("version"));
  }

  private ModuleDescription description() {
    return new ModuleDescription(
        folder,
        versions,
        backend,
        providers,
        variables.entrySet().stream()
            .map(each -> variable(each.getKey(), each.getValue()))
            .toList(),
        outputs.entrySet().stream().map(each -> output(each.getKey(), each.getValue())).toList(),
        modules.entrySet().stream().map(each -> call(each.getKey(), each.getValue())).toList(),
        List.copyOf(resources.keySet()));
  }

  private static ModuleDescription.Variable variable(String name, Declared declared) {
    var written = declared.value("type");
    var type = type(written);
    var whenMissing = declared.value("default");
    JsonNode constant = whenMissing == null ? null : whenMissing.constant().orElse(null);
    return new ModuleDescription.Variable(
        name,
        written == null ? "any" : written.text(),
        type.schema(),
        declared.text("description"),
        constant,
        whenMissing == null,
        declared.says("sensitive"),
        !declared.denies("nullable"),
        declared.says("ephemeral"),
        declared.blocks("validation").map(ModuleReader::validation).toList(),
        declared.file(),
        declared.line());
  }

  /** The type that is written; anything where there is none, or one that is not known. */
  static VariableType type(@Nullable HclExpression written) {
    return written == null
        ? VariableType.Any.ANY
        : VariableType.of(written.term()).orElse(VariableType.Any.ANY);
  }

  private static ModuleDescription.Validation validation(HclBody.Block block) {
    var body = block.body();
    return new ModuleDescription.Validation(
        body.attribute("condition").map(HclExpression::text).orElse(""),
        body.attribute("error_message")
            .map(message -> message.constantText().orElse(message.text()))
            .orElse(null));
  }

  private static ModuleDescription.Output output(String name, Declared declared) {
    return new ModuleDescription.Output(
        name,
        declared.text("description"),
        declared.says("sensitive"),
        declared.file(),
        declared.line());
  }

  private static ModuleDescription.ModuleCall call(String name, Declared declared) {
    return new ModuleDescription.ModuleCall(
        name, declared.text("source"), declared.text("version"), declared.file(), declared.line());
  }
}
