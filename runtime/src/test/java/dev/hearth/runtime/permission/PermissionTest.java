package dev.hearth.runtime.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {
  private final PermissionParser parser =
      PermissionParser.relativeTo(Path.of("/recipes")).home(Optional.of(Path.of("/home/u")));

  @ParameterizedTest
  @CsvSource({
    "all, net=example.org:443",
    "all, proxmox=lab:write",
    "proxmox:write, proxmox=lab:read",
    "proxmox=lab:write, proxmox=lab:read",
    "net=example.org:*, net=example.org:443",
    "net=*.example.org:443, net=a.b.example.org:443",
    "net=*.example.org:443, net=*.b.example.org:443",
    "net=*:443, net=example.org:443",
    "net=*:443, net=9.9.9.9:443",
    "net=10.0.0.0/8:*, net=10.1.2.3:8006",
    "net=[fd00::/8]:443, net=[fd00::1]:443",
    "net=127.0.0.1:80, net=[::ffff:127.0.0.1]:80",
    "net=EXAMPLE.org.:443, net=example.org:443",
    "read=keys, read=/recipes/keys/id.pub",
    "read=~/keys, read=/home/u/keys",
    "read=/, read=/etc/hosts",
    "exec=git, exec=git",
    "env=AWS_*, env=AWS_REGION",
    "env=*, env=HOME",
    "listen=127.0.0.1:*, listen=127.0.0.1:0",
    "net=unix:/run/docker.sock, net=unix:/run/../run/docker.sock",
  })
  void what_is_inside_is_covered(String granted, String asked) {
    assertThat(parser.parse(granted).covers(parser.parse(asked))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "proxmox:read, proxmox:write",
    "proxmox=lab:write, proxmox=prod:read",
    "proxmox=lab:write, proxmox:read",
    "proxmox:write, docker:read",
    "proxmox:write, net=10.0.0.5:8006",
    "net=example.org:443, net=example.org:80",
    "net=example.org:443, net=example.org.evil.net:443",
    "net=*.example.org:443, net=example.org:443",
    "net=*.example.org:443, net=badexample.org:443",
    "net=*:*, net=127.0.0.1:80",
    "net=*:*, net=[::1]:80",
    "net=*:*, net=10.0.0.1:80",
    "net=*:*, net=169.254.169.254:80",
    "net=*:*, net=100.64.0.1:80",
    "net=*:*, net=0.0.0.0:80",
    "net=*:*, net=[fe80::1]:80",
    "net=*:*, net=[fd00::1]:80",
    "net=*:*, net=[64:ff9b::7f00:1]:80",
    "net=*:*, net=[2002:7f00:1::]:80",
    "net=*:*, net=0.0.0.0/0:80",
    "net=*:*, net=unix:/run/docker.sock",
    "net=10.0.0.0/8:443, net=11.0.0.1:443",
    "net=10.0.0.5:443, net=example.org:443",
    "net=10.0.0.0/9:443, net=10.0.0.0/8:443",
    "read=/recipes/keys, read=/recipes/keys2",
    "read=/recipes/keys, read=/recipes/keys/../secret",
    "read=/recipes, write=/recipes/x",
    "write=/recipes, read=/recipes/x",
    "exec=git, exec=/usr/bin/git",
    "exec=git, exec=git-shell",
    "env=HOME, env=HOME2",
    "env=AWS_*, env=AWS",
    "env=AWS_*, env=*",
    "secret=a, secret=ab",
    "listen=127.0.0.1:80, net=127.0.0.1:80",
    "net=example.org:443, all",
  })
  void what_is_outside_is_not_covered(String granted, String asked) {
    assertThat(parser.parse(granted).covers(parser.parse(asked))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "all, net=a.org:1, net=a.org:1",
        "proxmox:read, proxmox=lab:write, proxmox=lab:read",
        "proxmox=lab:write, proxmox=prod:write, -",
        "proxmox=lab:read, proxmox=lab:write, proxmox=lab:read",
        "net=*.a.org:443, net=x.a.org:*, net=x.a.org:443",
        "net=*:443, net=*.a.org:*, net=*.a.org:443",
        "net=a.org:443, net=a.org:80, -",
        "net=*:443, net=10.0.0.1:443, -",
        "read=/a, read=/a/b, read=/a/b",
        "read=/a, read=/b, -",
        "read=/a, write=/a, -",
        "exec=git, all, exec=git",
      })
  void two_permissions_meet_in_what_both_allow(String a, String b, String both) {
    var left = parser.parse(a);
    var right = parser.parse(b);

    assertThat(left.meet(right).map(Permission::toString).orElse(null)).isEqualTo(both);
    assertThat(right.meet(left)).isEqualTo(left.meet(right));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all",
        "proxmox:write",
        "proxmox=lab:read",
        "net=cloud.debian.org:443",
        "net=*.debian.org:*",
        "net=*:80",
        "net=[2001:db8::1]:443",
        "net=[2001:db8::/32]:443",
        "net=[::]:443",
        "net=[1:0:0:2::3]:443",
        "net=10.0.0.0/8:*",
        "net=unix:/run/docker.sock",
        "listen=127.0.0.1:0",
        "read=/a b/ä",
        "write=/a",
        "exec=/usr/bin/git",
        "exec=git",
        "env=AWS_*",
        "secret=dns-token",
      })
  void the_canonical_form_is_read_back_as_it_was_written(String text) {
    assertThat(parser.parse(text)).hasToString(text);
  }

  @Test
  void an_address_has_one_form_however_it_was_written() {
    assertThat(parser.parse("net=[2001:0DB8:0:0:0:0:0:1]:443"))
        .hasToString("net=[2001:db8::1]:443");
    assertThat(parser.parse("net=10.1.2.3/8:443")).hasToString("net=10.0.0.0/8:443");
    assertThat(parser.parse("read=./keys/../keys/a")).hasToString("read=/recipes/keys/a");
    assertThat(parser.parse("exec=bin/tool")).hasToString("exec=/recipes/bin/tool");
  }

  @Test
  void a_flag_is_quoted_where_a_shell_would_change_it() {
    assertThat(parser.parse("net=cloud.debian.org:443").flag())
        .isEqualTo("--allow-net=cloud.debian.org:443");
    assertThat(parser.parse("net=*.debian.org:443").flag())
        .isEqualTo("'--allow-net=*.debian.org:443'");
    assertThat(parser.parse("read=/it's").flag()).isEqualTo("'--allow-read=/it'\\''s'");
  }

  @Test
  void a_declaration_is_a_line_of_the_literal() {
    assertThat(parser.parse("proxmox:write").declaration()).isEqualTo("proxmox: 'write'");
    assertThat(parser.parse("proxmox=my-lab:read").declaration())
        .isEqualTo("proxmox: { 'my-lab': 'read' }");
    assertThat(parser.parse("net=a.org:443").declaration()).isEqualTo("net: ['a.org:443']");
    assertThat(parser.parse("read=/it's").declaration()).isEqualTo("read: ['/it\\'s']");
    assertThat(parser.parse("all").declaration()).isEqualTo("all: true");
  }

  @Test
  void words_say_what_a_program_may_do() {
    assertThat(parser.parse("exec=git").words())
        .isEqualTo("run `git`, which may do everything that you may do");
    assertThat(parser.parse("net=*:443").words())
        .isEqualTo("connect to every public host on port 443");
  }
}
