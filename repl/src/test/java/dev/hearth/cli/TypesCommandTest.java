package dev.hearth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.module.Bindings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hearth types} leaves for editors. */
class TypesCommandTest {
  private static final String COMPILER = "HEARTH_TEST_TSC";

  private final TypedCommand hearth = new TypedCommand();
  private final Path folder;

  TypesCommandTest(@TempDir Path folder) {
    this.folder = folder;
    hearth.at(folder.resolve(".hearth-home"));
  }

  private String types() {
    assertThat(hearth.type("types", folder.toString())).isZero();
    return hearth.err().replace(folder + "/", "");
  }

  private List<String> written() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(".hearth/types"))) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void every_module_has_its_types_and_editors_are_led_to_them() throws IOException {
    assertThat(types())
        .isEqualTo(
            """
            The types are in .hearth/types.
            Editors follow `jsconfig.json` to them.
            """);
    assertThat(written()).contains("jsconfig.json", "recipe.d.ts");
    assertThat(written())
        .containsAll(Bindings.installed().names().stream().map(name -> name + ".d.ts").toList());
    assertThat(folder.resolve("jsconfig.json"))
        .hasContent("{ \"extends\": \"./.hearth/types/jsconfig.json\" }");
  }

  @Test
  void a_second_time_changes_nothing() throws IOException {
    var first = types();
    var config = Files.readString(folder.resolve("jsconfig.json"));
    assertThat(types()).isEqualTo(first);
    assertThat(folder.resolve("jsconfig.json")).hasContent(config);
  }

  @Test
  void a_configuration_of_the_users_stays_as_it_is() throws IOException {
    var own = Files.writeString(folder.resolve("tsconfig.json"), "{}");
    assertThat(types())
        .endsWith(
            "`tsconfig.json` is yours and stays as it is. Add this to it:"
                + " \"extends\": \"./.hearth/types/jsconfig.json\"\n");
    assertThat(own).hasContent("{}");
    assertThat(folder.resolve("jsconfig.json")).doesNotExist();
  }

  /** The program of TypeScript's compiler, such as {@code node_modules/.bin/tsc}. */
  @Test
  @EnabledIfEnvironmentVariable(named = COMPILER, matches = ".+")
  void the_compiler_of_typescript_understands_recipes() throws Exception {
    types();
    var template = Path.of("").toAbsolutePath().resolveSibling("recipes/proxmox/template.js");
    Files.copy(template, folder.resolve("template.js"));
    Files.writeString(
        folder.resolve("greet.js"),
        """
        /** @satisfies {import('hearth:recipe').Recipe} */
        export const recipe = { params: { name: { type: 'string', default: 'you' } } };
        /** @param {import('hearth:recipe').Context<typeof recipe>} context */
        export default ({ params, log }) => log.info(params.name.toUpperCase());
        """);
    var everyModule =
        written().stream()
            .filter(file -> file.endsWith(".d.ts"))
            .map(file -> "/// <reference path=\"./.hearth/types/" + file + "\" />\n")
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("every.ts"), everyModule + "export {};\n");
    assertThat(compile()).isEmpty();

    Files.writeString(
        folder.resolve("wrong.ts"),
        """
        import type { Context, Recipe } from 'hearth:recipe';
        import { proxmox } from 'hearth:proxmox';
        export const recipe = { sumary: 'x' } satisfies Recipe;
        export default ({ params, lag }: Context) => proxmox().vm(1).strat();
        """);
    assertThat(compile())
        .contains("wrong.ts(3,25)", "'sumary'", "wrong.ts(4,27)", "'lag'", "'strat'");
  }

  /** The API as a server tells of it, once it was met. */
  @Test
  @EnabledIfEnvironmentVariable(named = COMPILER, matches = ".+")
  void the_compiler_knows_the_api_of_the_server_that_was_met() throws Exception {
    var sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    hearth.connect("sim", new ObjectMapper().readTree(sim.line()));
    assertThat(sim.stop()).isZero();
    types();
    assertThat(written()).contains("proxmox-known.d.ts");
    Files.writeString(
        folder.resolve("right.ts"),
        """
        import { proxmox } from 'hearth:proxmox';
        const pve = proxmox();
        await pve.api.nodes('pve').qemu(100).config.get();
        await pve.api.nodes('pve').qemu.post({ vmid: 100, memory: 512, net0: 'virtio,bridge=vmbr0', onboot: true });
        await pve.api.pools.create({ poolid: 'lab' });
        """);
    assertThat(compile()).isEmpty();
    Files.writeString(
        folder.resolve("wrong.ts"),
        """
        import { proxmox } from 'hearth:proxmox';
        const pve = proxmox();
        await pve.api.nodes('pve').qemu(100).confg.get();
        await pve.api.nodes('pve').qemu.post({ vmid: 100, memroy: 512 });
        await pve.api.nodes('pve').qemu.post({});
        """);
    assertThat(compile())
        .contains("wrong.ts(3,38)", "'confg'", "wrong.ts(4,", "'memroy'", "wrong.ts(5,", "'vmid'");
  }

  private String compile() throws Exception {
    var compiler =
        new ProcessBuilder(requireNonNull(System.getenv(COMPILER)), "-p", "jsconfig.json")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    var output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    compiler.waitFor();
    return output;
  }
}
