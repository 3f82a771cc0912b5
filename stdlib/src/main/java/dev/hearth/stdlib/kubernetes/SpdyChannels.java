package dev.hearth.stdlib.kubernetes;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Channels as streams of SPDY, one for each. */
final class SpdyChannels implements Channels {
  private static final List<String> TYPES = List.of("stdin", "stdout", "stderr", "error", "resize");

  private final SpdyStreams spdy;
  private final Map<Integer, Integer> streams = new HashMap<>(); // by channel
  private final Map<Integer, Integer> channels = new HashMap<>(); // by stream
  private final Set<Integer> open = new HashSet<>(); // those that are read

  /**
   * Opens them.
   *
   * @param wanted the channels that the request named, without that of the status
   */
  SpdyChannels(SpdyStreams spdy, Set<Integer> wanted) throws IOException {
    this.spdy = spdy;
    add(STATUS);
    for (int channel : List.of(STDIN, STDOUT, STDERR, RESIZE)) {
      if (wanted.contains(channel)) {
        add(channel);
      }
    }
    spdy.end(stream(STATUS));
  }

  private void add(int channel) throws IOException {
    int stream = spdy.open(Map.of("streamType", TYPES.get(channel)));
    streams.put(channel, stream);
    channels.put(stream, channel);
    if (channel == STDOUT || channel == STDERR || channel == STATUS) {
      open.add(channel);
    }
  }

  private int stream(int channel) {
    var stream = streams.get(channel);
    if (stream == null) {
      throw new IllegalStateException("The channel " + TYPES.get(channel) + " was not asked for.");
    }
    return stream;
  }

  @Override
  public @Nullable Piece read() throws IOException {
    while (!open.isEmpty()) {
      var frame = spdy.read();
      if (frame == null) {
        return null;
      }
      var channel = channels.get(frame.stream());
      if (channel == null) {
        continue; // nobody asked for it
      }
      if (frame.isLast()) {
        open.remove(channel);
      }
      if (frame.bytes().length > 0) {
        return new Piece(channel, frame.bytes());
      }
    }
    return null;
  }

  @Override
  public void write(int channel, byte[] bytes) throws IOException {
    spdy.write(stream(channel), bytes, 0, bytes.length);
  }

  @Override
  public void end(int channel) throws IOException {
    spdy.end(stream(channel));
  }

  @Override
  public void close() {
    spdy.close();
  }
}
