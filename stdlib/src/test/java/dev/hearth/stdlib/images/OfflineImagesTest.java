package dev.hearth.stdlib.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.spi.OpContext;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code hearth:images} on a machine that has no internet. */
class OfflineImagesTest {
  @Test
  void without_internet_it_is_said_how_to_do_without() {
    var images = new ImagesOps(Catalogue.shipped(), new Unlogged(new Offline()));
    var error =
        catchThrowableOfType(
            HearthException.class,
            () -> images.latest(new ImagesOps.Wanted("debian-13", null, null)));
    assertThat(error.id()).isEqualTo("images.vendor-not-reached");
    assertThat(error.sentence())
        .isEqualTo(
            "The checksums of `debian-13` cannot be had from its vendor: `cloud.debian.org` could"
                + " not be resolved to an address.");
    assertThat(error.hint())
        .isEqualTo(
            "Check that this machine reaches the internet, or take an image of your own: the recipe"
                + " template.js has `--image-url` for it.");
  }

  private record Unlogged(Effects effects) implements OpContext {
    @Override
    public Log log() {
      return (level, message, fields) -> {};
    }
  }

  private static final class Offline implements Effects {
    @Override
    public Net net() {
      return new NoNet();
    }

    @Override
    public Files files() {
      throw new AssertionError("No files are needed.");
    }

    @Override
    public Processes processes() {
      throw new AssertionError("No processes are needed.");
    }

    @Override
    public Environment environment() {
      throw new AssertionError("No environment is needed.");
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }
  }

  /** Knows no name and no way. */
  private static final class NoNet implements Net {
    @Override
    public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
      throw new HearthException(NetError.UNREACHABLE, address);
    }

    @Override
    public NetStream connect(Path unixSocket) {
      throw new HearthException(NetError.SOCKET_NOT_FOUND, unixSocket);
    }

    @Override
    public List<InetAddress> resolve(String host) {
      throw new HearthException(NetError.NAME_NOT_RESOLVED, host);
    }

    @Override
    public Listener listen(String host, int port, @Nullable Tls tls) {
      throw new HearthException(NetError.LISTEN_FAILED, host);
    }

    @Override
    public Listener listen(Path unixSocket) {
      throw new HearthException(NetError.LISTEN_FAILED, unixSocket);
    }

    @Override
    public boolean isInProcess(NetAddress address) {
      return false;
    }
  }
}
