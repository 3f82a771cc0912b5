package dev.hearth.stdlib.templates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates of machines that install themselves from a vendor's disc. */
class InstallTest {
  private static final String WISH =
      """
      const wish = {
        name: 'rocky', node: 'pve', storage: 'local-lvm', image: { iso: { volid: 'local:iso/Rocky-9.6-x86_64-dvd.iso' }, like: 'rocky-9' },
        disks: [{ size: '16GiB' }, { size: '2GiB' }], memory: 2048, locale: 'de_DE.UTF-8', keyboard: { layout: 'de', variant: 'nodeadkeys' },
        networks: [{ ip: '10.0.0.5/22', gateway: '10.0.0.1' }], nameservers: ['10.0.0.1', '1.1.1.1'], timezone: 'Europe/Berlin', agent: true,
      };
      // Vendor data would need a host of SSH.
      const bare = { ...wish, locale: undefined, keyboard: undefined, timezone: undefined };
      """;

  private static final FastClock CLOCK = new FastClock();

  private final Path folder;
  private final TemplateLab lab;

  InstallTest(@TempDir Path folder) {
    this.folder = folder;
    this.lab =
        new TemplateLab(
            folder,
            CLOCK,
            WISH,
            world ->
                world
                    .file("local:iso/Rocky-9.6-x86_64-dvd.iso", 900L << 20, 900L << 20)
                    .file("local:iso/ubuntu-24.04.3-live-server-amd64.iso", 900L << 20, 900L << 20)
                    .file("local:iso/odd.iso", 9L << 20, 9L << 20));
  }

  private static final String LEFT =
      "return [(await pve.vms.list()).length, (await pve.storage('local').content.list({ content: 'iso' })).length];";

  @Test
  void a_machine_installs_itself_and_becomes_a_template() throws Exception {
    var made =
        lab.value(
            """
            const names = [];
            const step = (name, work) => { names.push(name); return work(); };
            const { vmid } = await t.ensure(bare, { step });
            const { ide0 = null, ide2, boot, memory, scsi0, scsi1, template } = await pve.vm(vmid).config();
            return { names, ide0, ide2, boot, memory, scsi0, scsi1, template };
            """);
    assertThat(made.get("names"))
        .hasToString(
            "[\"find the image\",\"look at what is there\",\"write the answers for the installer\",\"create the VM\","
                + "\"start the installer\",\"wait until it has installed itself\",\"take the discs out\",\"resize the disk\","
                + "\"convert to a template\",\"publish the template\"]");
    assertThat(made.get("ide0").isNull()).isTrue();
    assertThat(made.get("ide2").asText()).contains("cloudinit");
    assertThat(made.get("boot").asText()).isEqualTo("order=scsi0");
    assertThat(made.get("memory").asText()).isEqualTo("2048");
    assertThat(made.get("scsi0").asText()).contains("size=16G");
    assertThat(made.get("scsi1").asText()).contains("size=2G");
    assertThat(made.get("template").asInt()).isOne();
    assertThat(lab.value(LEFT)).hasToString("[1,3]");
  }

  @Test
  void what_was_installed_is_not_installed_again_and_a_clone_of_it_starts() throws Exception {
    var result =
        lab.value(
            """
            const { vmid } = await t.ensure(bare);
            const again = await t.ensure(bare);
            const clone = await pve.vm(vmid).clone({ name: 'web' });
            await clone.start();
            return [again.changed, (await clone.agent.osInfo())['pretty-name']];
            """);
    assertThat(result).hasToString("[false,\"Rocky Linux 9.6\"]");
  }

  @Test
  void an_installer_that_asks_is_told_at_its_boot_menu() throws Exception {
    var result =
        lab.value(
            """
            const ubuntu = { ...bare, name: 'ubuntu', agent: false, image: { iso: { volid: 'local:iso/ubuntu-24.04.3-live-server-amd64.iso' }, like: 'ubuntu-24.04' } };
            const { changed, vmid } = await t.ensure(ubuntu, { install: { timeout: '10m' } });
            return [changed, (await pve.vm(vmid).config()).template];
            """);
    assertThat(result).hasToString("[true,1]");
  }

