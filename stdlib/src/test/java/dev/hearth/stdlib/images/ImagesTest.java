package dev.hearth.stdlib.images;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:images} against the simulated mirrors. */
class ImagesTest {
  private final Path folder;
  private final RecipeTester tester;

  ImagesTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { images } from 'hearth:images';
        export const recipe = { permissions: { images: 'read' } };
        export default async () => { %s };
        """
            .formatted(body);
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe), RunRequest::simulated);
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    var result = run(body);
    assertThat(result.error()).isNull();
    return requireNonNull(result.value());
  }

  @Test
  void every_image_of_the_catalogue_has_a_newest_build_with_a_checksum() throws Exception {
    var all =
        value(
            """
            const found = [];
            for (const { id } of await images().list()) {
              const { checksum, algorithm } = await images().latest(id);
              found.push([id, checksum.length === (algorithm === 'sha512' ? 128 : 64)]);
            }
            return found;
            """);
    assertThat(all.size()).isGreaterThanOrEqualTo(60);
    assertThat(all).allSatisfy(one -> assertThat(one.get(1).asBoolean()).isTrue());
  }

  @Test
  void a_family_means_its_newest_release() throws Exception {
    assertThat(value("return (await images().get('debian')).id;")).hasToString("\"debian-13\"");
  }

  @Test
  void a_stored_name_has_the_suffix_that_proxmox_asks_for() throws Exception {
    assertThat(value("return (await images().latest('ubuntu-24.04')).filename;").asText())
        .matches("ubuntu-24\\.04-server-cloudimg-amd64-[0-9a-f]{12}\\.qcow2");
  }

  @Test
  void a_mistyped_name_is_answered_with_what_was_meant() throws Exception {
    run("await images().latest('debain-13');");
    assertThat(tester.error())
        .isEqualTo(
            """
            error: There is no image `debain-13` in the catalogue.            images.unknown
              at recipe.js:3:45
                 3 | export default async () => { await images().latest('debain-13'); };
                   |                                             ^
              hint: Did you mean `debian-13`?
            """);
  }

  @Test
  void an_architecture_that_the_vendor_lacks_is_refused() throws Exception {
    var error =
        requireNonNull(run("await images().latest('arch', { architecture: 'arm64' });").error());
    assertThat(error.hint()).isEqualTo("Use one of: amd64.");
  }
}
