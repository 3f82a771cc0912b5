package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a connection sends, waits for and refuses. */
class ProxmoxConnectionTest {
  private static final String LOCKED = "VM is locked (backup)";
  private static final String UPID = "UPID:pve:0000494B:00067A12:6B03917D:qmstart:200:root@pam:";
  private static final String TASK =
      "/nodes/pve/tasks/" + UPID.replace(":", "%3A").replace("@", "%40");

  private final ScriptedProxmox server = new ScriptedProxmox();

  private static HearthException failure(Runnable work) {
    var failure = catchThrowableOfType(HearthException.class, work::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void a_token_signs_and_a_form_says_true_as_one() {
    server.data("PUT /nodes/pve/qemu/100/config", "null");
    server
        .withToken()
        .data(
            ApiCall.put("nodes", "pve", "qemu", 100, "config")
                .with(p -> p.put("onboot", true).put("name", "a b&c").putNull("x")));
    assertThat(server.requests())
        .containsExactly("PUT /nodes/pve/qemu/100/config onboot=1&name=a+b%26c");
    assertThat(server.heads().getFirst().headers().first("Authorization"))
        .hasValue("PVEAPIToken=" + ScriptedProxmox.TOKEN);
  }

  @Test
  void a_ticket_is_bought_once_renewed_in_time_and_proves_writes() {
    var bought = "{\"ticket\":\"PVE:root@pam:%s::x\",\"CSRFPreventionToken\":\"csrf-%s\"}";
    server.data("POST /access/ticket", bought.formatted("1", "1"));
    server.data("POST /access/ticket", bought.formatted("2", "2"));
    server.data("GET /version", "{}").data("POST /pools", "null");
    var connection = server.withPassword();
    connection.data(ApiCall.get("version"));
    connection.data(ApiCall.get("version"));
    server.pass(Duration.ofMinutes(100));
    connection.data(ApiCall.post("pools"));

    assertThat(server.requests())
        .containsExactly(
            "POST /access/ticket username=root%40pam&password=pass-word",
            "GET /version",
            "GET /version",
            "POST /access/ticket username=root%40pam&password=PVE%3Aroot%40pam%3A1%3A%3Ax",
            "POST /pools");
    var read = server.heads().get(1).headers();
    assertThat(read.first("Cookie")).hasValue("PVEAuthCookie=PVE%3Aroot%40pam%3A1%3A%3Ax");
    assertThat(read.first("CSRFPreventionToken")).isEmpty();
    assertThat(server.heads().get(4).headers().first("CSRFPreventionToken")).hasValue("csrf-2");
  }

  @Test
  void a_ticket_that_is_refused_is_bought_anew_once() {
    server.data("POST /access/ticket", "{\"ticket\":\"t\",\"CSRFPreventionToken\":\"c\"}");
    server.answers("GET /version", 401, "Authentication failed!", "");
    var failure = failure(() -> server.withPassword().data(ApiCall.get("version")));
    assertThat(failure.id()).isEqualTo("proxmox.unauthorized");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void a_second_factor_is_said_and_not_guessed() {
    server.data("POST /access/ticket", "{\"ticket\":\"PVE:!tfa!x\",\"NeedTFA\":1}");
    assertThat(failure(() -> server.withPassword().data(ApiCall.get("version"))).id())
        .isEqualTo("proxmox.second-factor");
  }

  @Test
  void a_lock_is_waited_for_and_told_once() {
    server.answers("POST /nodes/pve/qemu/100/config", 500, LOCKED, "");
    server.answers("POST /nodes/pve/qemu/100/config", 500, LOCKED, "");
    server.data("POST /nodes/pve/qemu/100/config", "null");
    server.withToken().data(ApiCall.post("nodes", "pve", "qemu", 100, "config"));
    assertThat(server.passed()).isEqualTo(Duration.ofMillis(1500));
    assertThat(server.told()).containsExactly("INFO waiting: " + LOCKED);
  }

  @Test
  void a_lock_that_stays_is_an_error_after_two_minutes() {
    server.answers("POST /nodes/pve/qemu/100/config", 500, LOCKED, "");
    var failure =
        failure(() -> server.withToken().data(ApiCall.post("nodes", "pve", "qemu", 100, "config")));
    assertThat(failure.id()).isEqualTo("proxmox.locked");
    assertThat(server.passed()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void a_lost_answer_is_asked_for_again_only_when_nothing_could_change() {
    server.answers("GET /version", 596, "Connection timed out", "").data("GET /version", "{}");
    server.answers("POST /pools", 596, "Connection timed out", "");
    server.withToken().data(ApiCall.get("version"));
    var failure = failure(() -> server.withToken().data(ApiCall.post("pools")));
    assertThat(failure.id()).isEqualTo("proxmox.node-timeout");
    assertThat(server.requests()).containsExactly("GET /version", "GET /version", "POST /pools");
  }

  @Test
  void a_missing_privilege_is_named_with_the_command_that_gives_it() {
    server.answers(
        "GET /nodes/pve/status", 403, "Permission check failed (/nodes/pve, Sys.Audit)", "");
    var failure = failure(() -> server.withToken().data(ApiCall.get("nodes", "pve", "status")));
    assertThat(failure.sentence())
        .isEqualTo("`root@pam!test` lacks the privilege `Sys.Audit` on `/nodes/pve`.");
    assertThat(failure.hint())
        .contains("pveum acl modify /nodes/pve --roles ROLE --tokens 'root@pam!test'");
  }

  @Test
  void of_privileges_of_which_one_is_enough_all_are_named_and_one_is_given() {
    server.answers(
        "GET /nodes/pve/storage/local/content",
        403,
        "Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)",
        "");
    var failure =
        failure(
            () ->
                server
                    .withToken()
                    .data(ApiCall.get("nodes", "pve", "storage", "local", "content")));
    assertThat(failure.sentence())
        .isEqualTo(
            "`root@pam!test` has none of the privileges `Datastore.Audit`,"
                + " `Datastore.AllocateSpace` on `/storage/local`.");
    assertThat(failure.hint())
        .isEqualTo(
            "As root on a node: `pveum role add ROLE --privs Datastore.Audit`, unless a role has it"
                + " already, and `pveum acl modify /storage/local --roles ROLE --tokens"
                + " 'root@pam!test'`; a token with privilege separation needs it besides its user.");
    assertThat(failure.details())
        .containsEntry("privileges", List.of("Datastore.Audit", "Datastore.AllocateSpace"));
  }

  @Test
  void newer_servers_are_heard_whose_message_is_in_the_body() {
    server.answers(
        "GET /nodes/pve/qemu/9/config",
        500,
        "Internal Server Error",
        "{\"message\":\"Configuration file 'nodes/pve/qemu-server/9.conf' does not exist\\n\"}");
    var failure =
        failure(() -> server.withToken().data(ApiCall.get("nodes", "pve", "qemu", 9, "config")));
    assertThat(failure.sentence()).isEqualTo("VM 9 does not exist.");
  }

  @Test
  void an_answer_larger_than_any_real_one_is_refused() {
    server.answers("GET /version", ScriptedProxmox.huge(33 * 1024 * 1024));
    assertThat(failure(() -> server.withToken().data(ApiCall.get("version"))).id())
        .isEqualTo("http.body-too-large");
  }

  @Test
  void what_is_no_proxmox_is_said_to_be_none() {
    server.answers("GET /version", 200, "OK", "<html>It works!</html>");
    assertThat(failure(() -> server.withToken().data(ApiCall.get("version"))).id())
        .isEqualTo("proxmox.not-proxmox");
  }

  @Test
  void a_failed_task_shows_how_it_ended_and_its_last_lines() {
    server.data("POST /nodes/pve/qemu/200/status/start", "\"" + UPID + "\"");
    server.data("GET " + TASK + "/status", "{\"status\":\"running\"}");
    server.data(
        "GET " + TASK + "/status",
        "{\"status\":\"stopped\",\"exitstatus\":\"no bridge\",\"id\":\"200\",\"node\":\"pve\"}");
    server.data(
        "GET " + TASK + "/log", "[{\"n\":1,\"t\":\"starting\"},{\"n\":2,\"t\":\"TASK ERROR\"}]");
    var tasks = new Tasks(server.withToken());
    var failure =
        failure(() -> tasks.run(ApiCall.post("nodes", "pve", "qemu", 200, "status", "start")));
    assertThat(failure.sentence())
        .isEqualTo("The task `qmstart` of `200` on node pve failed: no bridge.");
    assertThat(failure.details()).containsEntry("log", List.of("starting", "TASK ERROR"));
    assertThat(server.told()).containsExactly("DEBUG starting", "DEBUG TASK ERROR");
  }

  @Test
  void a_stopped_run_stops_the_task_that_it_began() {
    server.data("POST /nodes/pve/qemu/200/status/start", "\"" + UPID + "\"");
    server.data("GET " + TASK + "/status", "{\"status\":\"running\"}");
    server.data(
        "GET " + TASK + "/status",
        "{\"status\":\"stopped\",\"exitstatus\":\"interrupted by signal\"}");
    server.data("GET " + TASK + "/log", "[]").data("DELETE " + TASK, "null");
    // The interrupt arrives while the task is waited for.
    var failure =
        failure(
            () -> {
              var tasks = new Tasks(server.withToken());
              server.onWait(
                  () -> {
                    server.onWait(() -> {});
                    Thread.currentThread().interrupt();
                  });
              tasks.run(ApiCall.post("nodes", "pve", "qemu", 200, "status", "start"));
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.id()).isEqualTo("proxmox.interrupted");
    assertThat(server.requests()).containsSubsequence("DELETE " + TASK, "GET " + TASK + "/status");
  }

  @Test
  void credentials_that_make_no_sense_are_not_shown() {
    var malformed = server.connection(Map.of("token", Secret.of("oops-a-secret")));
    var failure = failure(() -> new ProxmoxConnection(malformed, server));
    assertThat(failure.id()).isEqualTo("proxmox.token-malformed");
    assertThat(failure.sentence() + failure.hint() + failure.details()).doesNotContain("oops");
    assertThat(failure(() -> new ProxmoxConnection(server.connection(Map.of()), server)).id())
        .isEqualTo("proxmox.credentials-missing");
  }

  @Test
  void addresses_lead_to_a_machine_and_nowhere_else() {
    assertThat(ApiAddress.parse("https://[2001:db8::1]").net()).hasToString("[2001:db8::1]:8006");
    for (var bad : List.of("http://pve:8006", "https://pve/api", "https://u:pw@pve", "pve", "")) {
      assertThat(failure(() -> ApiAddress.parse(bad)).id()).isEqualTo("proxmox.url-wrong");
    }
    assertThat(failure(() -> ApiAddress.parse("https://u:pw@pve")).sentence()).doesNotContain("pw");
  }
}
