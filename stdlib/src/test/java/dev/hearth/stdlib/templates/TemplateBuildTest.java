package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault.Trouble;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates from a recipe to the simulator; each run continues in one world. */
class TemplateBuildTest {
  private static final String WISH =
      """
      const wish = {
        name: 'debian', node: 'pve', storage: 'local-lvm', image: { volid: 'local:import/cloud.qcow2' },
        disks: [{ size: '5GiB' }], networks: [{ bridge: 'vmbr0', model: 'virtio', vlan: 50, ip: 'dhcp' }], tags: ['lab'],
        notes: 'For the lab.', nameservers: ['10.0.0.1'],
        users: [{ name: 'debian', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK me@lab'] }],
      };
      """;

  private final TemplateLab lab;

  TemplateBuildTest(@TempDir Path folder) {
    this.lab =
        new TemplateLab(
            folder,
            Clock.system(),
            WISH,
            world -> world.file("local:import/cloud.qcow2", 300L << 20, 3L << 30));
  }

  @Test
  void a_template_is_built_once_and_says_what_differs_later() throws Exception {
    var first =
        lab.run(
            """
            const plan = await t.plan(wish);
            const done = await t.ensure(wish);
            const config = await pve.vm(done.vmid).config();
            return [plan.action, done.changed, config.template, config.ciuser, config.tags,
              /size=5G/.test(config.scsi0), /tag=50/.test(config.net0), config.description.startsWith('For')];
            """);
    assertThat(first.error()).isNull();
    assertThat(first.value())
        .hasToString("[\"build\",true,1,\"debian\",\"current;hearth;lab\",true,true,true]");

    var second =
        lab.run(
            """
            const { changed, before } = await t.ensure(wish);
            return [changed, before !== null, (await pve.vms.list()).length];
            """);
    assertThat(second.error()).isNull();
    assertThat(second.value()).hasToString("[false,true,1]");

    var third =
        lab.run(
            """
            const other = { ...wish, memory: 4096 };
            const { changed, differences, before, after } = await t.ensure(other);
            return [changed, differences, before.vmid === after.vmid, (await t.ensure(other)).changed];
            """);
    assertThat(third.error()).isNull();
    assertThat(third.value()).hasToString("[true,[\"memory 2048 -> 4096\"],true,false]");
  }

