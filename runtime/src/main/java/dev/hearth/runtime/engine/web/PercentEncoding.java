package dev.hearth.runtime.engine.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding, with the sets of the URL Standard: which bytes cannot stand for themselves. */
enum PercentEncoding {
  C0_CONTROL(""),
  FRAGMENT(" \"<>`"),
  QUERY(" \"#<>"),
  SPECIAL_QUERY(" \"#<>'"),
  PATH(" \"#<>?^`{}"),
  USERINFO(" \"#<>?^`{}/:;=@[\\]|"),
  FORM(" \"#<>?^`{}/:;=@[\\]|$%&+,!'()~");

  private static final String HEX = "0123456789ABCDEF";
  private final String more;

  PercentEncoding(String more) {
    this.more = more;
  }

  private boolean encodes(int character) {
    return character < ' ' || character == 0x7f || more.indexOf(character) >= 0;
  }

  void append(StringBuilder target, int codePoint) {
    if (codePoint < 0x80 && !encodes(codePoint)) {
      target.append((char) codePoint);
      return;
    }
    for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      target.append('%').append(HEX.charAt(octet >> 4 & 0xf)).append(HEX.charAt(octet & 0xf));
    }
  }

  String encode(CharSequence text) {
    var target = new StringBuilder(text.length());
    text.codePoints().forEach(codePoint -> append(target, codePoint));
    return target.toString();
  }

  /** A value of {@code application/x-www-form-urlencoded}. */
  static String encodeForm(String text) {
    var target = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint == ' ') {
                target.append('+');
              } else {
                FORM.append(target, codePoint);
              }
            });
    return target.toString();
  }

  /** The bytes of a text whose sequences of percent and two digits stand for one byte each. */
  static byte[] decode(String text) {
    var input = text.getBytes(StandardCharsets.UTF_8);
    var output = new ByteArrayOutputStream(input.length);
    for (int i = 0; i < input.length; i++) {
      int high = input[i] == '%' && i + 2 < input.length ? digit(input[i + 1]) : -1;
      int low = high < 0 ? -1 : digit(input[i + 2]);
      if (low < 0) {
        output.write(input[i]);
      } else {
        output.write(high << 4 | low);
        i += 2;
      }
    }
    return output.toByteArray();
  }

  private static int digit(byte character) {
    return Character.digit((char) (character & 0xff), 16);
  }
}
