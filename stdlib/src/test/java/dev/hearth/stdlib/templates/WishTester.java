package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Wishes as recipes write them, beside a name, a node, a storage and an image. */
final class WishTester {
  static final String LEAST = "name: 'web', node: 'pve', storage: 'local-lvm', image: 'debian-13'";

  static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPNzMS7nbKjyjIRoEYA+8CnnOTp2k5kSCNq4cZ7sSFGg me@laptop";

  static final String OTHER_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final RecipeTester tester;

  WishTester(Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** The specification of a Debian. */
  JsonNode specification(String fields) throws IOException, InterruptedException {
    return specification("debian-13", fields);
  }

  JsonNode specification(String image, String fields) throws IOException, InterruptedException {
    return value("return templates().specification(%s);".formatted(wish(image, fields)));
  }

  JsonNode documents(String image, String fields) throws IOException, InterruptedException {
    return value("return templates().documents(%s);".formatted(wish(image, fields)));
  }

  private static String wish(String image, String fields) {
    return "{ %s, image: '%s', %s }".formatted(LEAST, image, fields);
  }

  /** What the body of a recipe returns. */
  JsonNode value(String body) throws IOException, InterruptedException {
    var result = tester.run(recipe(body), request -> request.simulated().allowAll());
    assertThat(result.error()).isNull();
    return requireNonNull(result.value());
  }

  /** What is wrong with a wish and what to do. */
  String problem(String fields) throws IOException, InterruptedException {
    return problem("debian-13", fields);
  }

  String problem(String image, String fields) throws IOException, InterruptedException {
    var error = refused(image, fields);
    assertThat(error.code()).isEqualTo("templates.spec");
    return error.message() + "\n" + error.hint();
  }

  private ErrorReport refused(String image, String fields)
      throws IOException, InterruptedException {
    return requireNonNull(
        tester
            .run(
                recipe("return templates().specification(%s);".formatted(wish(image, fields))),
                request -> request.simulated().allowAll())
            .error());
  }

  /** What is said to a recipe that may look at the catalogue alone. */
  String denied(String fields) throws IOException, InterruptedException {
    var recipe =
        Files.writeString(
            folder.resolve("bare.js"),
            """
            import { templates } from 'hearth:templates';
            export const recipe = { permissions: { images: 'read' } };
            export default async () => templates().specification(%s);
            """
                .formatted(wish("debian-13", fields)));
    var error = requireNonNull(tester.run(recipe, RunRequest::simulated).error());
    return error.code() + ": " + error.message();
  }

  /** The fields that are refused; none when the wish is granted. */
  List<String> fieldsRefused(String image, String fields) throws IOException, InterruptedException {
    var result =
        tester.run(
            recipe("await templates().specification(%s);".formatted(wish(image, fields))),
            request -> request.simulated().allowAll());
    List<String> refused = new ArrayList<>();
    var error = result.error();
    if (error != null) {
      refused.add(fieldOf(error.message()));
      error.also().forEach(other -> refused.add(fieldOf(other.message())));
    }
    return refused;
  }

  private static String fieldOf(String message) {
    return message.replaceFirst("^[^`]*`([^`]*)`.*$", "$1");
  }

  /** What a user sees of the failure of a recipe. */
  String error(String body) throws IOException, InterruptedException {
    tester.run(recipe(body), request -> request.simulated().allowAll());
    return tester.error();
  }

  private Path recipe(String body) throws IOException {
    return Files.writeString(
        folder.resolve("recipe.js"),
        """
        import { proxmox } from 'hearth:proxmox';
        import { secret } from 'hearth:secret';
        import { templates } from 'hearth:templates';
        import { yaml } from 'hearth:yaml';
        export const recipe = { permissions: { images: 'read', proxmox: 'write', read: ['/'], secret: ['ops', 'dev'] } };
        export default async () => { %s };
        """
            .formatted(body));
  }
}
