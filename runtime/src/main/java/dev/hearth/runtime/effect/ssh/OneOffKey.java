package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** Keys for somebody who logs in for a while, and keeps them in no file. */
public final class OneOffKey {
  private static final int BITS = 256;

  private OneOffKey() {}

  /** A new private key. It is of ECDSA, which hosts that go by FIPS take as well. */
  public static Secret make() {
    var _ = Client.shared(); // which sees to it that MINA takes the JDK's own keys
    try (var text = new ByteArrayOutputStream()) {
      var key = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, BITS);
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "", null, text);
      return Secret.of(text.toString(StandardCharsets.US_ASCII));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK makes keys of ECDSA.", e);
    }
  }

  /**
   * Its public half, as a line of {@code authorized_keys}.
   *
   * @throws HearthException {@code ssh.key-malformed}
   */
  public static String publicHalf(Secret key, String comment) {
    var pair = KeyFile.parse(key.reveal(), comment, Optional.empty());
    return PublicKeyEntry.toString(pair.getPublic()) + " " + comment;
  }
}
