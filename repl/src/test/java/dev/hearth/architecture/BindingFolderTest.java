package dev.hearth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.RecipeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A binding is one folder; this names each piece that one lacks. */
class BindingFolderTest {
  private static final Path STDLIB = ProjectClasses.root().resolve("stdlib/src/main");
  private static final Path MODULES = STDLIB.resolve("java/dev/hearth/stdlib");

  /** What facades share and recipes cannot import. */
  private static final Set<String> SHARED = Set.of("command");

  private static final Path SERVICES =
      STDLIB.resolve("resources/META-INF/services/dev.hearth.runtime.spi.Binding");

  @Test
  void every_folder_of_stdlib_is_a_whole_module() {
    List<String> missing = new ArrayList<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      for (String piece : List.of(name + ".js", name + ".d.ts", "README.md")) {
        if (!Files.isRegularFile(folder.resolve(piece))) {
          missing.add("stdlib/…/" + name + "/" + piece);
        }
      }
      bindingClass(folder)
          .filter(type -> !registered().contains(type))
          .forEach(type -> missing.add("the line " + type + " in " + SERVICES.getFileName()));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_registered_binding_is_there() {
    assertThat(registered())
        .allSatisfy(
            type ->
                assertThat(STDLIB.resolve("java").resolve(type.replace('.', '/') + ".java"))
                    .isRegularFile());
  }

  @Test
  void every_folder_that_is_no_module_is_shared_by_facades() {
    for (String name : SHARED) {
      assertThat(folders().stream().filter(folder -> imports(folder, name)))
          .as("facades that import hearth:binding/" + name)
          .hasSizeGreaterThan(1);
      assertThat(bindingClass(MODULES.resolve(name))).isEmpty();
    }
  }

  @Test
  void every_recipe_in_a_folder_of_commands_is_in_their_index() throws IOException {
    var found = new ArrayList<String>();
    for (Path folder : folders()) {
      if (Files.isDirectory(folder.resolve("commands"))) {
        try (Stream<Path> recipes = Files.list(folder.resolve("commands"))) {
          recipes.forEach(recipe -> found.add(indexed(folder, recipe)));
        }
      }
    }
    assertThat(Files.readAllLines(STDLIB.resolve("resources/META-INF/hearth/commands")))
        .containsExactlyInAnyOrderElementsOf(found);
  }

  private static String indexed(Path folder, Path recipe) {
    var summary =
        RecipeFile.read(recipe, new LocalSources(), new GraalModuleParser())
            .declaration()
            .summary()
            .orElse("");
    var word = recipe.getFileName().toString().replaceFirst("\\.js$", "");
    return folder.getFileName() + " " + word + ": " + summary;
  }

  private static boolean imports(Path folder, String shared) {
    try {
      return Files.readString(folder.resolve(folder.getFileName() + ".js"))
          .contains("from 'hearth:binding/" + shared + "';");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> folders() {
    try (Stream<Path> all = Files.list(MODULES)) {
      return all.filter(Files::isDirectory).filter(BindingFolderTest::isModule).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isModule(Path folder) {
    if (SHARED.contains(folder.getFileName().toString())) {
      return false;
    }
    return Files.exists(folder.resolve(folder.getFileName() + ".js"))
        || bindingClass(folder).findAny().isPresent();
  }

  private static Stream<String> bindingClass(Path folder) {
    String packageName =
        STDLIB
            .resolve("java")
            .relativize(folder)
            .toString()
            .replace(folder.getFileSystem().getSeparator(), ".");
    try (Stream<Path> all = Files.list(folder)) {
      return all
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith("Binding.java"))
          .map(file -> packageName + "." + file.substring(0, file.length() - ".java".length()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> registered() {
    if (!Files.exists(SERVICES)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(SERVICES)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
