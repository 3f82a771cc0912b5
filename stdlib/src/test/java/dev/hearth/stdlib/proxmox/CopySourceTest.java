package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHeaders;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves towards a Proxmox VE that is copied, and what is said of what it refuses. */
class CopySourceTest {
  private final ScriptedProxmox server = new ScriptedProxmox();
  private final ProxmoxSimulator original =
      new ProxmoxSimulator(
          WorldBuilder.cluster(server.effects().clock(), 8, 2)
              .token("root@pam", "test", ScriptedProxmox.TOKEN.split("=", 2)[1])
              .user("reader@pve", "reader-password", "PVEVMAdmin")
              .token("reader@pve", "test", "22222222-2222-3333-4444-555555555555")
              .pool("lab")
              .build(),
          ImageSource.none());

  CopySourceTest() {
    server.otherwise(this::answer);
  }

  @AfterEach
  void end() {
    original.close();
  }

  private HttpResponse answer(HttpRequest request) {
    var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    request.headers().fields().forEach(field -> fields.put(field.name(), field.value()));
    try {
      var answer = original.answer(SimRequest.of(request.method(), request.target(), fields));
      return new HttpResponse(
          answer.status(), answer.reason(), HttpHeaders.none(), HttpBody.of(answer.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode state() {
    var all = (ObjectNode) original.world().save();
    return all.retain("nodes", "accounts", "storages", "guests", "options", "tasks");
  }

  private JsonNode copy(String token) {
    var connection = server.connection(Map.of("token", Secret.of(token)));
    return new ProxmoxBinding().copy(connection, server).orElseThrow();
  }

  private String said() {
    return requireNonNull(
            catchThrowableOfType(HearthException.class, () -> copy(ScriptedProxmox.TOKEN)))
        .sentence();
  }

  @Test
  void only_reads_leave() {
    var before = state();
    var world = World.restore(copy(ScriptedProxmox.TOKEN), server.effects().clock());
    assertThat(world.nodes()).containsOnlyKeys("pve1", "pve2");
    assertThat(server.requests()).hasSizeGreaterThan(40).allMatch(sent -> sent.startsWith("GET /"));
    assertThat(state()).isEqualTo(before);
    assertThat(server.told()).isEmpty();
  }

  @Test
  void what_is_refused_is_named_and_the_rest_goes_on() {
    var world =
        World.restore(
            copy("reader@pve!test=22222222-2222-3333-4444-555555555555"), server.effects().clock());
    assertThat(world.nodes()).containsOnlyKeys("pve1", "pve2");
    assertThat(server.told())
        .contains(
            "WARN left out: `GET /cluster/status`: `reader@pve!test` lacks the privilege `Sys.Audit`"
                + " on `/`.",
            "WARN left out: `GET /nodes/pve1/dns` and 1 more like it: `reader@pve!test` lacks the"
                + " privilege `Sys.Audit` on `/nodes/pve1`.",
            "WARN perhaps not all: what is listed only with `Datastore.Audit` on `/storage`.")
        .noneMatch(line -> line.contains("VM.Audit"));
  }

  @Test
  void a_node_that_does_not_answer_is_named_and_the_rest_goes_on() {
    server.answers("GET /nodes/pve2/network", 595, "No route to host", "");
    copy(ScriptedProxmox.TOKEN);
    assertThat(server.told())
        .contains(
            "WARN left out: `GET /nodes/pve2/network`: Proxmox could not pass it on to its node: No"
                + " route to host.");
  }

  @Test
  void what_is_no_proxmox_ends_it() {
    server.answers("GET /nodes", HttpResponse.of(200, "text/html", "<html>Login</html>"));
    assertThat(said())
        .isEqualTo(
            "`pve.test:8006` answered GET /nodes with something that is not an answer of Proxmox.");
  }

  @Test
  void an_answer_without_end_ends_it() {
    server.answers("GET /access/users", ScriptedProxmox.huge(33 << 20));
    assertThat(said()).contains("32");
  }

  @Test
  void an_answer_that_is_nested_without_end_ends_it() {
    server.answers("GET /nodes", 200, "OK", "[".repeat(100_000));
    assertThat(said()).contains("is not an answer of Proxmox");
  }

  @Test
  void a_token_that_is_not_accepted_ends_it() {
    server.answers("GET /cluster/status", 401, "No ticket", "");
    assertThat(said())
        .isEqualTo("Proxmox does not accept the credentials of the connection `lab`.");
  }
}
