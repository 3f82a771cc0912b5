package dev.hearth.stdlib.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a specification becomes: options of Proxmox, and a cloud-config beneath what it makes of
 * them.
 */
class DocumentsTest {
  private final WishTester tester;

  DocumentsTest(@TempDir Path folder) {
    tester = new WishTester(folder);
  }

  private String vendorData(String image, String fields) throws IOException, InterruptedException {
    return tester.documents(image, fields).path("vendorData").asText();
  }

  private JsonNode options(String fields) throws IOException, InterruptedException {
    return tester.documents("debian-13", fields).path("options");
  }

  @Test
  void what_proxmox_can_say_needs_no_snippet() throws Exception {
    var documents =
        tester.documents(
            "debian-13",
            """
            users: ['ops'], sshKeys: ['%s'], nameservers: ['10.0.0.1', 'fd00::1'], searchDomains: ['lan', 'example.org'],
            upgrade: false, hostname: {}, networks: [
              { ip: '10.0.0.5/24', gateway: '10.0.0.1', ip6: 'fd00::5/64', gateway6: 'fd00::1' },
              { ip: 'none', ip6: 'auto' },
              { ip: 'none' },
              {},
            ]
            """
                .formatted(WishTester.KEY));
    assertThat(documents)
        .isEqualTo(
            WishTester.json(
                """
                {"options": {
                   "ciuser": "ops",
                   "sshkeys": "ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIPNzMS7nbKjyjIRoEYA%2B8CnnOTp2k5kSCNq4cZ7sSFGg%20me%40laptop",
                   "ipconfig0": "ip=10.0.0.5/24,gw=10.0.0.1,ip6=fd00::5/64,gw6=fd00::1",
                   "ipconfig1": "ip6=auto",
                   "ipconfig3": "ip=dhcp",
                   "nameserver": "10.0.0.1 fd00::1",
                   "searchdomain": "lan example.org",
                   "ciupgrade": "0"},
                 "vendorData": null, "part": null}
                """));
  }

  @Test
  void several_keys_are_lines_beneath_the_encoding() throws Exception {
    var keys =
        options("sshKeys: ['%s', '%s']".formatted(WishTester.KEY, WishTester.OTHER_KEY))
            .path("sshkeys")
            .asText();
    assertThat(URLDecoder.decode(keys, StandardCharsets.UTF_8))
        .isEqualTo(WishTester.KEY + "\n" + WishTester.OTHER_KEY);
  }

  @Test
  void packages_files_and_commands_lie_beneath_what_proxmox_makes() throws Exception {
    assertThat(
            vendorData(
                "debian-13",
                """
                packages: ['vim'], locale: 'de_DE.UTF-8', timezone: 'Europe/Berlin',
                hostname: { preferFqdn: true, preserve: true },
                files: [{ path: '/etc/motd', content: 'no: "way"\\n', mode: '644' },
                        { path: '/etc/key', base64: 'AAEC', mode: '0400', append: true }],
                commands: ['echo yes > /etc/done', ['touch', "it's"]], everyBoot: ['date >> /var/log/boots']
                """))
        .isEqualTo(
            """
            #cloud-config
            locale: de_DE.UTF-8
            timezone: Europe/Berlin
            prefer_fqdn_over_hostname: true
            preserve_hostname: true
            package_update: true
            packages:
              - vim
            write_files:
              - path: /etc/locale.gen
                content: |
                  de_DE.UTF-8 UTF-8
                append: true
              - path: /etc/motd
                permissions: '0644'
                content: |
                  no: "way"
              - path: /etc/key
                permissions: '0400'
                encoding: b64
                content: AAEC
                append: true
              - path: /var/lib/cloud/scripts/per-boot/50-hearth
                permissions: '0755'
                content: |
                  #!/bin/sh
                  # By Hearth, for every boot.
                  set -e
                  date >> /var/log/boots
            runcmd:
              - set -e
              - echo yes > /etc/done
              - - touch
                - it's
            """);
  }

