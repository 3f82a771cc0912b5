package dev.hearth.runtime.effect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A listening channel of the operating system. */
final class ChannelListener implements Listener {
  private final ServerSocketChannel channel;
  private final String address;
  private final @Nullable Path socketFile;

  private ChannelListener(ServerSocketChannel channel, String address, @Nullable Path socketFile) {
    this.channel = channel;
    this.address = address;
    this.socketFile = socketFile;
  }

  static ChannelListener tcp(ServerSocketChannel channel) throws IOException {
    var local = (InetSocketAddress) channel.getLocalAddress();
    return new ChannelListener(channel, ChannelStream.literal(local), null);
  }

  static ChannelListener unix(ServerSocketChannel channel, Path socketFile) {
    return new ChannelListener(channel, "unix:" + socketFile, socketFile);
  }

  @Override
  public NetStream accept() throws IOException {
    while (true) {
      var accepted = channel.accept();
      try {
        return socketFile == null
            ? ChannelStream.tcp(accepted)
            : ChannelStream.unix(accepted, "a client of " + address);
      } catch (IOException e) {
        accepted.close(); // this client was gone before it was served; the next one counts
      }
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void close() throws IOException {
    if (socketFile != null && channel.isOpen()) {
      Files.deleteIfExists(socketFile);
    }
    channel.close();
  }
}
