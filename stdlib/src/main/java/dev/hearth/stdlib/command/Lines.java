package dev.hearth.stdlib.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts lines together from pieces; what ends one ({@code \n} or {@code \r\n}) is not in it. */
public final class Lines {
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  /** The lines that end in this piece. */
  public List<String> add(byte[] bytes, int length) {
    var ended = new ArrayList<String>();
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        open.write(bytes, begin, i - begin);
        ended.add(take());
        begin = i + 1;
      }
    }
    open.write(bytes, begin, length - begin);
    return ended;
  }

  /** What came after the last line's end. */
  public Optional<String> rest() {
    return open.size() == 0 ? Optional.empty() : Optional.of(take());
  }

  public int openBytes() {
    return open.size();
  }

  private String take() {
    var line = open.toString(StandardCharsets.UTF_8);
    open.reset();
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
