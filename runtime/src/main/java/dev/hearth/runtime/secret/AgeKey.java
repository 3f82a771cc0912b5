package dev.hearth.runtime.secret;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Age's own keys: {@code AGE-SECRET-KEY-1…} and {@code age1…}. */
final class AgeKey {
  static final String BEGINNING = "AGE-SECRET-KEY-1";

  private AgeKey() {}

  static String generate() {
    var key = new byte[X25519.SCALAR_SIZE];
    new SecureRandom().nextBytes(key);
    return Bech32.getEncoder().encode("AGE-SECRET-KEY-", key).toString().toUpperCase(Locale.ROOT);
  }

  static KeyPair read(String key) throws GeneralSecurityException {
    var recipient = recipient(key);
    return new KeyPair(
        recipient,
        X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient),
        X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key));
  }

  static String recipient(String key) {
    var scalar = Bech32.getDecoder().decode(key).getData();
    var point = new byte[X25519.POINT_SIZE];
    X25519.scalarMultBase(scalar, 0, point, 0);
    return Bech32.getEncoder().encode("age", point).toString();
  }
}
