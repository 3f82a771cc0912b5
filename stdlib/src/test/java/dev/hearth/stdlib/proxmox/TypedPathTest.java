package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.Session;
import dev.hearth.runtime.SessionRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session offers while a path of the API is being typed, by what the server tells of it. */
class TypedPathTest {
  private final Session session;

  TypedPathTest(@TempDir Path home) {
    var hearth = Hearth.builder().home(home).environment(name -> Optional.empty()).build();
    var request =
        new SessionRequest(
            home,
            List.of("proxmox:read"),
            Map.of(),
            true,
            Optional.empty(),
            SessionRequest.in(home).diagnostics());
    session = hearth.session(request, event -> {});
  }

  @BeforeEach
  void meetTheServer() throws InterruptedException {
    session.evaluate("const pve = (await import('hearth:proxmox')).proxmox()");
    // Parameters are checked by the schema, so it is read here and not while somebody types.
    var met =
        session.evaluate(
            "await pve.request('GET', '/cluster/resources', { params: { type: 'vm' } })");
    assertThat(met.error()).isNull();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void parts_of_a_path_and_its_verbs_are_offered() {
    assertThat(session.members(List.of("pve", "api"))).contains("nodes", "pools", "access");
    assertThat(session.members(List.of("pve", "api", "nodes"))).containsExactly("get");
    assertThat(session.members(List.of("pve", "api", "nodes", "('pve')")))
        .contains("qemu", "lxc", "storage");
    assertThat(session.members(List.of("pve", "api", "nodes", "('pve')", "qemu", "(100)")))
        .contains("config", "status", "delete");
    assertThat(
            session.members(List.of("pve", "api", "nodes", "(\"pve\")", "qemu", "(100)", "config")))
        .containsExactly("get", "create", "post", "set", "put");
  }

  @Test
  void nothing_is_offered_where_the_server_has_nothing() {
    assertThat(session.members(List.of("pve", "api", "nodez"))).isEmpty();
    assertThat(session.members(List.of("pve", "api", "nodes", "()"))).containsExactly("get");
  }
}
