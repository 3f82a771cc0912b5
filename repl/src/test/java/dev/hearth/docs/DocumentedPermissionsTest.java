package dev.hearth.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.docs.DocumentedRecipesTest.Documented;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.effect.gate.ClosedFolders;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.module.RecipeCheck;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation says of permissions, against what {@code hearth check} sees. */
class DocumentedPermissionsTest {
  private static final Bindings BINDINGS = Bindings.installed();

  @TestFactory
  Stream<DynamicTest> every_documented_recipe_declares_what_it_uses_and_nothing_else(
      @TempDir Path folder) throws IOException {
    return DocumentedRecipesTest.documented().stream()
        .filter(one -> one.recipe().contains("permissions:"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one, folder)));
  }

  private static void check(Documented one, Path folder) throws IOException {
    var home = Files.createTempDirectory(folder, "home");
    var file = Files.writeString(home.resolve(one.file()), one.recipe());
    var user = new RecipeCheck.User(Optional.of(home), ClosedFolders.of(List.of()));
    var checked =
        new RecipeCheck(new LocalSources(), new GraalModuleParser(), BINDINGS, List.of(), user)
            .check(file);
    assertThat(checked.undeclared()).extracting(ErrorReport::message).isEmpty();
    assertThat(checked.unused()).extracting(ErrorReport::message).isEmpty();
  }

  @Test
  void every_module_whose_types_name_a_permission_tells_what_calls_need() {
    var silent =
        BINDINGS.all().stream()
            .filter(binding -> BINDINGS.types(binding).contains("@permission"))
            .filter(binding -> !binding.name().equals("images")) // its intent is all of it
            .filter(binding -> foreseen(binding).equals(Foreseen.nothing()))
            .map(Binding::name);
    assertThat(silent).isEmpty();
  }

  private static Foreseen foreseen(Binding binding) {
    return binding.foresee(new Mention(List.of(binding.name()), Mention.Kind.OTHER, List.of()));
  }
}
