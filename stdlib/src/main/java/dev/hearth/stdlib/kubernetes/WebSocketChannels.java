package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.effect.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Channels as messages of a WebSocket, whose first byte is the channel's number. Only with version
 * 5 of that can a channel be ended.
 */
final class WebSocketChannels implements Channels {
  static final String V5 = "v5.channel.k8s.io";
  static final String V4 = "v4.channel.k8s.io";

  private static final byte END = (byte) 255;

  private final WebSocket socket;

  WebSocketChannels(WebSocket socket) {
    this.socket = socket;
  }

  @Override
  public @Nullable Piece read() {
    while (true) {
      var message =
          switch (socket.receive()) {
            case WebSocket.Closed _ -> null;
            case WebSocket.Binary binary -> binary.bytes();
            case WebSocket.Text text -> text.text().getBytes(StandardCharsets.UTF_8);
          };
      if (message == null) {
        return null;
      }
      // Empty pieces are how a server says that a channel is there, and the ends of ours are no
      // news.
      if (message.length > 1 && message[0] != END) {
        return new Piece(message[0], Arrays.copyOfRange(message, 1, message.length));
      }
    }
  }

  @Override
  public void write(int channel, byte[] bytes) {
    var message = new byte[bytes.length + 1];
    message[0] = (byte) channel;
    System.arraycopy(bytes, 0, message, 1, bytes.length);
    socket.send(message);
  }

  @Override
  public void end(int channel) {
    if (socket.protocol().equals(V5)) {
      socket.send(new byte[] {END, (byte) channel});
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