  @Test
  void a_configuration_of_ignition_is_the_part_of_the_drive_that_its_system_reads()
      throws Exception {
    var result =
        lab.run(
            """
            const of = async (like) => {
              const image = { volid: 'local:import/cloud.qcow2', like };
              const files = [{ path: '/etc/motd', content: 'hi' }];
              const other = { ...wish, image, users: undefined, disks: [{ size: '10GiB' }], files };
              const { build } = await t.plan(other, { snippets: { storage: 'local', host: 'pve' } });
              return [build.options.cicustom.replace(/-[0-9a-f]{8}[.]/, '-ID.'), build.options.ciuser ?? null, build.options.ciupgrade];
            };
            return [await of('flatcar'), await of('fedora-coreos')];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"user=local:snippets/hearth-debian-ID.yaml\",null,\"0\"],"
                + "[\"vendor=local:snippets/hearth-debian-ID.yaml\",null,\"0\"]]");
  }

  @Test
  void what_a_vendor_calls_img_gets_the_name_that_its_specification_says() throws Exception {
    var image = "{ url: 'https://images.example/golden.img', checksum: '%s', like: 'debian-13' }";
    var told =
        lab.value(
            """
            const other = { ...wish, image: %s };
            const { build } = await t.plan(other);
            return [(await t.specification(other)).image.filename, build.image.file.filename, build.volume];
            """
                .formatted(image.formatted("ab".repeat(32))));
    assertThat(told)
        .hasToString("[\"golden.qcow2\",\"golden.qcow2\",\"local:import/golden.qcow2\"]");
  }

  @Test
  void what_needs_another_disk_is_refused_with_each_difference() throws Exception {
    lab.run("return t.ensure(wish);");
    var result =
        lab.run(
            """
            return t.ensure({ ...wish, storage: 'local', disks: [{ size: '6GiB' }], firmware: 'uefi', packages: ['htop'] });
            """);
    assertThat(requireNonNull(result.error()).code()).isEqualTo("templates.needs-replacing");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo(
            "The template `debian` (VM 100) would need another disk: firmware bios -> uefi, machine"
                + " i440fx -> q35, storage local-lvm -> local, size 5GiB -> 6GiB, packages.");
  }

  @Test
  void a_build_that_fails_leaves_nothing_behind() throws Exception {
    var result = lab.run("return t.ensure({ ...wish, disks: [{ size: '1GiB' }] });");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo("The template's disk is to have 1024 MiB, less than the image's own 3072 MiB.");
    assertThat(lab.run("return pve.vms.list();").value()).isEmpty();
  }

  @Test
  void what_fails_of_a_matrix_without_steps_leaves_nothing_and_the_others_are_whole()
      throws Exception {
    var result =
        lab.run(
            """
            const small = { ...wish, name: 'small', disks: [{ size: '1GiB' }] };
            const code = await t.matrix([wish, small]).catch((error) => error.code);
            return [code, (await pve.vms.list()).map(({ name, template }) => `${name} ${template}`)];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[\"templates.some-failed\",[\"debian 1\"]]");
  }

  @Test
  void a_conversion_that_fails_takes_back_the_vm() throws Exception {
    lab.simulator().failNextTask("qmtemplate", "the disk is on fire");
    var result = lab.run("return t.ensure(wish);");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("proxmox.task-failed");
    assertThat(requireNonNull(result.error()).message()).contains("the disk is on fire");
    assertThat(lab.run("return pve.vms.list();").value()).isEmpty();
  }

  @Test
  void a_vm_of_the_name_that_is_not_ours_is_kept() throws Exception {
    lab.run("await pve.vms.create({ node: 'pve', name: 'debian', memory: 512 });");
    var result = lab.run("return t.ensure(wish, { replace: true });");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo("VM 100 is named `debian` and is no template of Hearth.");
    var removed =
        lab.run("return [await t.template('debian').remove(), (await pve.vms.list()).length];");
    assertThat(removed.value()).hasToString("[false,1]");
  }

  @Test
  void a_replaced_template_is_retired_and_its_clones_go_on_working() throws Exception {
    var result =
        lab.run(
            """
            const { vmid: old } = await t.ensure(wish);
            const clone = await pve.vm(old).clone({ name: 'web' });
            const { vmid, differences } = await t.ensure({ ...wish, disks: [{ size: '6GiB' }] }, { replace: true });
            const tags = async (id) => (await pve.vm(id).config()).tags;
            const names = (await pve.vms.list()).map((vm) => vm.name).join(' ');
            return [differences, names, await tags(old), await tags(vmid), (await pve.vms.get({ name: 'debian' })).vmid === vmid,
              (await clone.start()).status, (await t.template('debian').get()).vmid === vmid];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"size 5GiB -> 6GiB\"],\"debian-retired-100 web debian\",\"hearth;lab;retired\","
                + "\"current;hearth;lab\",true,\"running\",true]");
  }

  private static final String TESTED =
      "const tested = { ...wish, agent: true, disks: [{ size: '20GiB' }], image: { ...wish.image, like: 'almalinux-10' } };";

  @Test
  void a_boot_test_starts_a_clone_and_leaves_nothing_of_it() throws Exception {
    var result =
        lab.run(
            TESTED
                + """
                const names = [];
                const step = (name, work) => { names.push(name); return work(); };
                const { vmid } = await t.ensure(tested, { test: true, step });
                return [names, (await pve.vms.list()).map((vm) => vm.name), (await pve.vm(vmid).config()).tags];
                """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"find the image\",\"look at what is there\",\"create the VM\",\"resize the disk\",\"convert"
                + " to a template\",\"clone it for the boot test\",\"see whether it boots\",\"remove the"
                + " test clone\",\"publish the template\"],[\"debian\"],\"current;hearth;lab\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO_AGENT           | its guest agent does not answer
          CLOUD_INIT_FAILED  | cloud-init says error
          CLOUD_INIT_RUNNING | cloud-init does not come to an end
          NO_USER            | it lacks user debian
          """)
  void a_boot_test_that_fails_leaves_the_old_template_untouched(Trouble trouble, String why)
      throws Exception {
    lab.run(TESTED + "await t.ensure(tested);");
    lab.simulator().world().trouble(new GuestFault("debian-boot-test", trouble));
    var result =
        lab.run(
            TESTED
                + "await t.ensure({ ...tested, disks: [{ size: '24GiB' }] }, { replace: true, test: { timeout: '1s' } });");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("templates.boot-test");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo("The new `debian` does not pass its boot test: " + why + ".");
    var left =
        lab.run(
            "return (await pve.vms.list()).map((vm) => [vm.vmid, vm.name, vm.tags, vm.template]);");
    assertThat(left.value()).hasToString("[[100,\"debian\",\"current;hearth;lab\",1]]");
  }

  @Test
  void of_the_retired_versions_the_latest_stay_and_those_with_linked_clones() throws Exception {
    var result =
        lab.run(
            """
            const grown = (size, options) => t.ensure({ ...wish, disks: [{ size }] }, { replace: true, ...options });
            const { vmid: first } = await grown('5GiB');
            await pve.vm(first).clone({ name: 'web' });
            await grown('6GiB');
            await grown('7GiB');
            const last = await grown('8GiB', { keep: 1 });
            return [last.removed, last.inUse, (await pve.vms.list()).map((vm) => vm.name)];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[{\"vmid\":102,\"node\":\"pve\"}],[{\"vmid\":100,\"node\":\"pve\",\"clones\":[101]}],"
                + "[\"debian-retired-100\",\"web\",\"debian-retired-103\",\"debian\"]]");
  }

  @Test
  void of_two_runs_that_build_the_same_one_goes_on_and_the_other_leaves_nothing() throws Exception {
    var result =
        lab.run(
            """
            let looked = 0;
            let goOn;
            const bothLooked = new Promise((resolve) => (goOn = resolve));
            const ensured = async () => {
              const undos = [];
              const step = async (name, work, { undo } = {}) => {
                const result = await work();
                if (undo) undos.unshift(() => undo(result));
                if (name === 'look at what is there') {
                  if (++looked === 2) goOn();
                  await bothLooked;
                }
                return result;
              };
              try {
                await t.ensure(wish, { step });
              } catch (error) {
                for (const undo of undos) await undo();
                throw error;
              }
            };
            const [one, other] = await Promise.allSettled([ensured(), ensured()]);
            const codes = [one, other].map(({ status, reason }) => reason?.code ?? status).sort();
            return [codes, (await pve.vms.list()).map(({ name, tags }) => `${name} ${tags}`)];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"fulfilled\",\"templates.built-elsewhere\"],[\"debian current;hearth;lab\"]]");
  }
}
