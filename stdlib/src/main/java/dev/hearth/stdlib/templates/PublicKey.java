package dev.hearth.stdlib.templates;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A line of an {@code authorized_keys} file, without options. */
final class PublicKey {
  private static final Pattern LINE =
      Pattern.compile("([a-z0-9@.-]+) +([A-Za-z0-9+/]+={0,2})(?: .*)?");

  private PublicKey() {}

  /** Whether the line is a key: its kind stands in front and once more within. */
  static boolean isOne(String line) {
    var match = LINE.matcher(line);
    if (!match.matches() || line.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    try {
      var key = ByteBuffer.wrap(Base64.getDecoder().decode(match.group(2)));
      var kind = new byte[Math.min(Math.max(key.getInt(), 0), key.remaining())];
      key.get(kind);
      return key.hasRemaining()
          && new String(kind, StandardCharsets.US_ASCII).equals(match.group(1));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return false; // cut off, or no key at all
    }
  }
}
