package dev.hearth.stdlib.proxmox.sim.access;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second factor that changes with the time (RFC 6238), as an {@code otpauth:} address describes
 * it.
 *
 * @param secret in Base32
 * @param algorithm {@code SHA1}, {@code SHA256} or {@code SHA512}
 */
public record Totp(String secret, String algorithm, int digits, int period) {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SCHEME = "otpauth";
  private static final int LETTER_BITS = 5;
  private static final Set<String> ALGORITHMS = Set.of("SHA1", "SHA256", "SHA512");
  private static final int FEWEST_DIGITS = 6;
  private static final int MOST_DIGITS = 8;

  /** Reads an address such as {@code otpauth://totp/me?secret=…&digits=6}. */
  public static Optional<Totp> parse(String address) {
    try {
      var uri = URI.create(address);
      var query = query(uri);
      var secret = query.getOrDefault("secret", "").toUpperCase(Locale.ROOT).replace("=", "");
      var algorithm = query.getOrDefault("algorithm", "SHA1").toUpperCase(Locale.ROOT);
      int digits = Integer.parseInt(query.getOrDefault("digits", "6"));
      int period = Integer.parseInt(query.getOrDefault("period", "30"));
      boolean isGood =
          SCHEME.equals(uri.getScheme())
              && "totp".equals(uri.getHost())
              && secret.matches("[A-Z2-7]+")
              && ALGORITHMS.contains(algorithm)
              && digits >= FEWEST_DIGITS
              && digits <= MOST_DIGITS
              && period > 0;
      return isGood ? Optional.of(new Totp(secret, algorithm, digits, period)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> query(URI uri) {
    var values = new TreeMap<String, String>();
    var query = uri.getRawQuery();
    for (var pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  /** Whether a code is good now, or a moment ago, or in a moment. */
  public boolean accepts(String code, long now) {
    for (int step = -1; step <= 1; step++) {
      if (code(now / period + step).equals(code)) {
        return true;
      }
    }
    return false;
  }

  /** The code at a time, in seconds since 1970. */
  public String at(long time) {
    return code(time / period);
  }

  private String code(long counter) {
    try {
      var mac = Mac.getInstance("Hmac" + algorithm);
      mac.init(new SecretKeySpec(bytes(), "Hmac" + algorithm));
      var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
      int offset = hash[hash.length - 1] & 0xF;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      var text = String.format(Locale.ROOT, "%010d", number);
      return text.substring(text.length() - digits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Hmac" + algorithm + ".", e);
    }
  }

  private byte[] bytes() {
    var bytes = new byte[secret.length() * LETTER_BITS / Byte.SIZE];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < secret.length(); i++) {
      held = (held << LETTER_BITS) | BASE32.indexOf(secret.charAt(i));
      bits += LETTER_BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes[at++] = (byte) (held >> bits);
      }
    }
    return Arrays.copyOf(bytes, at);
  }
}
