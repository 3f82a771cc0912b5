package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:proxmox} as recipes see it, against the simulator. */
class ProxmoxRecipeTest {
  private final Path folder;
  private final RecipeTester tester;

  ProxmoxRecipeTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private Path recipe(String text) throws IOException {
    return Files.writeString(folder.resolve("recipe.js"), text);
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    return tester.run(
        recipe(
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'A test', permissions: { proxmox: 'write' } };
            export default async ({ log }) => {
              const pve = proxmox();
              %s
            };
            """
                .formatted(body)),
        RunRequest::simulated);
  }

  @Test
  void nodes_storages_and_the_version_are_read() throws Exception {
    var result =
        run(
            """
            const [{ version }, nodes, network, storages, space] = await Promise.all([
              pve.version(),
              pve.nodes.list(),
              pve.node('pve').networks.list(),
              pve.storages.list(),
              pve.storage('local').status(),
            ]);
            return [
              version.split('.')[0],
              nodes.map((n) => n.node),
              network.some((i) => i.iface === 'vmbr0'),
              storages.map((s) => s.storage).sort(),
              space.active,
            ];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[\"8\",[\"pve\"],true,[\"local\",\"local-lvm\"],1]");
  }

  @Test
  void the_raw_door_takes_a_path_or_spells_it() throws Exception {
    var result =
        run(
            """
            const spelled = await pve.api.nodes('pve').storage.get({ content: 'import' });
            const asked = await pve.request('GET', '/nodes/pve/storage', { params: { content: 'import' } });
            await pve.request('POST', '/pools', { params: { poolid: 'lab', comment: 'a & b = c' } });
            const { comment } = await pve.api.pools('lab').get();
            return [JSON.stringify(spelled) === JSON.stringify(asked), spelled.length > 0, comment];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[true,true,\"a & b = c\"]");
  }

  @Test
  void a_path_has_every_verb_and_tasks_are_their_upids() throws Exception {
    var result =
        run(
            """
            const vms = pve.api.nodes('pve').qemu;
            await pve.task(await vms.post({ vmid: 310, name: 'spelled' })).wait();
            const vm = vms(310);
            await vm.config.put({ memory: 512 });
            await pve.task(await vm('config').create({ cores: 2 })).wait();
            const { name, memory, cores } = await pve.api('nodes', 'pve', 'qemu', 310n).config.get();
            const upid = await vm.delete({ purge: true });
            await pve.task(upid).wait();
            return [name, memory, cores, upid.split(':')[5], (await vms.get()).length];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[\"spelled\",\"512\",2,\"qmdestroy\",0]");
  }

  @Test
  void a_path_refuses_what_is_none() throws Exception {
    var result =
        run(
            """
            const tries = [
              () => pve.api.nodes(undefined).get(),
              () => pve.api.nodes({ node: 'pve' }).get(),
              () => pve.api.nodes('pve').qemu(1.5).get(),
              () => pve.api.nodes('pve').qemu(-1).get(),
              () => pve.api.nodes('pve').qemu().get(),
              () => pve.api.get(),
              () => { pve.api.nodes.pve = 1; },
              () => pve.api.nodes('').get(),
              () => pve.api.nodes('..').get(),
              () => pve.api['../access'].get(),
            ];
            const said = [];
            for (const attempt of tries) {
              try { await attempt(); said.push('nothing'); } catch (e) { said.push(`${e.code}: ${e.message}`); }
            }
            return said;
            """);
    assertThat(result.error()).isNull();
    assertThat(requireNonNull(result.value()))
        .extracting(said -> said.asText().replaceFirst("^proxmox.path-segment: ", ""))
        .containsExactly(
            "`undefined` cannot be a part of a path of the API.",
            "`{ node: 'pve' }` cannot be a part of a path of the API.",
            "`1.5` cannot be a part of a path of the API.",
            "`-1` cannot be a part of a path of the API.",
            "`/nodes/pve/qemu` is called without a value.",
            "`api.get()` has no path before its verb.",
            "`/nodes/pve` is a path of the API, which cannot be assigned to.",
            "`` cannot be a part of a path of the API.",
            "`..` cannot be a part of a path of the API.",
            "`../access` cannot be a part of a path of the API.");
  }

  @Test
  void a_path_is_no_promise_and_no_symbol_leads_further() throws Exception {
    var result =
        run(
            """
            const path = pve.api.nodes('pve');
            return [path.then, path[Symbol.iterator], (await path) === path, `${path.qemu(7)}`].map(String);
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString("[\"undefined\",\"undefined\",\"true\",\"ProxmoxApi /nodes/pve/qemu/7\"]");
  }

  @Test
  void a_vm_that_is_not_there_is_named() throws Exception {
    var result = run("return pve.vm(4711).config();");
    assertThat(tester.error())
        .isEqualTo(
            """
            error: VM 4711 does not exist.                              proxmox.vm-not-found
              at recipe.js:5:23
                 5 |   return pve.vm(4711).config();
                   |                       ^
              hint: List the VMs with `pve.vms.list()`.
            """);
    assertThat(result.exitStatus()).isEqualTo(4);
    assertThat(run("return (await pve.vms.find({ name: 'nobody' })) === null;").value())
        .hasToString("true");
  }

  @Test
  void what_is_not_waited_for_returns_its_task_as_the_types_say() throws Exception {
    var result =
        run(
            """
            const made = await pve.vms.create({ node: 'pve', vmid: 300 }, { wait: false });
            await made.wait();
            const vm = pve.vm(300);
            const started = await vm.start({ wait: false });
            await started.wait();
            const running = await vm.start({ wait: false });
            const stopped = await vm.stop({ wait: false });
            await stopped.wait();
            const cloned = await vm.clone({ newid: 301, wait: false });
            await cloned.wait();
            return [made.upid, started.upid, running.status, stopped.upid, cloned.upid]
              .map((said) => said.split(':').at(said.startsWith('UPID') ? 5 : 0));
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString("[\"qmcreate\",\"qmstart\",\"running\",\"qmstop\",\"qmclone\"]");
  }

  @Test
  void wrong_parameters_are_all_named() throws Exception {
    var result =
        run("await pve.request('POST', '/pools', { params: { nope: 1, poolid: 'lab' } });");
    var error = requireNonNull(result.error());
    assertThat(error.code()).isEqualTo("proxmox.parameter");
    assertThat(error.message()).contains("POST /pools").contains("there is no `nope`");
    assertThat(result.exitStatus()).isEqualTo(1);
  }

  @Test
  void a_misspelled_option_is_refused_before_the_call_is_sent() throws Exception {
    run(
        """
        return pve.api.nodes('pve').qemu.post({ vmid: 320, scsi0: 'local-lvm:8,ssdd=1' });
        """);
    assertThat(tester.error())
        .isEqualTo(
            """
            error: Proxmox does not accept the parameters of `POST /nodes/pve/qemu`: `scsi0` has no option `ssdd` (did you mean `ssd`?).  proxmox.parameter
              at recipe.js:5:36
                 5 |   return pve.api.nodes('pve').qemu.post({ vmid: 320, scsi0: 'local-lvm:8,ssdd=1' });
                   |                                    ^
              hint: Correct the named parameters; their forms stand in the API viewer of Proxmox.
            """);
  }

  @Test
  void the_raw_door_is_checked_before_sending_and_handles_by_the_server() throws Exception {
    var result =
        run(
            """
            const codes = [];
            const attempts = [
              () => pve.request('POST', '/pools', { params: { poolid: 'a', commment: 'x' } }),
              () => pve.api.nodes('pve').storage.get({ content: 'import', enabeld: 1 }),
              () => pve.vm(100, { node: 'pve' }).update({ memroy: 512 }),
              () => pve.api.nodes('pve').qemu(100).mtunnel.post({ anything: 'goes' }),
            ];
            for (const attempt of attempts) await attempt().catch((e) => codes.push(`${e.code} ${e.details.status ?? 'unsent'}`));
            return codes;
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[\"proxmox.parameter unsent\",\"proxmox.parameter unsent\","
                + "\"proxmox.parameter 400\",\"proxmox.api-missing 501\"]");
  }

  @Test
  void a_handle_is_journaled_as_its_name() throws Exception {
    var result =
        run(
            """
            return JSON.stringify([pve.vm(100, { node: 'pve' }), pve.storage('local'), pve.node('pve')]);
            """);
    assertThat(requireNonNull(result.value()).asText())
        .isEqualTo("[{\"vmid\":100,\"node\":\"pve\"},{\"storage\":\"local\"},{\"node\":\"pve\"}]");
  }

  @Test
  void a_name_cannot_break_out_of_its_place_in_a_path() throws Exception {
    var result =
        run(
            """
            const codes = [];
            for (const bad of ['pve/qemu/100', '..', '', 'a\\r\\nX-Evil: 1']) {
              try { await pve.node(bad).status(); } catch (e) { codes.push(e.code); }
            }
            try { await pve.api.nodes('pve').storage('local').content('local:import/../../x').get(); }
            catch (e) { codes.push(e.code); }
            return codes;
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasSize(5).allMatch(c -> c.asText().equals("proxmox.path-segment"));
  }

  @Test
  void the_token_is_in_no_message_and_no_log() throws Exception {
    var secret = "11111111-2222-3333-4444-555555555555";
    var result =
        tester.run(
            recipe(
                """
                import { proxmox } from 'hearth:proxmox';
                export const recipe = {
                  summary: 'A test',
                  params: { token: { type: 'string', summary: 'token' } },
                  permissions: { proxmox: 'read' },
                };
                export default async ({ log, params: { token } }) => {
                  try {
                    await proxmox({ url: 'https://127.0.0.1:1', token }).version();
                  } catch (e) {
                    log.info(JSON.stringify([e.message, e.hint, e.details, e.stack]));
                    throw e;
                  }
                };
                """),
            request -> request.allowAll().param("token", "root@pam!test=" + secret));
    assertThat(requireNonNull(result.error()).code()).isEqualTo("net.refused");
    assertThat(tester.events().toString()).contains("refused").doesNotContain(secret);
  }

  /** Runs with the intent to read, against a port where nobody answers. */
  private RunResult reading(String body) throws IOException, InterruptedException {
    var environment =
        Map.of(
            "HEARTH_PROXMOX_URL", "https://127.0.0.1:1",
            "HEARTH_PROXMOX_TOKEN", "root@pam!test=11111111-2222-3333-4444-555555555555");
    var hearth =
        Hearth.builder()
            .home(folder.resolve("other"))
            .environment(name -> Optional.ofNullable(environment.get(name)))
            .build();
    var text =
        recipe(
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'A test', permissions: { proxmox: 'read' } };
            export default async () => {
              %s
            };
            """
                .formatted(body));
    return hearth.run(RunRequest.of(text).allow("proxmox:read"), event -> {});
  }

  @Test
  void a_recipe_with_read_intent_cannot_change_anything() throws Exception {
    var result = reading("return proxmox().vm(100, { node: 'pve' }).stop();");
    // With a packet the error would be that nothing answers at port 1.
    assertThat(requireNonNull(result.error()).code()).startsWith("permission.");
    assertThat(result.exitStatus()).isEqualTo(3);
  }

  @Test
  void a_path_needs_write_for_every_verb_but_get() throws Exception {
    var result =
        reading(
            """
            const pools = proxmox().api.pools;
            const codes = [];
            for (const verb of ['get', 'post', 'create', 'put', 'set', 'delete']) {
              await pools[verb]({ poolid: 'lab' }).catch((e) => codes.push(e.code));
            }
            return codes;
            """);
    assertThat(result.error()).isNull();
    assertThat(requireNonNull(result.value()))
        .extracting(code -> code.asText().replaceFirst("\\..*", ""))
        .containsExactly(
            "net", "permission", "permission", "permission", "permission", "permission");
  }

  @Test
  void every_example_of_the_page_runs() throws Exception {
    var page = Files.readString(Path.of("src/main/java/dev/hearth/stdlib/proxmox/README.md"));
    Matcher examples = Pattern.compile("```js\\n(.*?)```", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (examples.find()) {
      count++;
      var result = tester.run(recipe(examples.group(1)), RunRequest::simulated);
      assertThat(result.error()).as(examples.group(1)).isNull();
    }
    assertThat(count).isGreaterThanOrEqualTo(4);
  }
}
