package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A real machine with a real cloud-init, started with what Proxmox makes of the options, and with
 * the vendor data beneath it.
 */
@EnabledIfEnvironmentVariable(named = RealBootTest.IMAGE, matches = ".+")
@Isolated("a machine without KVM takes both cores to boot in time")
class RealBootTest {
  static final String IMAGE = "HEARTH_TEST_LAB_VM";

  private static final String MAC = "BC:24:11:00:00:07";
  private static final String ADDRESS = "10.0.2.77";

  /** Everything that a specification can say of the inside of a machine. */
  private static final String WISH =
      """
      {
        name: 'web', node: 'pve', storage: 'local-lvm', image: 'debian-12',
        networks: [{ mac: '%s', ip: '%s/24', gateway: '10.0.2.2' }],
        nameservers: ['10.0.2.3'], searchDomains: ['lab.example'],
        users: [
          { name: 'ops', sudo: 'password', groups: ['builders'] },
          { name: 'dev', sudo: 'nopasswd', sshKeys: [key], groups: ['builders'], shell: '/bin/bash', password: await secret('dev') },
          'guest',
        ],
        sshKeys: [{ file: '%s' }],
        locale: 'de_DE.UTF-8', timezone: 'Asia/Kathmandu', keyboard: 'de',
        packages: [{ exact: 'hearth-probe' }],
        repositories: [{ name: 'lab', url: 'http://10.0.2.100/', suite: './', trusted: true }],
        files: [
          { path: '/etc/hearth/note', content: 'no: "quotes" $HOME\\n\\ttab\\n', mode: '0640', group: 'root' },
          { path: '/etc/hearth/bytes', base64: 'AAH/', mode: '0400' },
          { path: '/home/dev/.config/probe/a b', content: 'mine\\n', owner: 'dev', mode: '0600' },
        ],
        commands: ['echo "first $(id -un)" > /run/first-boot', ['touch', "/run/it's here"], 'cat /usr/share/hearth-probe > /run/from-package'],
        everyBoot: ['echo boot >> /var/log/boots'],
        upgrade: false, agent: true,
      }
      """;

  @Test
  @Timeout(900)
  void a_machine_is_what_its_specification_says(@TempDir Path folder) throws Exception {
    var image = Path.of(requireNonNull(System.getenv(IMAGE)));
    var key = newKey(folder);
    seed(folder, key);
    try (var packages = PackageServer.start(folder, "hearth-probe");
        var machine =
            LabMachine.start(image, folder, new LabMachine.Place(MAC, ADDRESS, packages.port()))) {
      machine.await("ops");
      assertThat(machine.sh("ops", FINISHED)).as(machine.console()).startsWith("status: done\n");
      assertThat(machine.sh("ops", OF_THE_FIRST_USER))
          .isEqualTo(
              """
              ops
              ops adm dialout cdrom floppy audio dip video plugdev netdev builders
              sudo: a password is required
              lab
              """);
      assertThat(machine.sh("dev", FACTS))
          .isEqualTo(
              """
              dev
              dev builders
              root
              /bin/bash
              ops:!
              dev:$6$f79
              guest:*
              web
              web.lab.example
              127.0.1.1       web.lab.example web
              10.0.2.77/24
              10.0.2.2
              dns-nameservers 10.0.2.3
              dns-search lab.example
              /usr/share/zoneinfo/Asia/Kathmandu
              +0545
              LANG=de_DE.UTF-8
              de_DE.utf8
              XKBLAYOUT="de"
              hearth-probe\t1.0
              deb [trusted=yes] http://10.0.2.100/ ./
              /etc/hearth/bytes 400 root:root
              /etc/hearth/note 640 root:root
              /home/dev 755 dev:dev
              /home/dev/.config 755 dev:dev
              /home/dev/.config/probe 755 dev:dev
              /home/dev/.config/probe/a b 600 dev:dev
              no: "quotes" $HOME
              \ttab
               00 01 ff
              mine
              active
              first root
              it is installed
              boot
              """);
    }
  }

  private static final String FINISHED =
      "until [ -e /var/lib/cloud/instance/boot-finished ]; do sleep 1; done; cloud-init status --long";

  private static final String OF_THE_FIRST_USER =
      "id -un; id -nG; LC_ALL=C sudo -n true; cut -d' ' -f3 ~/.ssh/authorized_keys";

  private static final String FACTS =
      """
      id -un; id -nG; sudo -n id -un; getent passwd dev | cut -d: -f7
      sudo -n sh -c 'grep -E "^(ops|dev|guest):" /etc/shadow | cut -d: -f1,2 | cut -c1-10'
      hostname; hostname -f; getent hosts web.lab.example
      ip -4 -o addr show dev eth0 | awk '{print $4}'; ip route show default | awk '{print $3}'
      grep -rho 'dns-[a-z]* .*' /etc/network/interfaces.d | sort -u
      readlink /etc/localtime; date +%Z; grep -v '^#' /etc/default/locale; locale -a | grep de_; grep XKBLAYOUT /etc/default/keyboard
      dpkg-query -W hearth-probe; cat /etc/apt/sources.list.d/lab.list
      stat -c '%n %a %U:%G' /etc/hearth/* /home/dev /home/dev/.config /home/dev/.config/probe "/home/dev/.config/probe/a b"
      sudo -n cat /etc/hearth/note; sudo -n od -An -tx1 /etc/hearth/bytes; cat '/home/dev/.config/probe/a b'
      systemctl is-active qemu-guest-agent
      cat /run/first-boot "/run/it's here" /run/from-package /var/log/boots
      """;

  private static String newKey(Path folder) throws IOException, InterruptedException {
    var made =
        new ProcessBuilder(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "lab",
                "-f",
                folder.resolve("id").toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    return Files.readString(folder.resolve("id.pub")).strip();
  }

  /** The files of the seed, as the simulator of Proxmox writes them from the options. */
  private static void seed(Path folder, String key) throws Exception {
    var files =
        new WishTester(folder)
            .value(
                """
                const key = '%s';
                const { options, vendorData } = await templates().documents(%s);
                const pve = proxmox();
                const { vmid } = await pve.vms.create({ node: 'pve', name: 'web', net0: 'virtio=%s,bridge=vmbr0', ...options });
                const dump = (type) => pve.request('GET', `/nodes/pve/qemu/${vmid}/cloudinit/dump`, { params: { type } });
                const [user, meta, network] = [await dump('user'), await dump('meta'), await dump('network')];
                return { 'user-data': user, 'meta-data': meta, 'network-config': network, 'vendor-data': vendorData };
                """
                    .formatted(key, WISH.formatted(MAC, ADDRESS, folder.resolve("id.pub")), MAC));
    for (var file : files.properties()) {
      write(folder, file.getKey(), file.getValue());
    }
  }

  private static void write(Path folder, String name, JsonNode content) throws IOException {
    Files.writeString(folder.resolve(name), content.asText());
  }
}
