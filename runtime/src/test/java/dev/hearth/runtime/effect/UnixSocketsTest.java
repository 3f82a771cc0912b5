package dev.hearth.runtime.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unix sockets of this machine. */
@Timeout(60)
class UnixSocketsTest {
  private final Net net = new SystemNet();

  @TempDir private Path folder = Path.of("");

  @Test
  void bytes_go_both_ways_and_only_the_owner_may_connect() throws Exception {
    var path = folder.resolve("s");
    try (var listener = net.listen(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      assertThat(listener.address()).isEqualTo("unix:" + path);
      var server =
          Worker.virtual(
              () -> {
                try (var stream = listener.accept()) {
                  stream.output().write(stream.input().readAllBytes());
                  return true;
                }
              });
      try (var stream = net.connect(path)) {
        stream.output().write(new byte[] {1, 2, 3});
        stream.closeOutput();
        assertThat(stream.input().readAllBytes()).containsExactly(1, 2, 3);
      }
      assertThat(server.result()).isTrue();
    }
  }

  @Test
  void closing_leaves_nothing_in_the_folder() throws Exception {
    net.listen(folder.resolve("s")).close();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_socket_of_a_dead_program_is_replaced() throws Exception {
    var path = folder.resolve("s");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();
    assertThat(path).exists();
    try (var listener = net.listen(path);
        var stream = net.connect(path)) {
      assertThat(listener.accept()).isNotNull();
      assertThat(stream.peer()).isEqualTo("unix:" + path);
    }
  }

  @Test
  void a_socket_that_is_served_and_a_file_that_is_no_socket_are_kept() throws Exception {
    var path = folder.resolve("s");
    try (var listener = net.listen(path)) {
      assertListenFails(path);
      assertThat(listener.address()).contains(path.toString());
      assertThat(path).exists();
    }
    var file = Files.writeString(folder.resolve("f"), "precious");
    assertListenFails(file);
    assertThat(file).hasContent("precious");
    var link = Files.createSymbolicLink(folder.resolve("l"), file);
    assertListenFails(link);
    assertThat(link).isSymbolicLink();
  }

  private void assertListenFails(Path path) {
    assertThatThrownBy(() -> net.listen(path))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.LISTEN_FAILED));
  }

  @Test
  void a_missing_socket_and_one_that_nobody_serves_are_told_apart() throws Exception {
    var path = folder.resolve("s");
    assertThatThrownBy(() -> net.connect(path))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.SOCKET_NOT_FOUND));
    Files.writeString(path, "");
    assertThatThrownBy(() -> net.connect(path))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.SOCKET_REFUSED));
  }

  @Test
  void an_interrupt_and_a_time_limit_end_a_read() throws Exception {
    try (var listener = net.listen(folder.resolve("s"));
        var first = net.connect(folder.resolve("s"));
        var second = net.connect(folder.resolve("s"))) {
      assertThat(listener.address()).isNotEmpty();
      var reading = Worker.virtual(() -> first.input().read()).untilItWaits();
      reading.interrupt();
      assertThat(reading.failure()).isInstanceOf(IOException.class);

      second.readTimeout(Duration.ofMillis(50));
      assertThatThrownBy(() -> second.input().read()).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
