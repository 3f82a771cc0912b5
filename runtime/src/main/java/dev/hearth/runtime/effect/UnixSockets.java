package dev.hearth.runtime.effect;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Unix sockets of this machine. */
final class UnixSockets {
  private UnixSockets() {}

  static NetStream connect(Path path) {
    try {
      return open(path);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new HearthException(NetError.INTERRUPTED, path).causedBy(e);
      }
      var code = Files.exists(path) ? NetError.SOCKET_REFUSED : NetError.SOCKET_NOT_FOUND;
      throw new HearthException(code, path)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  private static NetStream open(Path path) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return ChannelStream.unix(channel, "unix:" + path);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Listens in a folder that only this user can enter and moves the socket to its place once its
   * mode is set: so there is no moment in which others could connect.
   */
  static Listener listen(Path path) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        refuseUnlessAbandoned(path);
      }
      var folder = path.toAbsolutePath().getParent();
      var ownerOnly = PosixFilePermissions.fromString("rwx------");
      var nursery =
          Files.createTempDirectory(folder, ".h", PosixFilePermissions.asFileAttribute(ownerOnly));
      try {
        return listen(nursery.resolve("s"), path);
      } finally {
        Files.deleteIfExists(nursery.resolve("s"));
        Files.delete(nursery);
      }
    } catch (IOException e) {
      throw new HearthException(NetError.LISTEN_FAILED, path)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  private static Listener listen(Path born, Path path) throws IOException {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(born));
      Files.setPosixFilePermissions(born, PosixFilePermissions.fromString("rw-------"));
      Files.move(born, path, StandardCopyOption.ATOMIC_MOVE);
      return ChannelListener.unix(channel, path);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Only a socket that refuses every connection was left behind by a dead program. */
  private static void refuseUnlessAbandoned(Path path) throws IOException {
    var attributes =
        Files.readAttributes(
            path, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw new FileSystemException(path.toString(), null, "something that is no socket is there");
    }
    try {
      open(path).close();
    } catch (java.net.ConnectException e) {
      return;
    }
    throw new FileSystemException(path.toString(), null, "another program serves it");
  }
}
