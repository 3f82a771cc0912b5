package dev.hearth.runtime.permission;

import static dev.hearth.runtime.permission.Grant.Origin.CONNECTION;
import static dev.hearth.runtime.permission.Grant.Origin.FLAG;
import static dev.hearth.runtime.permission.Grant.Origin.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void nothing_is_granted_at_first() {
    assertThat(Grants.none().allows(permission("env=HOME"))).isFalse();
  }

  @Test
  void what_either_grants_is_granted_by_the_union() {
    var union = grants(FLAG, "net=a.org:1").union(grants(PROMPT, "net=b.org:1", "net=a.org:1"));

    assertThat(union.list())
        .extracting(grant -> grant.permission() + " by " + grant.origin())
        .containsExactly("net=a.org:1 by flag", "net=b.org:1 by prompt", "net=a.org:1 by prompt");
    assertThat(union.covers(permission("net=b.org:1")).orElseThrow().origin()).isEqualTo(PROMPT);
  }

  @Test
  void a_library_gets_no_more_than_its_importer() {
    var importer = grants(FLAG, "proxmox:read", "net=*.a.org:443", "read=/a");
    var library = grants(FLAG, "proxmox=lab:write", "net=x.a.org:*", "read=/", "exec=git");

    assertThat(importer.intersection(library).list())
        .extracting(grant -> grant.permission().toString())
        .containsExactly("proxmox=lab:read", "net=x.a.org:443", "read=/a");
    assertThat(grants(FLAG, "all").intersection(library)).isEqualTo(library);
    assertThat(Grants.none().intersection(grants(FLAG, "all"))).isEqualTo(Grants.none());
  }

  @Test
  void the_reach_of_a_connection_does_not_survive_an_intersection_with_a_flag() {
    var both = grants(CONNECTION, "net=nas:443").intersection(grants(FLAG, "net=nas:443"));

    assertThat(both.list()).extracting(Grant::origin).containsExactly(FLAG);
    assertThat(grants(FLAG, "net=nas:443").intersection(grants(CONNECTION, "net=nas:443")))
        .isEqualTo(both);
  }

  private static Grants grants(Grant.Origin origin, String... permissions) {
    return Grants.of(origin, Arrays.stream(permissions).map(GrantsTest::permission).toList());
  }

  private static Permission permission(String text) {
    return PermissionParser.relativeTo(Path.of("/")).parse(text);
  }
}