  @Test
  void an_installer_that_waits_for_somebody_is_given_up_and_leaves_nothing() throws Exception {
    var error =
        lab.error(
            "await t.ensure({ ...bare, image: { ...bare.image, iso: { volid: 'local:iso/odd.iso' } } }, { install: { timeout: '1m' } });");
    assertThat(error.code()).isEqualTo("templates.install-timeout");
    assertThat(error.message())
        .isEqualTo("The installer of `rocky` (VM 100) has not come to its end in 1 minutes.");
    assertThat(error.hint()).contains("look at the console of the VM");
    assertThat(lab.value(LEFT)).hasToString("[0,3]");
  }

  @Test
  void an_installer_that_was_cut_off_begins_anew() throws Exception {
    var result =
        lab.value(
            """
            const twice = ['start the installer', 'wait until it has installed itself', 'take the discs out'];
            const step = async (name, work) => {
              if (twice.includes(name)) await work();
              return work();
            };
            const { vmid } = await t.ensure(bare, { step });
            const { template, ide0 = null } = await pve.vm(vmid).config();
            return [template, ide0];
            """);
    assertThat(result).hasToString("[1,null]");
    assertThat(lab.value(LEFT)).hasToString("[1,3]");
  }

  @Test
  void an_installer_without_answers_waits_for_somebody_for_ever() throws Exception {
    var result =
        lab.value(
            """
            const disc = 'local:iso/Rocky-9.6-x86_64-dvd.iso,media=cdrom';
            const vm = await pve.vms.create({ node: 'pve', name: 'asks', memory: 2048, scsi0: 'local-lvm:8', ide2: disc, boot: 'order=ide2;scsi0' });
            await vm.start();
            await sleep('1m');
            return (await vm.status()).status;
            """);
    assertThat(result).hasToString("\"running\"");
  }

  @Test
  void a_disc_with_answers_is_nothing_to_a_system_that_is_there() throws Exception {
    var result =
        lab.value(
            """
            const { vmid } = await t.ensure(bare);
            const clone = await pve.vm(vmid).clone({ name: 'web' });
            await clone.update({ ide0: 'local:iso/Rocky-9.6-x86_64-dvd.iso,media=cdrom' });
            await clone.start();
            await sleep('1m');
            return (await clone.status()).status;
            """);
    assertThat(result).hasToString("\"running\"");
  }