  @Test
  void a_keyboard_is_set_by_the_means_of_the_distribution() throws Exception {
    var fields = "keyboard: { layout: 'de', variant: 'nodeadkeys' }";
    assertThat(vendorData("fedora-43", fields))
        .isEqualTo("#cloud-config\nkeyboard:\n  layout: de\n  variant: nodeadkeys\n");
    assertThat(vendorData("debian-13", fields))
        .contains("- console-setup", "XKBVARIANT=\"nodeadkeys\"")
        .contains("\n      setupcon --save-only\n");
  }

  /** The calls of the script of the first boot. */
  private String calls(String image, String fields) throws IOException, InterruptedException {
    var text = vendorData(image, fields);
    var after =
        text.substring(
            text.lastIndexOf("\n      }\n\n") + "\n      }\n\n".length(), text.indexOf("runcmd:"));
    return after.replaceAll("(?m)^ {6}", "");
  }

  @Test
  void further_users_are_made_by_a_script_since_lists_are_not_merged() throws Exception {
    assertThat(
            calls(
                "debian-13",
                """
                agent: true,
                users: [
                  { name: 'ops', sudo: 'password', groups: ['docker'], shell: '/bin/zsh' },
                  { name: 'alice', sudo: 'nopasswd', sshKeys: ['%s'], shell: '/bin/bash', passwordHash: '$6$abcdefgh$abcdefghijkl.ABCDEFG/' },
                  'bob',
                ],
                files: [{ path: '/home/alice/.config/a b', content: 'x', owner: 'alice', mode: '600' }]
                """
                    .formatted(WishTester.OTHER_KEY)))
        .isEqualTo(
            """
            add_to_group 'ops' 'docker'
            set_shell 'ops' '/bin/zsh'
            forbid_root 'ops'
            allow_root 'ops' 'ALL=(ALL) ALL' 'permit persist'
            add_user 'alice' '/bin/bash'
            set_password 'alice' '$6$abcdefgh$abcdefghijkl.ABCDEFG/'
            allow_root 'alice' 'ALL=(ALL) NOPASSWD:ALL' 'permit nopass'
            set_keys 'alice' <<'KEYS'
            %s
            KEYS
            add_user 'bob' ''
            set_password 'bob' '*'
            place '/var/lib/hearth/files/0' '/home/alice/.config/a b' 'alice' '' '0600' ''
            start_service 'qemu-guest-agent'
            """
                .formatted(WishTester.OTHER_KEY));
  }

