package dev.hearth.stdlib.proxmox.sim.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom Proxmox tells what happens. */
class NotificationsTest {
  private static final String ALL = "/cluster/notifications";

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void what_is_built_in_can_be_changed_and_comes_back() {
    var mail = ALL + "/endpoints/sendmail/mail-to-root";
    assertThat(root.get(ALL + "/targets").get(0).get("origin").asText()).isEqualTo("builtin");
    root.done("PUT", mail, "comment=mine", "mailto=ops@example.com");
    assertThat(root.get(mail).get("origin").asText()).isEqualTo("modified-builtin");
    assertThat(root.get(mail).get("mailto").toString()).isEqualTo("[\"ops@example.com\"]");
    root.done("DELETE", mail);
    assertThat(root.get(mail).get("comment").asText())
        .isEqualTo("Send mails to root@pam's email address");
  }

  @Test
  void a_target_that_a_matcher_names_stays() {
    root.done("POST", ALL + "/endpoints/gotify", "name=push", "server=http://192.0.2.5", "token=t");
    root.done(
        "POST", ALL + "/matchers", "name=errors", "target=push", "match-severity=error,warning");

    assertThat(root.refused("DELETE", ALL + "/endpoints/gotify/push"))
        .isEqualTo("400 cannot delete 'push', referenced by: errors");
    assertThat(root.refused("POST", ALL + "/matchers", "name=push"))
        .isEqualTo("400 Cannot create 'push', an entity with the same name already exists");
    assertThat(root.refused("POST", ALL + "/matchers", "name=m2", "target=nobody"))
        .isEqualTo("404 endpoint 'nobody' does not exist");
    root.done("DELETE", ALL + "/matchers/errors");
    root.done("DELETE", ALL + "/endpoints/gotify/push");
    assertThat(root.refused("GET", ALL + "/endpoints/gotify/push"))
        .isEqualTo("404 endpoint 'push' not found");
  }

  @Test
  void secrets_are_kept_and_never_told() {
    root.done("POST", ALL + "/endpoints/gotify", "name=push", "server=http://192.0.2.5", "token=t");
    assertThat(root.get(ALL + "/endpoints/gotify/push").has("token")).isFalse();
    root.done(
        "POST",
        ALL + "/endpoints/webhook",
        "name=hook",
        "method=post",
        "url=http://192.0.2.5/x",
        "secret=name=key,value=c2VjcmV0");
    var hook = ALL + "/endpoints/webhook/hook";
    assertThat(root.get(hook).get("secret").toString()).isEqualTo("[\"name=key\"]");
    root.done("PUT", hook, "secret=name=key");
    assertThat(root.refused("PUT", hook, "secret=name=other"))
        .isEqualTo("400 secret 'other' not known");
    assertThat(root.refused("PUT", hook, "header=name=h"))
        .isEqualTo("400 header 'h' has empty value");
  }

  @Test
  void who_only_looks_makes_no_secrets() {
    root.get(ALL + "/endpoints/sendmail");
    root.get(ALL + "/endpoints/sendmail/mail-to-root");
    var secrets =
        root.world().lock().holding(() -> root.world().sections("priv/notifications").copy());
    assertThat(secrets.all()).isEmpty();
  }

  @Test
  void mail_needs_somebody_to_go_to() {
    assertThat(root.refused("POST", ALL + "/endpoints/sendmail", "name=nobody"))
        .isEqualTo("400 must at least provide one recipient, either in mailto or in mailto-user");
    assertThat(root.refused("POST", ALL + "/endpoints/smtp", "name=x", "mailto=a@b.de"))
        .contains("property is missing and it is not optional");
  }

  @Test
  void a_target_is_tried() {
    root.done("POST", ALL + "/targets/mail-to-root/test");
    assertThat(root.refused("POST", ALL + "/targets/nobody/test"))
        .isEqualTo("404 endpoint 'nobody' does not exist");
    root.done("POST", ALL + "/endpoints/gotify", "name=here", "server=http://localhost", "token=t");
    assertThat(root.refused("POST", ALL + "/targets/here/test"))
        .startsWith("500 Could not test target: could not notify via endpoint(s): here");
    root.done("PUT", ALL + "/endpoints/gotify/here", "server=http://[::1]:8080");
    assertThat(root.refused("POST", ALL + "/targets/here/test"))
        .startsWith("500 Could not test target: could not notify via endpoint(s): here");
  }

  @Test
  void a_matcher_says_what_it_looks_at() {
    assertThat(root.refused("POST", ALL + "/matchers", "name=m1", "match-field=hostname=pve"))
        .isEqualTo("500 could not apply filter: invalid match-field statement: hostname=pve");
    assertThat(root.refused("POST", ALL + "/matchers", "name=m1", "match-severity=fatal"))
        .isEqualTo("500 unknown severity fatal");
    root.done("POST", ALL + "/matchers", "name=m1", "match-field=exact:hostname=pve", "disable=0");
    assertThat(root.get(ALL + "/matchers/m1").get("disable").asInt()).isZero();
    assertThat(root.refused("PUT", ALL + "/matchers/m1", "digest=00", "mode=any"))
        .startsWith("400 detected modified configuration");
  }
}