  @Test
  void a_disc_is_downloaded_to_where_it_can_be_inserted() throws Exception {
    var plan =
        lab.value(
            """
            const checksum = 'ab'.repeat(32);
            const { build } = await t.plan({ ...bare, image: { like: 'rocky-9', iso: { url: 'https://x.example/Rocky-9.6-x86_64-boot.iso', checksum } } });
            const { image, options } = build;
            return [image.file.content, image.file.filename, image.file.checksum === checksum, options.ide2, options.boot, options.memory, options.scsi1 ?? null];
            """);
    assertThat(plan)
        .hasToString(
            "[\"iso\",\"Rocky-9.6-x86_64-boot.iso\",true,\"local:iso/Rocky-9.6-x86_64-boot.iso,media=cdrom\","
                + "\"order=ide2;scsi0\",\"3072\",null]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { volid: 'local:iso/a.iso' }                          | debian-13    | The template's `image.iso` cannot be installed by itself: the installer of Debian 13 takes no answers from a second disc.
          { volid: 'local:iso/a.iso' }                          | ubuntu-20.04 | The template's `image.iso` cannot be installed by itself: the installer of Ubuntu 20.04 LTS takes no answers from a second disc.
          { volid: 'local:import/a.qcow2' }                     | rocky-9      | The template's `image.iso.volid` is `local:import/a.qcow2`, and has to be a volume such as `local:iso/disc.iso`.
          { url: 'https://x.example/a.iso' }                    | rocky-9      | The template's `image.iso.checksum` is missing.
          { volid: 'local:iso/a.iso', mirror: 'ftp://x' }       | rocky-9      | The template's `image.iso.mirror` is `ftp://x`, and has to be a web address.
          {}                                                    | rocky-9      | The template's `image.iso` has to have either `url` or `volid`.
          """)
  void what_cannot_be_installed_is_refused_before_anything_is_made(
      String iso, String like, String message) throws Exception {
    var error =
        lab.error(
            "await t.ensure({ ...bare, image: { iso: %s, like: '%s' } });".formatted(iso, like));
    assertThat(error.code()).isEqualTo("templates.spec");
    assertThat(error.message()).isEqualTo(message);
  }

  @Test
  void a_mirror_cannot_add_words_of_its_own_to_the_answers() throws Exception {
    for (var mirror : List.of("https://x/\" --x", "https://x/\nrootpw x", "https://x/'")) {
      var body =
          "await t.documents({ ...wish, image: { like: 'rocky-9', iso: { volid: 'local:iso/a.iso', mirror: %s } } });"
              .formatted(TextNode.valueOf(mirror));
      assertThat(lab.error(body).code()).isEqualTo("templates.spec");
    }
  }

  @Test
  void anaconda_is_answered_by_a_kickstart() throws Exception {
    var answers = lab.value("return (await t.documents(wish)).answers;");
    assertThat(answers.get("label").asText()).isEqualTo("OEMDRV");
    assertThat(answers.get("typed")).isEmpty();
    assertThat(answers.at("/files/ks.cfg").asText())
        .isEqualTo(
            """
            # By Hearth.
            text --non-interactive
            cdrom
            lang de_DE.UTF-8
            keyboard --xlayouts='de (nodeadkeys)'
            timezone Europe/Berlin --utc
            network --device=link --activate --onboot=yes --bootproto=static --ip=10.0.0.5 --netmask=255.255.252.0 --gateway=10.0.0.1 --nameserver=10.0.0.1,1.1.1.1
            rootpw --lock
            selinux --enforcing
            firewall --enabled --service=ssh
            services --enabled=sshd
            firstboot --disable
            zerombr
            clearpart --all --initlabel
            reqpart
            part / --fstype=xfs --size=4096 --grow
            bootloader --timeout=1 --append="console=tty0 console=ttyS0,115200n8"
            poweroff

            %packages
            @core
            cloud-init
            cloud-utils-growpart
            qemu-guest-agent
            %end

            %post --erroronfail
            set -eu
            cloud-init clean --logs
            rm -f /etc/NetworkManager/system-connections/* /etc/sysconfig/network-scripts/ifcfg-e*
            rm -f /etc/ssh/ssh_host_* /var/lib/systemd/random-seed /root/anaconda-ks.cfg /root/original-ks.cfg
            : >/etc/machine-id
            dnf -y clean all
            %end
            """);
  }

  private static final String UBUNTU =
      "const { answers } = await t.documents({ ...wish, image: { iso: { volid: 'local:iso/a.iso', mirror: 'http://de.archive.ubuntu.com/ubuntu' }, like: 'ubuntu-24.04' } });";

  @Test
  void ubuntu_is_answered_by_an_autoinstall() throws Exception {
    var answers = lab.value(UBUNTU + "return answers;");
    assertThat(answers.get("label").asText()).isEqualTo("cidata");
    assertThat(answers.at("/typed/1/text").asText())
        .isEqualTo("linux /casper/vmlinuz autoinstall ---\n");
    assertThat(answers.at("/files/meta-data").asText()).isEmpty();
    assertThat(answers.at("/files/user-data").asText())
        .isEqualTo(
            """
            #cloud-config
            autoinstall:
              version: 1
              locale: de_DE.UTF-8
              keyboard:
                layout: de
                variant: nodeadkeys
              timezone: Europe/Berlin
              apt:
                primary:
                  - uri: http://de.archive.ubuntu.com/ubuntu
                    arches:
                      - default
              storage:
                layout:
                  name: direct
              ssh:
                install-server: true
                allow-pw: false
              user-data:
                disable_root: true
              late-commands:
                - - curtin
                  - in-target
                  - '--'
                  - sh
                  - '-c'
                  - 'rm -f /etc/cloud/cloud.cfg.d/99-installer.cfg /etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg /etc/cloud/cloud.cfg.d/90-installer-network.cfg /etc/cloud/cloud-init.disabled /etc/netplan/*.yaml /etc/ssh/ssh_host_* /var/lib/systemd/random-seed && cloud-init clean --logs && : >/etc/machine-id'
              shutdown: poweroff
            """);
  }

  @Test
  void what_ubuntu_is_answered_fits_the_schema_of_cloud_init() throws Exception {
    var program = Path.of("/usr/bin/cloud-init");
    assumeTrue(Files.isExecutable(program), "cloud-init is not here");
    var data = lab.value(UBUNTU + "return answers.files['user-data'];").asText();
    var file = Files.writeString(folder.resolve("user-data"), data);
    var checked =
        new ProcessBuilder(program.toString(), "schema", "--config-file", file.toString())
            .redirectErrorStream(true)
            .start();
    var output = new String(checked.getInputStream().readAllBytes(), UTF_8);
    assertThat(checked.waitFor()).as(output).isZero();
  }
}
