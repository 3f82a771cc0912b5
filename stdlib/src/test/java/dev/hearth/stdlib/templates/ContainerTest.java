package dev.hearth.stdlib.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.world.Appliance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers by the wishes of templates. */
class ContainerTest {
  private static final String WISH =
      """
      const wish = {
        name: 'web', node: 'pve', storage: 'local-lvm', image: 'debian-13', cores: 2, memory: '1GiB', swap: 256,
        disks: [{ size: '4GiB' }, { size: '2GiB', path: '/data' }], timezone: 'Europe/Berlin', tags: ['Lab'], categories: ['front'], notes: 'For the lab.',
        networks: [{ bridge: 'vmbr0', vlan: 20, ip: '10.0.0.5/24', gateway: '10.0.0.1', ip6: 'auto', firewall: true }], nameservers: ['1.1.1.1', '9.9.9.9'], searchDomains: ['lan'],
        sshKeys: ['%s'],
      };
      """
          .formatted(WishTester.KEY);

  private final TemplateLab lab;

  ContainerTest(@TempDir Path folder) {
    this.lab = new TemplateLab(folder, Clock.system(), WISH, world -> world);
  }

  @Test
  void a_container_is_all_that_it_was_wished_to_be() throws Exception {
    var made =
        lab.value(
            """
            const names = [];
            const step = (name, work) => { names.push(name); return work(); };
            const { changed, vmid, template } = await t.container(wish, { step });
            const { cores, memory, swap, rootfs, mp0, net0, nameserver, searchdomain, timezone, tags, description, unprivileged, features } = await pve.ct(vmid).config();
            return { names, changed, template: template.split('_')[0], status: (await pve.ct(vmid).status()).status,
              config: [cores, memory, swap, rootfs, mp0, net0.replace(/hwaddr=[^,]*,/, ''), nameserver, searchdomain, timezone, tags, description, unprivileged, features] };
            """);
    assertThat(made.get("names"))
        .hasToString(
            "[\"look at what is there\",\"find the newest template\",\"download the template\",\"create the"
                + " container\",\"start it\"]");
    assertThat(made.get("changed").asBoolean()).isTrue();
    assertThat(made.get("template").asText()).isEqualTo("debian-13-standard");
    assertThat(made.get("status").asText()).isEqualTo("running");
    assertThat(made.get("config"))
        .hasToString(
            "[2,1024,256,\"local-lvm:vm-100-disk-0,size=4G\",\"local-lvm:vm-100-disk-1,mp=/data,size=2G\","
                + "\"name=eth0,bridge=vmbr0,firewall=1,gw=10.0.0.1,ip=10.0.0.5/24,ip6=auto,tag=20,type=veth\","
                + "\"1.1.1.1 9.9.9.9\",\"lan\",\"Europe/Berlin\",\"front;lab\",\"For the lab.\\n\",1,\"nesting=1\"]");
  }

  @Test
  void a_second_run_changes_nothing_and_a_third_just_what_differs() throws Exception {
    var told =
        lab.value(
            """
            const { vmid } = await t.container(wish);
            const again = await t.container(wish);
            const other = await t.container({ ...wish, memory: 2048, disks: [{ size: '6GiB' }, wish.disks[1]] });
            const { memory, rootfs } = await pve.ct(vmid).config();
            return [again.changed, again.vmid === vmid, other.changed, other.differences, memory, /size=6G/.test(rootfs), (await pve.cts.list()).length];
            """);
    assertThat(told)
        .hasToString("[false,true,true,[\"memory 1024 -> 2048\",\"rootfs 4G -> 6G\"],2048,true,1]");
  }

  @Test
  void what_fails_leaves_no_container() throws Exception {
    lab.simulator().failNextTask("vzstart", "the kernel is tired");
    var error = lab.error("await t.container(wish);");
    assertThat(error.message()).contains("the kernel is tired");
    assertThat(lab.value("return (await pve.cts.list()).length;").asInt()).isZero();
  }

  @Test
  void a_change_that_cannot_be_used_is_taken_back() throws Exception {
    lab.run("await t.container(wish, { start: false });");
    lab.simulator().failNextTask("vzstart", "the kernel is tired");
    lab.run("await t.container({ ...wish, memory: 4096 });");
    assertThat(
            lab.value("return (await (await pve.cts.get({ name: 'web' })).config()).memory;")
                .asInt())
        .isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          packages: ['vim']               | The template's `packages` cannot be set up in a container: Proxmox has no way to run anything in it.
          commands: ['reboot']            | The template's `commands` cannot be set up in a container: Proxmox has no way to run anything in it.
          files: []                       | The template's `files` cannot be set up in a container: Proxmox has no way to run anything in it.
          locale: 'de_DE.UTF-8'           | The template's `locale` cannot be set up in a container: Proxmox has no way to run anything in it.
          firmware: 'uefi'                | The template's `firmware` is nothing that a container has.
          users: ['ops']                  | The template's `users[0]` cannot be made in a container: Proxmox knows root there, its keys and its password.
          users: ['root', 'ops']          | The template's `users[1]` cannot be made in a container: Proxmox knows root there, its keys and its password.
          networks: [{ model: 'e1000' }]  | The template's `networks[0].model` is nothing that a container has.
          disks: [{}, { size: '1GiB' }]   | The template's `disks[1].path` is missing.
          disks: [{ size: '500MiB' }]     | The template's `disks[0].size` has to be whole GiB: Proxmox makes no other disks.
          image: { volid: 'local:iso/a' } | The template's `image.volid` is `local:iso/a`, and has to be a volume such as `local:vztmpl/debian.tar.zst`.
          image: 'a b'                    | The template's `image` is `a b`, and has to be a distribution, such as `debian-13`.
          cors: 2                         | The template's `cors` is no field.
          """)
  void what_a_container_cannot_be_is_refused_by_its_name(String field, String message)
      throws Exception {
    var error = lab.error("await t.container({ ...wish, %s });".formatted(field));
    assertThat(error.message()).isEqualTo(message);
  }

  @Test
  void an_option_that_there_is_not_is_refused() throws Exception {
    var error = lab.error("await t.container(wish, { replace: true });");
    assertThat(error.message()).isEqualTo("`templates().container` has no option `replace`.");
  }

  @Test
  void a_template_is_found_under_the_name_that_proxmox_has_for_it() throws Exception {
    for (var build : List.of("20240912", "20250101")) {
      var file = "rockylinux-9-default_" + build + "_amd64.tar.xz";
      var offered =
          new Appliance(
              file, "rockylinux-9", "Rocky", "http://pve.example/" + file, 1 << 20, 1 << 22);
      lab.simulator().world().appliances().put(file, offered);
    }
    var found =
        lab.value(
            "return (await t.container({ ...wish, image: 'rocky-9' }, { start: false })).template;");
    assertThat(found.asText()).isEqualTo("rockylinux-9-default_20250101_amd64.tar.xz");
  }
}
