package dev.hearth.stdlib.proxmox.sim.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming in with more than a password. */
class SecondFactorTest {
  private static final String USER = "/access/tfa/anna@pve";
  private static final String ADDRESS =
      "otpauth://totp/anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=6&period=30";

  private final RootClient root = RootClient.ofVersion(8);
  private final Totp totp = Totp.parse(ADDRESS).orElseThrow();

  @BeforeEach
  void anna() {
    root.done("POST", "/access/users", "userid=anna@pve", "password=secret-of-anna");
  }

  @AfterEach
  void close() {
    root.close();
  }

  private long now() {
    return root.world().lock().holding(() -> root.world().now());
  }

  private SimAnswer enter(String... params) {
    var form =
        Stream.concat(Stream.of("username=anna@pve"), Stream.of(params))
            .map(param -> param.split("=", 2))
            .map(pair -> pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      var request = SimRequest.form("POST", "/api2/json/access/ticket", Map.of(), form);
      return root.simulator().answer(request);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonNode data(SimAnswer answer) {
    return Objects.requireNonNull(answer.body()).path("data");
  }

  @Test
  void the_code_is_that_of_the_standard() {
    assertThat(totp.at(59)).isEqualTo("287082");
    assertThat(totp.at(1_111_111_109)).isEqualTo("081804");
  }

  @ParameterizedTest
  @ValueSource(strings = {"algorithm=MD5", "digits=5", "digits=20", "period=0", "period=-1"})
  void an_address_that_no_code_can_be_made_of_is_refused(String part) {
    var address = "totp=otpauth://totp/anna?secret=GEZDGNBVGY3TQOJQ&" + part;
    assertThat(
            root.refused("POST", USER, "type=totp", "description=phone", address, "value=000000"))
        .isEqualTo("500 not an otpauth uri");
  }

  @Test
  void a_password_is_not_enough_any_more() {
    assertThat(
            root.refused(
                "POST", USER, "type=totp", "description=phone", "totp=" + ADDRESS, "value=000000"))
        .isEqualTo("500 failed to verify TOTP challenge");
    root.done(
        "POST",
        USER,
        "type=totp",
        "description=phone",
        "totp=" + ADDRESS,
        "value=" + totp.at(now()));

    var asked = data(enter("password=secret-of-anna"));
    assertThat(asked.get("NeedTFA").asInt()).isOne();
    assertThat(asked.has("cap")).isFalse();
    var challenge = asked.get("ticket").asText();
    assertThat(challenge).startsWith("PVE:!tfa!%7B%22totp%22%3Atrue%7D:");

    assertThat(enter("tfa-challenge=" + challenge, "password=totp:000000").status()).isEqualTo(401);
    var entered = data(enter("tfa-challenge=" + challenge, "password=totp:" + totp.at(now())));
    assertThat(entered.get("ticket").asText()).startsWith("PVE:anna@pve:");
    assertThat(data(enter("password=" + entered.get("ticket").asText())).has("NeedTFA")).isFalse();
  }

  @Test
  void a_recovery_code_is_good_once() {
    var codes = root.done("POST", USER, "type=recovery").get("recovery");
    assertThat(codes.size()).isEqualTo(10);
    assertThat(root.refused("POST", USER, "type=recovery"))
        .isEqualTo("500 user already has recovery keys");
    var challenge = data(enter("password=secret-of-anna")).get("ticket").asText();
    var answer = "password=recovery:" + codes.get(3).asText();
    assertThat(enter("tfa-challenge=" + challenge, answer).status()).isEqualTo(200);
    assertThat(enter("tfa-challenge=" + challenge, answer).status()).isEqualTo(401);
  }

  @Test
  void what_is_switched_off_or_gone_is_not_asked_for() {
    root.done("POST", USER, "type=recovery");
    root.done("PUT", USER + "/recovery", "enable=0");
    assertThat(root.get("/access/tfa").get(0).get("entries").get(0).get("enable").asInt()).isZero();
    assertThat(data(enter("password=secret-of-anna")).has("NeedTFA")).isFalse();
    root.done("DELETE", USER + "/recovery");
    assertThat(root.get("/access/tfa").size()).isZero();
    assertThat(root.refused("GET", USER + "/recovery"))
        .isEqualTo("404 No such tfa entry 'recovery'");
    assertThat(root.refused("DELETE", USER + "/recovery")).isEqualTo("500 no such entry");
  }

  @Test
  void keys_need_what_nobody_configured() {
    assertThat(root.refused("POST", USER, "type=webauthn", "description=key"))
        .isEqualTo("500 no webauthn configuration available");
    assertThat(root.refused("POST", USER, "type=yubico", "value=x"))
        .isEqualTo("500 no yubico otp configuration available for realm pve");
  }

  @Test
  void nobody_comes_in_by_anothers_word() {
    var redirect = "redirect-url=https://pve.sim:8006";
    assertThat(root.refused("POST", "/access/openid/auth-url", "realm=pam", redirect))
        .isEqualTo("500 wrong realm type (pam != openid)");
    assertThat(root.refused("POST", "/access/openid/auth-url", "realm=none", redirect))
        .isEqualTo("500 authentication domain 'none' does not exist");
    assertThat(root.refused("POST", "/access/openid/login", "code=a", "state=b", redirect))
        .isEqualTo("401 authentication failure");
  }
}
