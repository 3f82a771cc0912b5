package dev.hearth.stdlib.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChecksumFileTest {
  private static final String A = "a".repeat(64);
  private static final String B = "B".repeat(64);
  private static final String LONG = "c".repeat(128);

  @Test
  void all_forms_that_vendors_publish_are_read() {
    assertThat(
            new ChecksumFile(A + "  x.qcow2\n" + B + "  y.qcow2\n").digestOf("y.qcow2", "sha256"))
        .contains("b".repeat(64));
    assertThat(new ChecksumFile(A + " *x.img\n").digestOf("x.img", "sha256")).contains(A);
    assertThat(new ChecksumFile("SHA256 (x.qcow2) = " + A).digestOf("x.qcow2", "sha256"))
        .contains(A);
    assertThat(new ChecksumFile(LONG + "\n").digestOf("x.qcow2", "sha512")).contains(LONG);
    assertThat(new ChecksumFile(A + "  ./sub/x.qcow2").digestOf("x.qcow2", "sha256")).contains(A);
  }

  @Test
  void lines_around_a_signed_file_are_passed_over() {
    var signed =
        """
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA256

        # x.qcow2: 123 bytes
        SHA256 (x.qcow2) = %s
        -----BEGIN PGP SIGNATURE-----
        """
            .formatted(A);
    assertThat(new ChecksumFile(signed).digestOf("x.qcow2", "sha256")).contains(A);
  }

  @Test
  void a_digest_of_another_file_or_length_is_none() {
    assertThat(new ChecksumFile(A + "  other.qcow2").digestOf("x.qcow2", "sha256")).isEmpty();
    assertThat(new ChecksumFile(A + "  evil-x.qcow2").digestOf("x.qcow2", "sha256")).isEmpty();
    assertThat(new ChecksumFile(A + "  x.qcow2").digestOf("x.qcow2", "sha512")).isEmpty();
    assertThat(new ChecksumFile("").digestOf("x.qcow2", "sha256")).isEmpty();
  }
}
