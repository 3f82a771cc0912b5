package dev.hearth.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.Checkout;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.grant.GrantStore;
import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that docs/files.md shows, read by what reads the real ones. */
class DocumentedFilesTest {
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  private final Environment noVariables = name -> Optional.empty();
  private final Path config;
  private final List<String> shown;

  DocumentedFilesTest(@TempDir Path config) throws IOException {
    this.config = config;
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwx------"));
    var page = Files.readString(Checkout.root().resolve("docs/files.md"));
    shown = JSON.matcher(page).results().map((MatchResult block) -> block.group(1)).toList();
    assertThat(shown).hasSize(4);
  }

  @Test
  void the_connections_are_read() throws IOException {
    Files.writeString(config.resolve("connections.json"), shown.getFirst());
    var connections = new Connections(config, new FileSecretStore(config), noVariables);

    assertThat(connections.list())
        .singleElement()
        .satisfies(
            lab -> {
              assertThat(lab.binding()).isEqualTo("proxmox");
              assertThat(lab.name()).isEqualTo("lab");
            });
  }

  @Test
  void the_grants_are_read() throws IOException {
    Files.writeString(config.resolve("grants.json"), shown.get(2));

    assertThat(new GrantStore(config).list())
        .singleElement()
        .satisfies(
            grants -> {
              assertThat(grants.recipe()).isEqualTo(Path.of("/home/me/recipes/template.js"));
              assertThat(grants.allowed().getFirst().permission()).isEqualTo("proxmox:write");
            });
  }

  @Test
  void the_images_are_read() throws Exception {
    var home = Files.createDirectory(config.resolve("home"));
    Files.createDirectory(home.resolve("config"));
    Files.writeString(home.resolve("config/images.json"), shown.get(1));
    var recipe =
        """
        import { images } from 'hearth:images';
        export const recipe = { permissions: { images: 'read' } };
        export default async () => (await images().get('golden')).origin;
        """;
    var result =
        RecipeTester.in(home)
            .run(
                Files.writeString(config.resolve("recipe.js"), recipe),
                request -> request.allow("images:read"));

    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("\"user\"");
  }

  @Test
  void the_settings_are_read() throws IOException {
    Files.writeString(config.resolve("settings.json"), shown.getLast());

    var settings = Settings.load(Map.of(), noVariables, config, config.resolve("elsewhere"));

    assertThat(settings.get(Setting.OPERATIONS)).isEqualTo(64L);
    assertThat(settings.get(Setting.GRACE)).isEqualTo(Duration.ofSeconds(10));
  }
}
