package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a Hearth says of itself. */
class HearthTest {
  @Test
  void its_version_is_the_projects_also_in_a_folder_of_classes() throws Exception {
    assertThat(Hearth.class.getPackage().getImplementationVersion())
        .isNull(); // no jar, no manifest
    assertThat(Hearth.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<version>" + Hearth.version() + "</version>");
  }
}
