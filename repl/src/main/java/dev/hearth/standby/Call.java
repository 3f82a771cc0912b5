package dev.hearth.standby;

import dev.hearth.terminal.StreamFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that a caller hands over.
 *
 * @param likeness of the caller; see {@link Likeness}
 * @param words what was typed after {@code hearth}
 * @param environment all of the caller's variables
 * @param streams what the caller's standard streams are
 */
record Call(
    String likeness, List<String> words, Map<String, String> environment, StreamFacts streams) {
  byte[] bytes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    write(out, likeness);
    write(out, streams.terminals());
    write(out, streams.files());
    out.writeInt(words.size());
    for (var word : words) {
      write(out, word);
    }
    out.writeInt(environment.size());
    for (var variable : environment.entrySet()) {
      write(out, variable.getKey());
      write(out, variable.getValue());
    }
    return bytes.toByteArray();
  }

  static Call of(byte[] bytes) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    var likeness = read(in);
    var streams = new StreamFacts(read(in), read(in));
    var words = new ArrayList<String>();
    for (var left = in.readInt(); left > 0; left--) {
      words.add(read(in));
    }
    var environment = new HashMap<String, String>();
    for (var left = in.readInt(); left > 0; left--) {
      environment.put(read(in), read(in));
    }
    return new Call(likeness, List.copyOf(words), Map.copyOf(environment), streams);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    var length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("What came is no call.");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Neither variables nor arguments are for logs: both can hold secrets. */
  @Override
  public String toString() {
    return "a call";
  }
}
