package dev.hearth.runtime.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionParserTest {
  private final PermissionParser parser =
      PermissionParser.relativeTo(Path.of("/recipes"))
          .home(Optional.of(Path.of("/home/u")))
          .bindings(List.of("proxmox", "docker"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net=example.org | it has no port | Add the port, `:443`, or `:*` for every port of that"
            + " host.",
        "net=[::1] | it has no port | Add the port, `:443`, or `:*` for every port of that host.",
        "net=2001:db8::1:443 | an IPv6 address needs brackets | Write it like"
            + " `net=[2001:db8::1]:443`.",
        "net=exa mple.org:443 | `exa mple.org` is no host | Write it like"
            + " `net=cloud.debian.org:443`.",
        "net=exämple.org:443 | `exämple.org` is no host | Write the ASCII form of the name, which"
            + " begins with `xn--`.",
        "net=a.org:0 | `0` is no port from 1 to 65535 | Write it like `net=cloud.debian.org:443`.",
        "net=a.org:65536 | `65536` is no port from 1 to 65535 | Write it like"
            + " `net=cloud.debian.org:443`.",
        "net=10.0.0.0/33:443 | `10.0.0.0/33` is no host | Write it like"
            + " `net=cloud.debian.org:443`.",
        "net=a.*.org:443 | `a.*.org` is no host | Write it like `net=cloud.debian.org:443`.",
        "net | it does not say what | Write it like `net=cloud.debian.org:443`.",
        "read= | it does not say what | Write it like `read=./keys`.",
        "listen=*:80 | it does not say on which address | Write `0.0.0.0` for every address of this"
            + " machine, `127.0.0.1` for itself only.",
        "exec=* | programs have no patterns | Name each program; `all` is the permission to run"
            + " whatever there is.",
        "env=A=B | `A=B` is no name | Write it like `env=HOME`.",
        "env=A*B | `A*B` is no name | Write it like `env=HOME`.",
        "proxmox | it does not say how far | Write `proxmox:read` or `proxmox:write`.",
        "proxmox:admin | `admin` is neither `read` nor `write` | Write `read` to look at proxmox,"
            + " `write` to change it too.",
        "proxmox=:read | it names no connection | Write it like `proxmox=lab:read`.",
        "proxmxo:read | there is neither an effect nor a system called `proxmxo` | Did you mean"
            + " `proxmox`?",
        "nett=a:1 | there is neither an effect nor a system called `nett` | Did you mean `net`?",
        "=x | it begins with no name | Write it like `proxmox:read` or `net=example.org:443`.",
      })
  void a_wrong_flag_says_what_is_wrong_and_how_it_is_written(
      String flag, String reason, String hint) {
    var error = catchThrowableOfType(HearthException.class, () -> parser.parse(flag));

    assertThat(error.id()).isEqualTo("permission.malformed");
    assertThat(error.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(error.sentence()).isEqualTo("`" + flag + "` is not a permission: " + reason + ".");
    assertThat(error.hint()).isEqualTo(hint);
  }

  @Test
  void a_name_that_fits_nothing_gets_all_that_there_is() {
    var error = catchThrowableOfType(HearthException.class, () -> parser.parse("xyzzyplugh:read"));

    assertThat(error.hint())
        .isEqualTo(
            "Use one of `all`, `docker`, `env`, `exec`, `listen`, `net`, `proxmox`, `read`,"
                + " `secret`, `write`.");
  }

  @Test
  void a_path_with_a_nul_byte_is_no_path_and_is_shown_escaped() {
    var error = catchThrowableOfType(HearthException.class, () -> parser.parse("read=/etc\0/x"));

    assertThat(error.sentence())
        .isEqualTo("`read=/etc\\u{0}/x` is not a permission: `/etc\\u{0}/x` cannot be a path.");
  }

  @Test
  void all_wrong_flags_are_told_at_once() {
    var error =
        catchThrowableOfType(
            HearthException.class, () -> parser.grants(List.of("net=a", "all", "docker:x")));

    assertThat(error.sentence()).startsWith("`net=a` is not");
    assertThat(error.details())
        .containsEntry(
            "also", List.of("`docker:x` is not a permission: `x` is neither `read` nor `write`."));
  }

  @Test
  void flags_become_grants_that_know_where_they_came_from() {
    assertThat(parser.grants(List.of("proxmox:write", "read=keys")).list())
        .extracting(grant -> grant.permission() + " by " + grant.origin())
        .containsExactly("proxmox:write by flag", "read=/recipes/keys by flag");
  }

  @Test
  void the_literal_of_a_recipe_is_read_whole() {
    var declared =
        parser.declared(
            json(
                """
                { "proxmox": "write", "docker": { "nas": "read" },
                  "net": ["cloud.debian.org:443", "*.example.org:443"], "read": ["./keys"],
                  "write": ["~/out"], "exec": ["git"], "env": ["HOME"], "secret": ["dns-token"],
                  "listen": ["127.0.0.1:8080"] }
                """));

    assertThat(declared.orThrow())
        .extracting(Permission::toString)
        .containsExactly(
            "proxmox:write",
            "docker=nas:read",
            "net=cloud.debian.org:443",
            "net=*.example.org:443",
            "read=/recipes/keys",
            "write=/home/u/out",
            "exec=git",
            "env=HOME",
            "secret=dns-token",
            "listen=127.0.0.1:8080");
  }

  @Test
  void all_that_is_wrong_in_the_literal_is_told_at_once_with_its_place() {
    var declared =
        parser.declared(
            json(
                """
                { "proxmox": "change", "dokcer": "read", "net": "a.org:443",
                  "read": ["./keys", 7], "all": false, "docker": {} }
                """));

    assertThat(declared.permissions())
        .extracting(Permission::toString)
        .containsExactly("read=/recipes/keys");
    assertThat(declared.problems())
        .extracting(e -> e.details().get("pointer") + " " + e.sentence() + " " + e.hint())
        .containsExactly(
            "/proxmox `permissions.proxmox` in the recipe declares no permission: `change` is"
                + " neither `read` nor `write`. Write `read` to look at proxmox, `write` to change"
                + " it too.",
            "/dokcer `permissions.dokcer` in the recipe declares no permission: there is neither"
                + " an effect nor a system called `dokcer`. Did you mean `docker`?",
            "/net `permissions.net` in the recipe declares no permission: it is no list. Write it"
                + " like `net: ['cloud.debian.org:443']`.",
            "/read/1 `permissions.read[1]` in the recipe declares no permission: it is no string."
                + " Write it like `'./keys'`.",
            "/all `permissions.all` in the recipe declares no permission: it is not `true`. Write"
                + " `all: true`.",
            "/docker `permissions.docker` in the recipe declares no permission: it does not say"
                + " how far. Write `docker: 'read'`, `docker: 'write'`, or `docker: { lab: 'write'"
                + " }` for one connection.");
    assertThat(declared.problems())
        .extracting(HearthException::kind)
        .containsOnly(ErrorKind.RECIPE);
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void without_a_known_home_a_path_in_it_is_refused() {
    var error =
        catchThrowableOfType(
            HearthException.class,
            () -> PermissionParser.relativeTo(Path.of("/recipes")).parse("read=~/.ssh"));

    assertThat(error.id()).isEqualTo("permission.malformed");
    assertThat(error.sentence()).contains("the home folder is unknown");
  }
}
