package dev.hearth.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The stanza {@code ssh-ed25519}: the key's point on Curve25519, bound to the SSH key by a tweak.
 */
final class SshEd25519 extends SshStanzas {
  private static final byte[] LABEL = "age-encryption.org/v1/ssh-ed25519".getBytes(UTF_8);
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final int SIZE = X25519.POINT_SIZE;

  private final byte[] scalar;
  private final byte[] point;
  private final byte[] tweak;

  private SshEd25519(byte[] wire, byte[] scalar, byte[] point) throws GeneralSecurityException {
    super("ssh-ed25519", wire);
    this.scalar = scalar;
    this.point = point;
    this.tweak = derive(new byte[0], wire);
  }

  static SshEd25519 of(Ed25519PrivateKeyParameters key, byte[] wire)
      throws GeneralSecurityException {
    var hash = MessageDigest.getInstance("SHA-512").digest(key.getEncoded());
    return new SshEd25519(
        wire, Arrays.copyOf(hash, SIZE), onCurve25519(key.generatePublicKey().getEncoded()));
  }

  /** From Edwards' form to Montgomery's: {@code u = (1 + y) / (1 - y)}. */
  private static byte[] onCurve25519(byte[] edwards) {
    var bigEndian = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bigEndian[SIZE - 1 - i] = edwards[i];
    }
    bigEndian[0] &= 0x7f; // the sign of x
    var y = new BigInteger(1, bigEndian);
    var u =
        BigInteger.ONE
            .add(y)
            .multiply(BigInteger.ONE.subtract(y).mod(PRIME).modInverse(PRIME))
            .mod(PRIME);
    var montgomery = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      montgomery[i] = u.shiftRight(8 * i).byteValue();
    }
    return montgomery;
  }

  @Override
  Wrapped wrap(FileKey key) throws GeneralSecurityException {
    var ephemeral = new byte[SIZE];
    new SecureRandom().nextBytes(ephemeral);
    var share = new byte[SIZE];
    X25519.scalarMultBase(ephemeral, 0, share, 0);
    var wrapping = wrappingKey(multiply(ephemeral, point), share);
    var sealed =
        new FileKeyEncryptorFactory()
            .newFileKeyEncryptor()
            .getEncryptedFileKey(key, new CipherKey(wrapping));
    return new Wrapped(List.of(base64(share)), sealed.getEncoded());
  }

  @Override
  FileKey unwrap(Wrapped wrapped) throws GeneralSecurityException {
    if (wrapped.arguments().size() != 1) {
      throw new GeneralSecurityException("The stanza has a wrong form.");
    }
    var share = share(wrapped.arguments().getFirst());
    var wrapping = wrappingKey(multiply(scalar, share), share);
    return new FileKeyDecryptorFactory()
        .newFileKeyDecryptor()
        .getFileKey(new EncryptedFileKey(wrapped.body()), new CipherKey(wrapping));
  }

  private static byte[] share(String argument) throws GeneralSecurityException {
    try {
      var share = Base64.getDecoder().decode(argument);
      if (share.length == SIZE) {
        return share;
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("The stanza has a wrong form.", e);
    }
    throw new GeneralSecurityException("The stanza has a wrong form.");
  }

  private byte[] wrappingKey(byte[] shared, byte[] share) throws GeneralSecurityException {
    var salt = new byte[2 * SIZE];
    System.arraycopy(share, 0, salt, 0, SIZE);
    System.arraycopy(point, 0, salt, SIZE, SIZE);
    return derive(multiply(tweak, shared), salt);
  }

  private static byte[] multiply(byte[] scalar, byte[] point) throws GeneralSecurityException {
    var product = new byte[SIZE];
    if (!X25519.calculateAgreement(scalar, 0, point, 0, product, 0)) {
      throw new GeneralSecurityException("The stanza's point is of low order.");
    }
    return product;
  }

  private static byte[] derive(byte[] secret, byte[] salt) {
    var derivation = new HKDFBytesGenerator(new SHA256Digest());
    derivation.init(new HKDFParameters(secret, salt, LABEL));
    var derived = new byte[SIZE];
    derivation.generateBytes(derived, 0, SIZE);
    return derived;
  }
}
