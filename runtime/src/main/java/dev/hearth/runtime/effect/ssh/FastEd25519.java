package dev.hearth.runtime.effect.ssh;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.security.eddsa.generic.GenericSignatureEd25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 by the arithmetic of Bouncy Castle, without its provider. With the client compiler, which
 * is all that our launcher has, it is twenty times as fast as that of the JDK.
 */
final class FastEd25519 extends GenericSignatureEd25519 {
  private final JdkEd25519 keys;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private byte @Nullable [] publicKey;
  private byte @Nullable [] seed;

  FastEd25519(String algorithm, JdkEd25519 keys) {
    super(algorithm);
    this.keys = keys;
  }

  @Override
  public void initVerifier(SessionContext session, PublicKey key) throws InvalidKeyException {
    if (!(key instanceof EdECPublicKey edwards)) {
      throw new InvalidKeyException("It is no Ed25519 key, but " + key.getAlgorithm() + ".");
    }
    publicKey = keys.getPublicKeyData(edwards);
    message.reset();
  }

  @Override
  public void initSigner(SessionContext session, PrivateKey key) throws InvalidKeyException {
    if (!(key instanceof EdECPrivateKey edwards)) {
      throw new InvalidKeyException("It is no Ed25519 key, but " + key.getAlgorithm() + ".");
    }
    seed = keys.getPrivateKeyData(edwards);
    message.reset();
  }

  @Override
  public void update(SessionContext session, byte[] data, int offset, int length) {
    message.write(data, offset, length);
  }

  @Override
  protected boolean doVerify(byte[] signature) {
    var key = publicKey;
    if (key == null) {
      throw new IllegalStateException("It was not told whose signature this should be.");
    }
    var signed = message.toByteArray();
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, key, 0, signed, 0, signed.length);
  }

  @Override
  public byte[] sign(SessionContext session) {
    var secret = seed;
    if (secret == null) {
      throw new IllegalStateException("It was not told with what to sign.");
    }
    var signed = message.toByteArray();
    var signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secret, 0, signed, 0, signed.length, signature, 0);
    return signature;
  }
}
