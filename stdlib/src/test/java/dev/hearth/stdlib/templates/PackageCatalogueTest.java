package dev.hearth.stdlib.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the package catalogue holds. */
class PackageCatalogueTest {
  private static final PackageCatalogue CATALOGUE = PackageCatalogue.shipped();

  @Test
  void every_set_is_of_packages_that_the_catalogue_knows() {
    assertThat(CATALOGUE.setNames()).hasSizeGreaterThanOrEqualTo(16);
    assertThat(CATALOGUE.setNames())
        .allSatisfy(set -> assertThat(CATALOGUE.set(set)).isNotEmpty().allMatch(CATALOGUE::knows));
  }

  @Test
  void the_set_of_what_every_machine_has_is_there_on_every_distribution() {
    for (var manager : PackageCatalogue.MANAGERS) {
      assertThat(CATALOGUE.set("base"))
          .allSatisfy(
              name -> assertThat(CATALOGUE.find(name, manager, "rocky").names()).isNotEmpty());
    }
  }

  @Test
  void names_are_those_of_the_reference_where_that_is_at_hand() throws IOException {
    var reference = reference();
    assumeTrue(reference.isPresent(), "shared/reference/packages.json is not at hand");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (var category :
        JsonMapper.builder().build().readTree(reference.get().toFile()).path("categories")) {
      for (var entry : category.path("packages")) {
        var id = entry.path("id").asText();
        for (var manager : PackageCatalogue.MANAGERS) {
          var ours =
              CATALOGUE.knows(id) ? CATALOGUE.find(id, manager, "fedora").names() : List.of();
          if (!ours.equals(names(entry.path("names").path(manager)))) {
            differences.add(id + " of " + manager + ": " + ours);
          }
          compared++;
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(1000);
  }

  private static List<String> names(JsonNode said) {
    List<String> names = new ArrayList<>();
    if (said.isTextual()) {
      names.add(said.asText());
    }
    said.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Beside this project or above it. */
  private static Optional<Path> reference() {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared/reference/packages.json"))
        .filter(Files::exists)
        .findFirst();
  }
}
