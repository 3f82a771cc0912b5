package dev.hearth.stdlib.templates;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.Sha2Crypt;

/** SHA-512 as crypt(3) has it, of glibc and of musl. */
final class PasswordHash {
  private PasswordHash() {}

  /**
   * A password's hash.
   *
   * @param salt 1 to 16 letters and digits
   */
  static String of(String password, String salt) {
    return Sha2Crypt.sha512Crypt(password.getBytes(StandardCharsets.UTF_8), "$6$" + salt);
  }
}
