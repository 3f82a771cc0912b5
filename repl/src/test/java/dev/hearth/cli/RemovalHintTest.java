package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hint that says what to type is typed, through a shell, and does what it promises. */
@Timeout(120)
class RemovalHintTest {
  private static final Pattern LINE = Pattern.compile("`(hearth [^`]+)`");
  private static final String BUILD =
      """
      import { templates } from 'hearth:templates';
      export const recipe = {
        params: { convert: { type: 'boolean' } },
        permissions: { proxmox: 'write', images: 'read' },
      };
      export default async ({ params }) => {
        const wish = { name: 'debian-13', image: 'debian-13', node: 'pve', storage: 'local-lvm', agent: false };
        const step = (name, work) => {
          if (name === 'convert to a template' && !params.convert) throw new Error('cut off');
          return work();
        };
        await templates().ensure(wish, { step });
      };
      """;

  private final TypedCommand hearth = new TypedCommand();
  private final Path recipe;
  private final String world;

  RemovalHintTest(@TempDir Path home) throws IOException {
    hearth.at(home);
    recipe = Files.writeString(home.resolve("build.js"), BUILD);
    world = "--simulate=" + home.resolve("world.json");
  }

  private int build(String... more) {
    var words = new ArrayList<>(List.of("run", world, recipe.toString()));
    words.addAll(List.of(more));
    return hearth.type(words.toArray(String[]::new));
  }

  /** Types the line of the hint, in the same world. */
  private int typeHint() throws IOException, InterruptedException {
    var line = LINE.matcher(hearth.err());
    assertThat(line.find()).as(hearth.err()).isTrue();
    var shell =
        new ProcessBuilder("sh", "-c", "hearth() { printf '%s\\n' \"$@\"; }; " + line.group(1))
            .redirectErrorStream(true)
            .start();
    var words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(words).isZero();
    var typed = new ArrayList<>(words.lines().toList());
    typed.add(world);
    return hearth.type(typed.toArray(String[]::new));
  }

  @Test
  void an_unfinished_template_is_deleted_by_the_line_of_the_hint() throws Exception {
    assertThat(build()).isNotZero();
    assertThat(hearth.err()).contains("cut off");
    assertThat(build("--convert")).isNotZero();
    assertThat(hearth.err()).contains("templates.unfinished");
    assertThat(typeHint()).as(hearth.err()).isZero();
    assertThat(build("--convert")).as(hearth.err()).isZero();
  }
}
