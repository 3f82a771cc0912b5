package dev.hearth.stdlib.images;

import static dev.hearth.stdlib.images.ChecksumFormat.BARE;
import static dev.hearth.stdlib.images.ChecksumFormat.BSD;
import static dev.hearth.stdlib.images.ChecksumFormat.CLEAR_SIGNED;
import static dev.hearth.stdlib.images.ChecksumFormat.COREUTILS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksumFileTest {
  private static final String A = "a".repeat(64);
  private static final String B = "B".repeat(64);
  private static final String LONG = "c".repeat(128);

  @Test
  void all_forms_that_vendors_publish_are_read() {
    assertThat(digests(COREUTILS, A + "  x.qcow2\n" + B + "  y.qcow2\n", "y.qcow2"))
        .containsExactly("b".repeat(64));
    assertThat(digests(COREUTILS, A + " *x.img\n", "x.img")).containsExactly(A);
    assertThat(digests(COREUTILS, A + "  ./sub/x.qcow2", "x.qcow2")).containsExactly(A);
    assertThat(digests(BSD, "SHA256 (x.qcow2) = " + A, "x.qcow2")).containsExactly(A);
    assertThat(new ChecksumFile(LONG + "\n", BARE).digestsOf("x.qcow2", "sha512"))
        .containsExactly(LONG);
  }

  @Test
  void of_a_signed_message_only_what_was_signed_counts() {
    var signed =
        """
        %2$s  x.qcow2
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA256

        # x.qcow2: 123 bytes
        SHA256 (x.qcow2) = %1$s
        - -----dashes are escaped
        -----BEGIN PGP SIGNATURE-----
        %2$s  x.qcow2
        -----END PGP SIGNATURE-----
        %2$s  x.qcow2
        """
            .formatted(A, B);
    assertThat(digests(CLEAR_SIGNED, signed, "x.qcow2")).containsExactly(A);
    assertThat(digests(COREUTILS, signed, "x.qcow2")).containsExactly(A);
  }

  @Test
  void a_file_in_parts_is_read_by_the_part_of_the_algorithm() {
    var parts =
        "# BLAKE2B HASH\n%s  x.img\n# SHA512 HASH\n%s  x.img\n".formatted("d".repeat(128), LONG);
    assertThat(new ChecksumFile(parts, COREUTILS).digestsOf("x.img", "sha512"))
        .containsExactly(LONG);
  }

  @Test
  void a_digest_of_another_file_or_length_is_none() {
    assertThat(digests(COREUTILS, A + "  other.qcow2", "x.qcow2")).isEmpty();
    assertThat(digests(COREUTILS, A + "  evil-x.qcow2", "x.qcow2")).isEmpty();
    assertThat(digests(COREUTILS, A.substring(1) + "  x.qcow2", "x.qcow2")).isEmpty();
    assertThat(digests(COREUTILS, A, "x.qcow2")).isEmpty();
    assertThat(digests(COREUTILS, "", "x.qcow2")).isEmpty();
    assertThat(new ChecksumFile(A + "  x.qcow2", COREUTILS).digestsOf("x.qcow2", "sha512"))
        .isEmpty();
  }

  @Test
  void two_digests_of_one_file_are_both_told() {
    assertThat(digests(COREUTILS, A + "  x\n" + B + "  x\n" + A + " *x\n", "x"))
        .containsExactly(A, "b".repeat(64));
  }

  @Test
  void what_is_not_as_declared_is_told() {
    assertThat(new ChecksumFile("<html>Log in</html>", BARE).isAsDeclared()).isFalse();
    assertThat(new ChecksumFile(A + "  x", CLEAR_SIGNED).isAsDeclared()).isFalse();
    assertThat(new ChecksumFile(A + "\n", BARE).isAsDeclared()).isTrue();
  }

  private static Set<String> digests(ChecksumFormat format, String text, String name) {
    return new ChecksumFile(text, format).digestsOf(name, "sha256");
  }
}
