package dev.hearth.runtime.secret;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * Private keys of SSH as age uses them: of the kinds {@code ssh-ed25519} and {@code ssh-rsa}, in
 * OpenSSH's form, without a passphrase.
 */
final class SshKey {
  static final String BEGINNING = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";

  private SshKey() {}

  /**
   * Reads a key.
   *
   * @throws SshKeyLockedException when it has a passphrase
   */
  static KeyPair read(String pem) throws GeneralSecurityException, SshKeyLockedException {
    var blob = body(pem);
    AsymmetricKeyParameter key;
    try {
      key = OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(blob);
    } catch (IllegalStateException e) {
      if (isLocked(blob)) {
        throw new SshKeyLockedException();
      }
      throw new GeneralSecurityException("not a key of OpenSSH", e);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new GeneralSecurityException("not a key of OpenSSH", e);
    }
    return switch (key) {
      case Ed25519PrivateKeyParameters ed25519 ->
          pair("ssh-ed25519", ed25519.generatePublicKey(), wire -> SshEd25519.of(ed25519, wire));
      case RSAPrivateCrtKeyParameters rsa ->
          pair(
              "ssh-rsa",
              new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()),
              wire -> SshRsa.of(rsa, wire));
      default -> throw new GeneralSecurityException("age knows no keys of this kind");
    };
  }

  @FunctionalInterface
  private interface Stanzas {
    SshStanzas of(byte[] wire) throws GeneralSecurityException;
  }

  private static KeyPair pair(String kind, AsymmetricKeyParameter publicKey, Stanzas stanzas)
      throws GeneralSecurityException {
    try {
      var wire = OpenSSHPublicKeyUtil.encodePublicKey(publicKey);
      var both = stanzas.of(wire);
      return new KeyPair(kind + " " + Base64.getEncoder().encodeToString(wire), both, both);
    } catch (IOException e) {
      throw new GeneralSecurityException("not a key of OpenSSH", e);
    }
  }

  private static byte[] body(String pem) throws GeneralSecurityException {
    var from = pem.indexOf(BEGINNING);
    var to = pem.indexOf(END);
    if (from < 0 || to < from) {
      throw new GeneralSecurityException("not a whole key of OpenSSH");
    }
    try {
      return Base64.getMimeDecoder().decode(pem.substring(from + BEGINNING.length(), to));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not a key of OpenSSH", e);
    }
  }

  /** After the magic word stands the name of the cipher, as a length and its letters. */
  private static boolean isLocked(byte[] blob) {
    var magic = "openssh-key-v1\0".length();
    return blob.length > magic + 8 && !(blob[magic + 3] == 4 && blob[magic + 4] == 'n');
  }
}
