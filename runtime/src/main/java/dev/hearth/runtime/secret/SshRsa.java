package dev.hearth.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.exceptionfactory.jagged.FileKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** The stanza {@code ssh-rsa}: RSA-OAEP with SHA-256 and age's label. */
final class SshRsa extends SshStanzas {
  private static final OAEPParameterSpec PADDING =
      new OAEPParameterSpec(
          "SHA-256",
          "MGF1",
          MGF1ParameterSpec.SHA256,
          new PSource.PSpecified("age-encryption.org/v1/ssh-rsa".getBytes(UTF_8)));

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private SshRsa(byte[] wire, PrivateKey privateKey, PublicKey publicKey)
      throws GeneralSecurityException {
    super("ssh-rsa", wire);
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  static SshRsa of(RSAPrivateCrtKeyParameters key, byte[] wire) throws GeneralSecurityException {
    var keys = KeyFactory.getInstance("RSA");
    return new SshRsa(
        wire,
        keys.generatePrivate(
            new RSAPrivateCrtKeySpec(
                key.getModulus(),
                key.getPublicExponent(),
                key.getExponent(),
                key.getP(),
                key.getQ(),
                key.getDP(),
                key.getDQ(),
                key.getQInv())),
        keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
  }

  @Override
  Wrapped wrap(FileKey key) throws GeneralSecurityException {
    return new Wrapped(List.of(), cipher(Cipher.ENCRYPT_MODE, publicKey).doFinal(key.getEncoded()));
  }

  @Override
  FileKey unwrap(Wrapped wrapped) throws GeneralSecurityException {
    return new FileKey(cipher(Cipher.DECRYPT_MODE, privateKey).doFinal(wrapped.body()));
  }

  private static Cipher cipher(int mode, Key key) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(mode, key, PADDING);
    return cipher;
  }
}
