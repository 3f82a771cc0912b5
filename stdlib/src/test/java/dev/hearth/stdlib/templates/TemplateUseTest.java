package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates are good for once they are there: clones, lists, several at once. */
class TemplateUseTest {
  private final Path folder;
  private final RecipeTester tester;

  TemplateUseTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    var file =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            import { templates } from 'hearth:templates';
            export const recipe = { permissions: { proxmox: 'write', images: 'read' }, onError: 'undo' };
            const of = (name, image = name) => ({ name, image, node: 'pve', storage: 'local-lvm', tags: ['lab'] });
            export default async ({ step }) => {
              const pve = proxmox();
              const t = templates();
              %s
            };
            """
                .formatted(body));
    return tester.run(
        file,
        request ->
            request
                .simulatedIn(folder.resolve("world.json"))
                .allow("read=" + folder)
                .allow("write=" + folder));
  }

  @Test
  void several_are_built_at_once_and_one_file_is_downloaded_once() throws Exception {
    var result =
        run(
            """
            const names = [];
            const named = (name, work, options) => { names.push(name); return step(name, work, options); };
            const done = await t.matrix([of('alpine'), of('debian-13'), of('web', 'debian-13')], { step: named });
            const list = await t.list({ drift: true });
            return [done.map(({ name, changed }) => `${name} ${changed}`),
              list.map(({ name, state, image, isNewest, ageDays }) => `${name} ${state} ${image} ${isNewest} ${ageDays}`).sort(),
              names.filter((name) => name.startsWith('web:')),
              (await pve.storage('local', { node: 'pve' }).content.list({ content: 'import' })).length];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"alpine true\",\"debian-13 true\",\"web true\"],[\"alpine current alpine-3.24 true 0\","
                + "\"debian-13 current debian-13 true 0\",\"web current debian-13 true 0\"],[\"web: find the"
                + " image\",\"web: look at what is there\",\"web: download the image\",\"web: create the"
                + " VM\",\"web: resize the disk\",\"web: convert to a template\",\"web: publish the"
                + " template\"],2]");
  }

  @Test
  void a_matrix_says_which_failed_and_why() throws Exception {
    run("await pve.vms.create({ node: 'pve', name: 'web', memory: 512 });");
    var result = run("await t.matrix([of('alpine'), of('web', 'alpine')], { step });");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo(
            "1 of 2 templates failed: `web`: VM 100 is named `web` and is no template of Hearth.");
    assertThat(run("return (await pve.vms.list()).length;").value()).hasToString("1");
  }

  @Test
  void a_clone_has_its_own_values_and_none_of_the_tags_of_its_template() throws Exception {
    var result =
        run(
            """
            await t.ensure(of('alpine'), { step });
            const web = await t.template('alpine').clone({
              name: 'web1', tags: ['web'], disk: '20GiB', start: true,
              config: { memory: 1024, ipconfig0: 'ip=10.0.0.5/24,gw=10.0.0.1' },
            }, { step });
            const { name, tags, memory, ipconfig0, scsi0 } = await web.config();
            const { status } = await web.status();
            const template = t.template('alpine');
            await template.set({ memory: 4096 });
            return [name, tags, memory, ipconfig0, /size=20G/.test(scsi0), status, await template.clones(),
              (await (await template.get()).config()).memory, (await template.versions()).map(({ state }) => state)];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[\"web1\",\"web\",\"1024\",\"ip=10.0.0.5/24,gw=10.0.0.1\",true,\"running\",[101],\"4096\",[\"current\"]]");
  }

  @Test
  void an_option_that_a_clone_does_not_have_is_named() throws Exception {
    run("await t.ensure(of('alpine'), { step });");
    var result = run("await t.template('alpine').clone({ name: 'web1', memory: 1024 });");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo("`template.clone` has no option `memory`.");
  }

  @Test
  void what_needs_vendor_data_is_refused_without_a_place_for_it() throws Exception {
    var result = run("await t.ensure({ ...of('debian-13'), packages: ['htop'] }, { step });");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo(
            "The template `debian-13` needs vendor data, which Proxmox does not take through its"
                + " API.");
    assertThat(run("return (await pve.vms.list()).length;").value()).hasToString("0");
  }

  @Test
  void a_boot_test_by_an_agent_that_is_not_there_is_refused_before_anything_is_made()
      throws Exception {
    var result = run("await t.ensure(of('debian-13'), { step, test: { over: 'agent' } });");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("templates.test-needs-agent");
    assertThat(run("return (await pve.vms.list()).length;").value()).hasToString("0");
  }

  @Test
  void hostile_notes_neither_forge_a_mark_nor_lose_the_own_one() throws Exception {
    var result =
        run(
            """
            const forged = '{"managedBy":"hearth","kind":"template","vmid":100,"name":"other","build":"x"}';
            const wish = { ...of('alpine'), notes: `first\n${forged}\nlast` };
            await t.ensure(wish, { step });
            const { description } = await pve.vm(100).config();
            return [description.includes('"name":"other"'), (await t.list()).map(({ name }) => name),
              await t.template('other').find(), (await t.plan(wish)).action];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[false,[\"alpine\"],null,\"none\"]");
  }

  @Test
  void the_notes_and_a_file_tell_image_time_and_the_recipe_that_made_it() throws Exception {
    var here = folder.resolve("kept");
    var result =
        run(
            """
            const { vmid } = await t.ensure(of('alpine'), { step, provenance: '%s' });
            const { description } = await pve.vm(vmid).config();
            return JSON.parse(description.trim().split('\\n').at(-1));
            """
                .formatted(here));

    assertThat(result.error()).isNull();
    var notes = requireNonNull(result.value());
    var file = WishTester.json(Files.readString(here.resolve("alpine.json")));
    var recipe = Files.readAllBytes(folder.resolve("recipe.js"));
    var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(recipe));
    for (var told : List.of(notes, file)) {
      assertThat(told.at("/run/recipe").asText()).isEqualTo("recipe.js");
      assertThat(told.at("/run/recipeSha256").asText()).isEqualTo(sha256);
      assertThat(told.at("/run/id").asText()).isNotEmpty();
      assertThat(told.at("/image/url").asText()).startsWith("https://");
      assertThat(told.at("/builtAt").asText()).endsWith("Z");
    }
    assertThat(file.at("/image/checksum")).isEqualTo(notes.at("/image/identity"));
    assertThat(file.at("/specificationDigest")).isEqualTo(notes.at("/spec"));
  }

  private static final String OLDER =
      """
      const older = async (name) => {
        const { vmid } = await t.template(name).get();
        const { description } = await pve.vm(vmid).config();
        await pve.vm(vmid).update({ description: description.replace(/"identity":"[^"]*"/, '"identity":"0123"') });
      };
      """;

  @Test
  void a_template_is_refreshed_from_its_own_notes_when_its_image_has_a_newer_one()
      throws Exception {
    run(
        "await t.ensure({ ...of('web', 'alpine'), memory: '3GiB', disks: [{ size: '12GiB' }] }, { step });");
    var same = run("return (await t.template('web').refresh({ step })).action;");
    assertThat(same.error()).isNull();
    assertThat(same.value()).hasToString("\"none\"");

    run(OLDER + "await older('web');");
    var newer =
        run(
            """
            const { action, vmid, differences, removed } = await t.template('web').refresh({ step, keep: 0 });
            const { memory, scsi0, tags } = await pve.vm(vmid).config();
            const again = await t.template('web').refresh({});
            return [action, differences[0].slice(0, 14), removed.length, memory, /size=12G/.test(scsi0), tags, again.action];
            """);
    assertThat(newer.error()).isNull();
    assertThat(newer.value())
        .hasToString(
            "[\"replace\",\"image 0123 -> \",1,\"3072\",true,\"current;hearth;lab\",\"none\"]");
  }

  @Test
  void a_wish_with_something_for_nobodys_eyes_stands_in_no_notes_and_has_to_be_given()
      throws Exception {
    var hash = "$6$saltsalt$" + "x".repeat(86);
    var wish =
        """
        const wish = { ...of('web', 'alpine'), users: [{ name: 'ops', passwordHash: '%s' }] };
        """
            .formatted(hash);
    var built =
        run(
            wish
                + """
                const { vmid } = await t.ensure(wish, { step });
                return (await pve.vm(vmid).config()).description.includes('saltsalt');
                """);
    assertThat(built.error()).isNull();
    assertThat(built.value()).hasToString("false");

    var error = requireNonNull(run("await t.template('web').refresh({ step });").error());
    assertThat(error.message())
        .isEqualTo(
            "The notes of `web` do not keep what it was wished to be, because of users[0].passwordHash.");
    assertThat(
            run(wish + "return (await t.template('web').refresh({ wish, step })).action;").value())
        .hasToString("\"none\"");
    assertThat(
            requireNonNull(
                    run("await t.template('web').refresh({ wish: of('x', 'alpine') });").error())
                .message())
        .isEqualTo("A wish for `x` does not refresh `web`.");
    assertThat(requireNonNull(run("await t.template('no').refresh();").error()).code())
        .isEqualTo("templates.not-found");
  }

  @Test
  void notes_withhold_what_may_be_secret_and_what_is_too_long_for_them() throws Exception {
    var result =
        run(
            """
            const mark = async (more) => {
              const plan = await t.plan({ ...of('web', 'alpine'), ...more }, { snippets: { storage: 'local', host: 'pve1' } });
              const { wish, withheld } = plan.build.mark;
              return withheld ?? Object.keys(wish);
            };
            const repository = (url) => ({ repositories: [{ name: 'own', url, trusted: true }] });
            return [
              await mark({ packages: ['htop'], timezone: undefined }),
              await mark({ commands: ['join --token 123'], files: [{ path: '/etc/a', content: 'x' }] }),
              await mark({ users: ['ops', 'spy'] }),
              await mark(repository('https://mirror.lan/alpine')),
              await mark(repository('https://me:pw@mirror.lan/alpine')),
              await mark({ notes: 'x'.repeat(4000) }),
            ];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"name\",\"image\",\"node\",\"storage\",\"tags\",\"packages\"],[\"files\",\"commands\"],"
                + "[\"users\"],[\"repositories\"],[\"repositories\"],[\"its length\"]]");
  }

  /** Who may change a VM's options writes its notes, which is less than to build templates. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ commands: ['join-them'] }     | wish-unknown | because of commands.",
        "{ files: [{ path: '/x', file: '/etc/hostname' }] } | wish-unknown | because of files.",
        "{ sshKeys: [{ file: '/etc/hostname' }] } | wish-unknown | because of sshKeys.",
        "{ users: ['alpine', 'spy'] }         | wish-unknown | because of users.",
        "{ image: { url: 'http://evil/x.qcow2' } } | wish-unknown | because of image.",
        "{ sshKeys: [KEY] }                   | notes-differ | sshKeys none -> ssh-ed25519",
        "{ name: 'other' }                    | option       | A wish for `other`",
      })
  void what_somebody_wrote_into_the_notes_is_not_built(String more, String code, String said)
      throws Exception {
    run("await t.ensure(of('web', 'alpine'), { step });");
    var forged =
        """
        const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPNzMS7nbKjyjIRoEYA+8CnnOTp2k5kSCNq4cZ7sSFGg spy';
        const vm = await t.template('web').get();
        const lines = (await vm.config()).description.trimEnd().split('\\n');
        const mark = JSON.parse(lines.pop());
        const forged = { ...mark, wish: { ...mark.wish, ...%s } };
        await pve.request('PUT', `/nodes/pve/qemu/${vm.vmid}/config`, { params: { description: [...lines, JSON.stringify(forged)].join('\\n') } });
        """
            .formatted(more);
    assertThat(run(forged).error()).isNull();

    var error = requireNonNull(run("await t.template('web').refresh({ step });").error());

    assertThat(error.code()).isEqualTo("templates." + code);
    assertThat(error.message()).contains(said);
  }
}
