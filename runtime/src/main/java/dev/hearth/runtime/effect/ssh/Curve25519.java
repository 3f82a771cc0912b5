package dev.hearth.runtime.effect.ssh;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.util.buffer.Buffer;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/** The key exchange of RFC 8731, by the arithmetic of Bouncy Castle: see {@link FastEd25519}. */
final class Curve25519 extends AbstractDH {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] secret = new byte[X25519.SCALAR_SIZE];
  private byte @Nullable [] theirs;

  private Curve25519() {}

  /**
   * The exchange under one of its names.
   *
   * @param name such as {@code curve25519-sha256}
   */
  record Factory(String name) implements DHFactory {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isSupported() {
      return true;
    }

    @Override
    public boolean isGroupExchange() {
      return false;
    }

    @Override
    public AbstractDH create(Object... none) {
      return new Curve25519();
    }
  }

  @Override
  protected byte[] calculateE() {
    var ours = new byte[X25519.POINT_SIZE];
    X25519.generatePrivateKey(RANDOM, secret);
    X25519.generatePublicKey(secret, 0, ours, 0);
    return ours;
  }

  @Override
  public void setF(byte[] key) {
    theirs = key.clone();
  }

  @Override
  protected byte[] calculateK() throws InvalidKeyException {
    var point = theirs;
    if (point == null || point.length != X25519.POINT_SIZE) {
      throw new InvalidKeyException("A key for X25519 has 32 bytes.");
    }
    var shared = new byte[X25519.POINT_SIZE];
    if (!X25519.calculateAgreement(secret, 0, point, 0, shared, 0)) {
      throw new InvalidKeyException("The host's key for X25519 leads to no secret.");
    }
    return stripLeadingZeroes(shared);
  }

  /** The keys are text on the wire, and no numbers as in other exchanges. */
  @Override
  public void putE(Buffer buffer, byte[] ours) {
    buffer.putBytes(ours);
  }

  @Override
  public void putF(Buffer buffer, byte[] host) {
    buffer.putBytes(host);
  }

  /** MINA would ask for the JDK's own agreement, which is not used. */
  @Override
  protected void checkKeyAgreementNecessity() {}

  @Override
  public Digest getHash() {
    return BuiltinDigests.sha256.create();
  }
}
