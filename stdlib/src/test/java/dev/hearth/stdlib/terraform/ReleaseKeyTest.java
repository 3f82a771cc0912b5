package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signed, by the keys of the makers and what they really signed, and by keys of our own. */
class ReleaseKeyTest {
  private final Instant now = Instant.now();
  private static final String TEXT = "abc  terraform.zip\n";

  private static byte[] published(String file) throws IOException {
    try (var in = ReleaseKeyTest.class.getResourceAsStream("releases/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  private String refused(ReleaseKey key, byte[] text, byte[] signature) {
    return refused(key, text, signature, now);
  }

  private static String refused(ReleaseKey key, byte[] text, byte[] signature, Instant when) {
    try {
      return "signed by " + key.signer(text, signature, "x.sig", when);
    } catch (HearthException e) {
      assertThat(e.code()).isEqualTo(InstallError.SIGNATURE_WRONG);
      return e.sentence();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TERRAFORM, terraform_1.9.8_SHA256SUMS, .sig, C874011F0AB405110D02105534365D9472D7468F",
    "OPENTOFU, tofu_1.8.5_SHA256SUMS, .gpgsig, E3E6E43D84CB852EADB0051D0C0AF313E5FD9F80"
  })
  void what_a_maker_signed_counts_and_nothing_else(
      Product product, String file, String end, String fingerprint) throws IOException {
    var key = ReleaseKey.of(product);
    var text = published(file);
    var signature = published(file + end);
    assertThat(key.fingerprints()).containsExactly(fingerprint);
    assertThat(key.signer(text, signature, "x.sig", now)).isEqualTo(fingerprint);

    var changed = text.clone();
    changed[0]++;
    assertThat(refused(key, changed, signature)).contains("it was made for another text");
    assertThat(refused(key, Arrays.copyOf(text, text.length + 1), signature))
        .contains("it was made for another text");
    var other = product == Product.TERRAFORM ? Product.OPENTOFU : Product.TERRAFORM;
    assertThat(refused(ReleaseKey.of(other), text, signature))
        .isEqualTo(
            "The signature `x.sig` does not count: it was not made with the key %s."
                .formatted(ReleaseKey.of(other).fingerprints().getFirst()));
  }

  @Test
  void hashicorps_key_counts_until_its_end() throws IOException {
    var text = published("terraform_1.9.8_SHA256SUMS");
    var signature = published("terraform_1.9.8_SHA256SUMS.sig");
    var key = ReleaseKey.of(Product.TERRAFORM);
    assertThat(refused(key, text, signature, Instant.parse("2030-02-28T00:00:00Z")))
        .startsWith("signed by C874");
    assertThat(refused(key, text, signature, Instant.parse("2030-03-02T00:00:00Z")))
        .contains("has expired");
  }

  private static ReleaseKey read(SigningKey key) {
    return ReleaseKey.of(key.armored().getBytes(UTF_8), "/lab.asc");
  }

  @Test
  void a_key_of_ones_own_counts_unless_it_has_expired_or_was_revoked() {
    var good = SigningKey.good();
    var signature = good.sign(TEXT);
    var text = TEXT.getBytes(UTF_8);
    assertThat(read(good).signer(text, signature, "x.sig", now)).isEqualTo(good.fingerprint());
    assertThat(refused(read(good.revoked()), text, signature)).contains("was revoked");
    assertThat(refused(read(SigningKey.good()), text, signature))
        .contains("it was not made with the key");
    var old = SigningKey.expired();
    assertThat(refused(read(old), text, old.sign(TEXT))).contains("has expired");
    assertThat(refused(read(good), text, signature, now.minusSeconds(8 * 86400)))
        .as("signed tomorrow")
        .contains("it was made at");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Not found</html>", "\u0000\u0001\u0002\u0003", "-----BEGIN"})
  void what_is_no_signature_or_no_key_is_told(String text) {
    var bytes = text.getBytes(UTF_8);
    assertThat(refused(read(SigningKey.good()), TEXT.getBytes(UTF_8), bytes))
        .contains("The signature `x.sig` does not count");
    assertThatThrownBy(() -> ReleaseKey.of(bytes, "/lab.asc"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("In `/lab.asc` there is no public key of OpenPGP.");
  }

  @Test
  void a_signature_that_was_cut_off_is_none() {
    var key = SigningKey.good();
    var signature = key.sign(TEXT);
    for (int length = 0; length < signature.length; length += 7) {
      assertThat(refused(read(key), TEXT.getBytes(UTF_8), Arrays.copyOf(signature, length)))
          .as("of length %d", length)
          .contains("does not count");
    }
  }
}
