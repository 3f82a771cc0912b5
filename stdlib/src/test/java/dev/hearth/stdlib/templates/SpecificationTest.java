package dev.hearth.stdlib.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a wish, and what is said of one that cannot be. */
class SpecificationTest {
  private final WishTester tester;

  SpecificationTest(@TempDir Path folder) {
    tester = new WishTester(folder);
  }

  @Test
  void every_default_is_spelled_out() throws Exception {
    assertThat(tester.specification(""))
        .isEqualTo(
            WishTester.json(
                """
                {
                  "name": "web", "node": "pve", "storage": "local-lvm", "imageStorage": "local",
                  "image": {"id": "debian-13", "url": null, "filename": null, "checksum": null,
                            "algorithm": null, "volid": null, "installer": null, "mirror": null},
                  "hardware": {"cpu": "x86-64-v2-AES", "cores": 2, "sockets": 1, "memoryMiB": 2048,
                               "balloonMiB": 2048, "firmware": "bios", "secureBoot": false, "tpm": false,
                               "machine": "i440fx", "display": "std", "ostype": "l26"},
                  "disks": [{"sizeMiB": 10240, "storage": "local-lvm", "ssd": true, "discard": true}],
                  "networks": [{"bridge": "vmbr0", "model": "virtio", "vlan": null, "mtu": null, "mac": null,
                                "firewall": false, "ip": "dhcp", "gateway": null, "ip6": null, "gateway6": null}],
                  "nameservers": [], "searchDomains": [],
                  "users": [{"name": "debian", "sudo": "nopasswd", "groups": [], "shell": null, "keys": [],
                             "password": null, "passwordHash": null}],
                  "locale": null, "timezone": null, "keyboard": null,
                  "hostname": {"preferFqdn": false, "preserve": false},
                  "packages": [], "repositories": [], "commands": [], "everyBoot": [], "files": [],
                  "upgrade": true, "agent": false, "tags": [], "categories": [], "notes": ""
                }
                """));
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() throws Exception {
    assertThat(
            tester.error(
                """
                await templates().specification({
                  name: 'web_1', storage: 'a,b', image: 'rocky-9', memmory: 512, memory: '1GB',
                  cpu: 'kvm64', secureBoot: true, timezone: 'Europe/Berln',
                  disks: [{ size: '5GiB' }, {}],
                  networks: [{ ip: '10.0.0.300/24', gateway: '10.0.0.1', vlan: 5000, brigde: 'vmbr1' }],
                  users: [{ name: 'Ops' }], sshKeys: ['ssh-ed25519 AAAA'],
                });
                """))
        .isEqualTo(
            """
            error: The template's `memmory` is no field.                      templates.spec
              at recipe.js:6:36
                 6 | export default async () => { await templates().specification({
                   |                                    ^
              hint: Did you mean `memory`?
              also: The template's `node` is missing.                         templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `storage` is `a,b`, and has to be the name of a storage.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `name` is `web_1`, and has to be a DNS name: letters, digits and `-`.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `memory` has to be MiB as a whole number, or a size with its unit, such as 2GiB.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `cpu` is `kvm64`, on which Rocky Linux 9 does not start.  templates.spec
                hint: Take `x86-64-v2-AES`, or `host`.
              also: The template's `secureBoot` needs `firmware: 'uefi'`.     templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `disks[0].size` is less than the 10 GiB that Rocky Linux 9 needs.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `disks[1].size` is missing.                templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `networks[0].brigde` is no field.          templates.spec
                hint: Did you mean `networks[0].bridge`?
              also: The template's `networks[0].ip` is `10.0.0.300/24`, and has to be dhcp, none, or an address with its prefix, such as 10.0.0.5/24.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `networks[0].vlan` has to be a whole number from 1 to 4094.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `networks[0].gateway` needs a fixed address in `ip`.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `sshKeys[0]` is no public key: `ssh-ed25519 AAAA`.  templates.spec
                hint: Give the line of a file such as ~/.ssh/id_ed25519.pub, `{ file: … }`, `{ agent: true }` or `github:NAME`.
              also: The template's `users[0].name` is `Ops`, and has to be a name of small letters, digits, `_` and `-`.  templates.spec
                hint: Correct the specification; the page of `hearth:templates` lists its fields.
              also: The template's `timezone` is `Europe/Berln`, which is no time zone.  templates.spec
                hint: Did you mean `Europe/Berlin`?
            """);
  }

  @Test
  void a_password_that_is_a_secret_stays_one() throws Exception {
    var specification =
        tester.value(
            """
            const password = await secret('ops');
            const { users } = await templates().specification({ %s, users: [{ name: 'ops', password }] });
            return [users[0].password, users[0].password === password];
            """
                .formatted(WishTester.LEAST));
    assertThat(specification).hasToString("[\"***\",true]");
  }

  @Test
  void a_password_in_plain_text_is_refused() throws Exception {
    assertThat(tester.problem("users: [{ name: 'ops', password: 'hunter2' }]"))
        .isEqualTo(
            """
            The template's `users[0].password` is no Secret.
            Take `await secret('NAME')` of `hearth:secret` or a parameter with `secret: true`, or give a `passwordHash`.""");
  }

  @Test
  void keys_are_read_from_files(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("keys"),
        "# mine\n" + WishTester.KEY + "\n\n" + WishTester.OTHER_KEY + "\r\n");
    var file = folder.resolve("keys");
    var keys =
        tester
            .specification("sshKeys: [{ file: '%s' }, '%s']".formatted(file, WishTester.KEY))
            .at("/users/0/keys");
    assertThat(keys).hasToString("[\"%s\",\"%s\"]".formatted(WishTester.KEY, WishTester.OTHER_KEY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debian-13|[\"vim\",\"dnsutils\",\"build-essential\",\"xz-utils\",\"other\"]",
        "fedora-43|[\"vim-enhanced\",\"bind-utils\",\"@development-tools\",\"xz\",\"other\"]",
        "opensuse-leap-16.0|[\"vim\",\"bind-utils\",\"patterns-devel-base-devel_basis\",\"xz\",\"other\"]",
        "arch|[\"vim\",\"bind\",\"base-devel\",\"xz\",\"other\"]",
        "alpine-3.22|[\"vim\",\"bind-tools\",\"build-base\",\"xz\",\"other\"]",
        "alt-p11|[\"vim\",\"dnsutils\",\"build-essential\",\"xz\",\"other\"]",
      })
  void a_package_has_the_name_that_the_distribution_gives_it(String image, String names)
      throws Exception {
    assertThat(
            tester
                .specification(
                    image, "packages: ['vim', 'dnsutils', 'build-essential', 'xz', 'other', 'vim']")
                .path("packages"))
        .hasToString(names);
  }

  @Test
  void a_name_can_be_taken_as_it_is() throws Exception {
    assertThat(tester.specification("fedora-43", "packages: [{ exact: 'vim' }]").path("packages"))
        .hasToString("[\"vim\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alpine-3.22|packages: ['traceroute']|asks for `traceroute`, of which Alpine Linux 3.22 has no package",
        "rocky-9|packages: ['htop']|asks for `htop`, which Rocky Linux 9 has in EPEL alone",
        "rocky-9|packages: ['docker']|asks for `docker`, of which Rocky Linux 9 has no package",
        "debian-13|packages: ['kubectl']|asks for `kubectl`, which is in the repository of Kubernetes alone",
        "debian-13|packageSets: ['bse']|is `bse`, which is no set of packages",
        "alt-p11|packageSets: ['base']|asks for the set `base`, and nobody knows what ALT Linux p11 calls its packages",
        "debian-13|packages: ['a b']|is `a b`, and has to be the name of a package",
        "debian-13|packages: ['-y']|is `-y`, and has to be the name of a package",
        "debian-13|repositories: ['epel']|is `epel`, which is no repository of Debian 13",
        "gentoo|repositories: [{ name: 'x', url: 'https://x.example', trusted: true }]|cannot be added to Gentoo",
        "arch|repositories: [{ name: 'x', url: 'https://x.example', trusted: true, suite: 'a' }]|`repositories[0].suite` is there with apt alone",
        "arch|repositories: [{ name: 'x', url: 'https://x.example', key: 'k' }]|`repositories[0].key` is no key of pacman",
        "debian-13|repositories: [{ name: 'x', url: 'https://x.example' }]|`repositories[0].key` is missing",
        "debian-13|repositories: [{ name: 'x', url: 'https://x.example', key: 'k' }]|`repositories[0].key` is no key of apt",
      })
  void what_cannot_be_installed_is_told(String image, String fields, String problem)
      throws Exception {
    assertThat(tester.problem(image, fields)).contains(problem);
  }

  @Test
  void epel_makes_its_packages_installable() throws Exception {
    assertThat(
            tester
                .specification("rocky-9", "packages: ['htop'], repositories: ['epel']")
                .path("packages"))
        .hasToString("[\"htop\"]");
  }

  @Test
  void an_image_says_what_it_cannot_be_told() throws Exception {
    assertThat(
            List.of(
                tester.fieldsRefused(
                    "flatcar",
                    "packages: ['x'], users: ['ops'], networks: [{ ip: '10.0.0.5/24' }]"),
                tester.fieldsRefused(
                    "fedora-coreos",
                    "sshKeys: ['%s'], files: [{ path: '/a', content: '' }], commands: ['id'], locale: 'de_DE.UTF-8', users: [{ name: 'core', sudo: 'none' }]"
                        .formatted(WishTester.KEY)),
                tester.fieldsRefused(
                    "freebsd",
                    "users: ['ops', 'dev'], timezone: 'UTC', sshKeys: ['%s']"
                        .formatted(WishTester.KEY)),
                tester.fieldsRefused(
                    "homeassistant", "nameservers: ['1.1.1.1'], commands: ['id'], upgrade: true"),
                tester.fieldsRefused(
                    "flatcar", "sshKeys: ['%s'], tags: ['x']".formatted(WishTester.KEY))))
        .containsExactly(
            List.of("packages"),
            List.of("commands", "locale", "users[0].sudo"),
            List.of("timezone", "users[1]"),
            List.of("commands", "upgrade", "nameservers"),
            List.of());
  }

  @Test
  void an_image_of_ones_own_can_be_like_one_of_the_catalogue()
      throws IOException, InterruptedException {
    var image =
        "{ url: 'https://images.example/golden.img', checksum: '%s', like: 'rocky-9' }"
            .formatted("ab".repeat(32));
    var specification =
        tester.value(
            "return templates().specification({ name: 'g', node: 'n', storage: 's', packages: ['vim'], image: %s });"
                .formatted(image));
    assertThat(specification.path("image"))
        .isEqualTo(
            WishTester.json(
                """
                {"id": "rocky-9", "url": "https://images.example/golden.img", "filename": "golden.qcow2",
                 "checksum": "%s", "algorithm": "sha256", "volid": null, "installer": null, "mirror": null}
                """
                    .formatted("ab".repeat(32))));
    assertThat(specification.path("packages")).hasToString("[\"vim-enhanced\"]");
  }

  @Test
  void an_image_that_nobody_knows_is_taken_to_read_cloud_init() throws Exception {
    var specification =
        tester.value(
            """
            return templates().specification({
              name: 'g', node: 'n', storage: 's', packages: ['vim'], image: { volid: 'local:import/own.qcow2' },
            });
            """);
    assertThat(specification.path("packages")).hasToString("[\"vim\"]");
    assertThat(specification.at("/users/0/name").isNull()).isTrue();
    assertThat(specification.at("/disks/0/sizeMiB").isNull()).isTrue();
  }

  @Test
  void keys_of_github_are_asked_for_through_the_gate() throws Exception {
    assertThat(tester.denied("sshKeys: ['github:octocat']"))
        .isEqualTo(
            "permission.denied: hearth:http may not connect to github.com:443: it was not granted.");
  }

  @Test
  void a_name_of_github_is_one() throws Exception {
    assertThat(tester.problem("sshKeys: ['github:../x']"))
        .startsWith("The template's `sshKeys[0]` has no name of GitHub behind `github:`.");
  }

  @Test
  void a_file_without_a_grant_is_not_read() throws Exception {
    assertThat(tester.denied("files: [{ path: '/etc/x', content: { file: '/etc/hostname' } }]"))
        .isEqualTo(
            "permission.denied: hearth:fs may not read `/etc/hostname`: it was not granted.");
  }
}
