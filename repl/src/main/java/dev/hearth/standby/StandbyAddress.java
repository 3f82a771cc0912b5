package dev.hearth.standby;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * Where the standby process of a user listens.
 *
 * <p>Whoever can connect can run commands as the user, and whoever listens gets the user's
 * environment. So both sides look who the other is: the kernel tells, and nobody else is spoken to.
 */
public record StandbyAddress(Path folder) {
  Path socket() {
    return folder.resolve("standby.sock");
  }

  Path lock() {
    return folder.resolve("standby.lock");
  }

  /** Whether a standby process listens. One that was killed has left its socket, and does not. */
  public boolean isServed() {
    if (!Files.exists(socket())) {
      return false; // most of the time, and cheap to know
    }
    try (var channel = connect()) {
      return channel.isConnected();
    } catch (IOException nobodyListens) {
      return false;
    }
  }

  /** How the standby process is; empty when there is none. */
  public Optional<StandbyState> state() throws IOException {
    return say(Wire.Kind.ASK);
  }

  /** Ends the standby process, unless it is busy; empty when there is none. */
  public Optional<StandbyState> end() throws IOException {
    return say(Wire.Kind.END);
  }

  private Optional<StandbyState> say(Wire.Kind kind) throws IOException {
    SocketChannel channel;
    try {
      channel = connect();
    } catch (IOException nobodyListens) {
      return Optional.empty();
    }
    try (var wire = new Wire(channel)) {
      wire.send(kind, "");
      var answer = wire.receive();
      return Optional.ofNullable(answer).map(state -> StandbyState.of(state.text()));
    }
  }

  /** A connection to the standby process of this user. */
  SocketChannel connect() throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      if (!isOwn(channel)) {
        throw new IOException("Somebody else listens there.");
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether the other side is a process of the same user. */
  static boolean isOwn(SocketChannel channel) throws IOException {
    var peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return peer.user().equals(Files.getOwner(Path.of("/proc/self")));
  }
}
