package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pure operations that a test recipe calls. */
final class LabPureOps {
  record Times(int count) {}

  @Op(pure = true)
  String repeat(Times request, String text) {
    return text.repeat(request.count());
  }

  @Op(pure = true)
  List<Integer> lengths(String text) {
    return text.lines().map(String::length).toList();
  }

  @Op(pure = true)
  JsonText written(String text) {
    return new JsonText(text);
  }

  @Op(pure = true)
  byte[] reverse(byte[] bytes) {
    var out = new byte[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[out.length - 1 - i];
    }
    return out;
  }

  @Op(pure = true)
  @Nullable String nothing() {
    return null;
  }

  @Op(pure = true)
  boolean isEmpty(String text) {
    return text.isEmpty();
  }

  @Op(pure = true)
  String fail(String name) {
    if (name.isEmpty()) {
      return "";
    }
    throw new HearthException(LabError.NOT_THERE, name).with("tried", 3);
  }

  @Op(pure = true)
  int crash(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    throw new IllegalStateException("bookkeeping is off: " + text);
  }

  /** Goes on until it is interrupted. */
  @Op(pure = true)
  long endless(String text) throws IOException {
    long n = 0;
    while (n >= 0) {
      Interruption.check();
      n += text.length();
    }
    return n;
  }

  @Op
  int impure() {
    return 1;
  }
}
