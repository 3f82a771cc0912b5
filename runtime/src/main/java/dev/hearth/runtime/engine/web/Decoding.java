package dev.hearth.runtime.engine.web;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** One text that is decoded in pieces, as the Encoding Standard decodes it. */
final class Decoding {
  private static final char REPLACEMENT = '\ufffd';
  private static final char BOM = '\ufeff';

  private final String name;
  private final boolean fatal;
  private final boolean keepsBom;
  private final CharsetDecoder decoder;
  private byte[] rest = {};
  private boolean begun;

  Decoding(String name, boolean fatal, boolean keepsBom) {
    this.name = name;
    this.fatal = fatal;
    this.keepsBom = keepsBom || !name.startsWith("utf-");
    this.decoder =
        Encodings.charset(name)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * The text of the next piece; empty when it is not of this encoding and that is fatal.
   *
   * @param more whether another piece follows
   */
  Optional<String> decode(byte[] piece, boolean more) {
    var bytes = Arrays.copyOf(rest, rest.length + piece.length);
    System.arraycopy(piece, 0, bytes, rest.length, piece.length);
    rest = new byte[0];
    var input = ByteBuffer.wrap(bytes);
    var text = new StringBuilder(bytes.length);
    boolean whole =
        name.startsWith("utf-16") ? utf16(input, text, more) : byCharset(input, text, more);
    if (whole && !begun && !text.isEmpty()) {
      begun = true;
      if (!keepsBom && text.charAt(0) == BOM) {
        text.deleteCharAt(0);
      }
    }
    if (!more || !whole) {
      begun = false;
      rest = new byte[0];
      decoder.reset();
    }
    return whole ? Optional.of(text.toString()) : Optional.empty();
  }

  private void keep(ByteBuffer input) {
    rest = new byte[input.remaining()];
    input.get(rest);
  }

  private boolean byCharset(ByteBuffer input, StringBuilder text, boolean more) {
    var chars = CharBuffer.allocate(Math.min(input.remaining() + 16, 16 * 1024));
    while (true) {
      var result = decoder.decode(input, chars, !more);
      if (result.isUnderflow() && !more) {
        result = decoder.flush(chars);
      }
      text.append(chars.flip());
      chars.clear();
      if (result.isUnderflow()) {
        keep(input);
        return true;
      }
      if (result.isError()) {
        var known = control(input);
        if (fatal && known.isEmpty()) {
          return false;
        }
        input.position(input.position() + mistake(input, result.length()));
        text.append((char) known.orElse(REPLACEMENT));
        if (!more && !input.hasRemaining()) {
          return true; // what is left to flush belongs to what was malformed
        }
      }
    }
  }

  /** Half a pair in UTF-8 is three mistakes to the web, and one to the JDK. */
  private int mistake(ByteBuffer input, int length) {
    boolean isSurrogate = name.equals("utf-8") && input.get(input.position()) == (byte) 0xed;
    return isSurrogate ? 1 : length;
  }

  /** The windows encodings have the controls of Latin-1 where nothing else is. */
  private OptionalInt control(ByteBuffer input) {
    int octet = input.get(input.position()) & 0xff;
    return name.startsWith("windows-") && octet >= 0x80 && octet < 0xa0
        ? OptionalInt.of(octet)
        : OptionalInt.empty();
  }

  /** The JDK swallows what follows half a pair; the web does not. */
  private boolean utf16(ByteBuffer input, StringBuilder text, boolean more) {
    input.order(name.endsWith("le") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    while (input.remaining() >= 2) {
      input.mark();
      char unit = input.getChar();
      if (!Character.isSurrogate(unit)) {
        text.append(unit);
        continue;
      }
      boolean isHigh = Character.isHighSurrogate(unit);
      if (isHigh && input.remaining() < 2 && more) {
        input.reset();
        break;
      }
      boolean isPair =
          isHigh
              && input.remaining() >= 2
              && Character.isLowSurrogate(input.getChar(input.position()));
      if (!isPair && fatal) {
        return false;
      }
      text.append(isPair ? unit : REPLACEMENT);
      if (isPair) {
        text.append(input.getChar());
      } else if (isHigh && input.remaining() == 1) {
        input.get(); // what is left of a pair is one mistake, not two
      }
    }
    if (more) {
      keep(input);
      return true;
    }
    if (input.hasRemaining()) {
      text.append(REPLACEMENT);
    }
    return !(fatal && input.hasRemaining());
  }
}