  @Test
  void the_script_is_one_for_every_shell(@TempDir Path folder) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/shellcheck")), "there is no shellcheck");
    var wish =
        """
        users: [{ name: 'ops', sudo: 'password', groups: ['a'], shell: '/bin/zsh' },
                { name: 'dev', sudo: 'nopasswd', sshKeys: ['%s'] }],
        agent: true, keyboard: 'de', files: [{ path: "/home/dev/it's", content: '', owner: 'dev' }]
        """
            .formatted(WishTester.KEY);
    var text = vendorData("debian-13", wish);
    var begin = text.indexOf("      #!/bin/sh\n      # By Hearth, for the first boot.");
    var script = text.substring(begin, text.indexOf("runcmd:")).replaceAll("(?m)^ {6}", "");
    var file = Files.writeString(folder.resolve("first-boot"), script);
    var checked =
        new ProcessBuilder("shellcheck", "-s", "sh", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(checked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(checked.waitFor()).isZero();
  }

  @Test
  void a_secret_is_an_option_for_the_first_user_and_a_hash_for_others() throws Exception {
    var shown =
        tester.value(
            """
            const [a, b] = [await secret('ops'), await secret('dev')];
            const wish = { %s, users: [{ name: 'ops', password: a }, { name: 'dev', password: b }] };
            const { options, vendorData } = await templates().documents(wish);
            const again = await templates().documents(wish);
            const hash = /set_password 'dev' '(.*)'/.exec(vendorData)[1];
            return [options.cipassword === a, again.vendorData === vendorData, vendorData.includes(b.reveal()), hash, [...b.reveal()]];
            """
                .formatted(WishTester.LEAST));
    assertThat(shown.get(0).asBoolean()).isTrue();
    assertThat(shown.get(1).asBoolean()).isTrue();
    assertThat(shown.get(2).asBoolean()).isFalse();
    var hash = shown.get(3).asText();
    var password = new StringBuilder();
    shown.get(4).forEach(letter -> password.append(letter.asText()));
    assertThat(Crypt.crypt(password.toString(), hash)).isEqualTo(hash);
  }

  @Test
  void a_repository_is_written_in_the_words_of_its_package_manager() throws Exception {
    var fields = "repositories: [{ name: 'lab', url: 'https://x.example/r', trusted: true }]";
    assertThat(vendorData("debian-13", fields))
        .isEqualTo(
            """
            #cloud-config
            apt:
              sources:
                lab.list:
                  source: deb [trusted=yes] https://x.example/r trixie main
            package_update: true
            """);
    assertThat(vendorData("fedora-43", fields))
        .isEqualTo(
            """
            #cloud-config
            yum_repos:
              lab:
                name: lab
                baseurl: https://x.example/r
                enabled: true
                gpgcheck: false
            package_update: true
            """);
    assertThat(vendorData("opensuse-leap-16.0", fields))
        .isEqualTo(
            """
            #cloud-config
            zypper:
              repos:
                - id: lab
                  name: lab
                  baseurl: https://x.example/r
                  enabled: 1
                  autorefresh: 1
                  gpgcheck: 0
            package_update: true
            """);
    assertThat(vendorData("alpine-3.22", fields))
        .isEqualTo(
            """
            #cloud-config
            bootcmd:
              - - sh
                - '-c'
                - grep -qxF 'https://x.example/r' /etc/apk/repositories || printf '%s\\n' 'https://x.example/r' >>/etc/apk/repositories
            package_update: true
            """);
  }

  @Test
  void systems_of_ignition_get_users_keys_files_and_the_time_zone() throws Exception {
    var fields =
        """
        sshKeys: ['%s'], timezone: 'Europe/Berlin',
        users: ['core', { name: 'ops', groups: ['docker'], shell: '/bin/bash', sudo: 'nopasswd', passwordHash: '$6$abcdefgh$abcdefghijkl.ABCDEFG/' }],
        files: [{ path: '/etc/motd', content: 'hi' }, { path: '/etc/b', base64: 'AAEC', mode: '0600', owner: 'ops', group: 'ops', append: true }]
        """
            .formatted(WishTester.KEY);
    var coreos = tester.documents("fedora-coreos", fields);
    assertThat(coreos.get("part").asText()).isEqualTo("vendor");
    assertThat(coreos.at("/options/ciuser").isMissingNode()).isTrue();
    assertThat(coreos.at("/options/ciupgrade").asText()).isEqualTo("0");
    assertThat(WishTester.json(coreos.get("vendorData").asText()))
        .isEqualTo(
            WishTester.json(
                """
                {
                  "ignition": { "version": "3.3.0" },
                  "passwd": { "users": [
                    { "name": "core", "sshAuthorizedKeys": ["%s"] },
                    { "name": "ops", "passwordHash": "$6$abcdefgh$abcdefghijkl.ABCDEFG/", "groups": ["docker"], "shell": "/bin/bash" }
                  ] },
                  "storage": {
                    "files": [
                      { "path": "/etc/sudoers.d/hearth-ops", "mode": 288, "overwrite": true,
                        "contents": { "source": "data:;base64,b3BzIEFMTD0oQUxMKSBOT1BBU1NXRDpBTEwK" } },
                      { "path": "/etc/motd", "mode": 420, "overwrite": true, "contents": { "source": "data:;base64,aGk=" }, "user": { "name": "root" } },
                      { "path": "/etc/b", "mode": 384, "append": [{ "source": "data:;base64,AAEC" }], "user": { "name": "ops" }, "group": { "name": "ops" } }
                    ],
                    "links": [{ "path": "/etc/localtime", "target": "../usr/share/zoneinfo/Europe/Berlin", "overwrite": true }]
                  }
                }
                """
                    .formatted(WishTester.KEY)));
    assertThat(tester.documents("flatcar", fields).get("part").asText()).isEqualTo("user");
  }

  @Test
  void what_proxmox_can_say_to_flatcar_needs_no_ignition() throws Exception {
    var fields = "sshKeys: ['%s'], networks: [{ ip: '10.0.0.5/24', gateway: '10.0.0.1' }]";
    var flatcar = tester.documents("flatcar", fields.formatted(WishTester.KEY));
    assertThat(flatcar.get("vendorData").isNull()).isTrue();
    assertThat(flatcar.at("/options/ipconfig0").asText()).isEqualTo("ip=10.0.0.5/24,gw=10.0.0.1");
    assertThat(flatcar.at("/options/sshkeys").asText()).startsWith("ssh-ed25519%20");
    assertThat(
            tester
                .documents("fedora-coreos", fields.formatted(WishTester.KEY))
                .get("vendorData")
                .asText())
        .contains("sshAuthorizedKeys");
  }

  @Test
  void a_repository_of_pacman_is_there_before_what_is_installed_from_it() throws Exception {
    var fields =
        "packages: ['vim', 'own-package'], repositories: [{ name: 'lab', url: 'https://x.example/$arch', key: '%s' },"
            + " { name: 'more', url: 'https://y.example', trusted: true }]";
    var data =
        vendorData(
            "arch",
            fields.formatted(
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\\nabc\\n-----END PGP PUBLIC KEY BLOCK-----"));
    assertThat(data).doesNotContain("packages:").doesNotContain("package_update");
    assertThat(data)
        .contains(
            """
            pacman-key '--add' '/var/lib/hearth/keys/lab.asc'
                  pacman-key --lsign-key "$(gpg '--batch' '--with-colons' '--show-keys' '/var/lib/hearth/keys/lab.asc' | sed -n '/^fpr:/{s/^fpr:*\\([0-9A-F]*\\):*$/\\1/p;q}')"
                  printf '%s\\n' '' '[lab]' 'SigLevel = Required DatabaseOptional' 'Server = https://x.example/$arch' >>/etc/pacman.conf
                  printf '%s\\n' '' '[more]' 'SigLevel = Never' 'Server = https://y.example' >>/etc/pacman.conf
                  pacman '-Sy' '--noconfirm' '--needed' '--' 'vim' 'own-package'
            """);
  }

  @Test
  void a_key_lies_where_only_its_repository_trusts_it() throws Exception {
    var key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\\n\\nabc\\n-----END PGP PUBLIC KEY BLOCK-----";
    assertThat(
            vendorData(
                "debian-13",
                "repositories: [{ name: 'lab', url: 'https://x.example/r', suite: './', key: '%s' }]"
                    .formatted(key)))
        .isEqualTo(
            """
            #cloud-config
            apt:
              sources:
                lab.list:
                  source: deb [signed-by=/etc/apt/keyrings/lab.asc] https://x.example/r ./
            package_update: true
            write_files:
              - path: /etc/apt/keyrings/lab.asc
                permissions: '0644'
                content: |
                  -----BEGIN PGP PUBLIC KEY BLOCK-----

                  abc
                  -----END PGP PUBLIC KEY BLOCK-----
            """);
  }

  @Test
  void a_document_that_proxmox_does_not_take_is_refused_with_its_size() throws Exception {
    assertThat(
            tester.error(
                "await templates().documents({ %s, files: [{ path: '/big', content: 'x'.repeat(1 << 20) }] });"
                    .formatted(WishTester.LEAST)))
        .contains(
            "templates.too-large", "The document has 1048656 bytes", "Have a command download");
  }
}
