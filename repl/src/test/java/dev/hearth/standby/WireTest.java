package dev.hearth.standby;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.terminal.StreamFacts;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTest {
  private final SocketChannel there;
  private final Wire here;

  WireTest(@TempDir Path folder) throws IOException {
    var address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      there = SocketChannel.open(address);
      here = new Wire(server.accept());
    }
  }

  @AfterEach
  void close() throws IOException {
    there.close();
    here.close();
  }

  @Test
  void a_call_arrives_as_it_was_sent() throws IOException {
    var call =
        new Call(
            "like",
            List.of("run", "ü b.js", ""),
            Map.of("A", "=\n", "B", ""),
            new StreamFacts("02", "2"));
    var bytes = call.bytes();

    new Wire(there).send(Wire.Kind.CALL, bytes, 0, bytes.length);

    var said = requireNonNull(here.receive());
    assertThat(said.kind()).isEqualTo(Wire.Kind.CALL);
    assertThat(Call.of(said.bytes())).isEqualTo(call);
  }

  @Test
  void every_kind_is_told_apart() throws IOException {
    var wire = new Wire(there);
    for (var kind : Wire.Kind.values()) {
      wire.send(kind, kind.name());

      var said = requireNonNull(here.receive());
      assertThat(said.kind()).isEqualTo(kind);
      assertThat(said.text()).isEqualTo(kind.name());
    }
  }

  @Test
  void what_ends_in_the_middle_is_no_message() throws IOException {
    raw("O\0\0\0\5abc");
    there.close();

    assertThat(here.receive()).isNull();
  }

  @Test
  void a_length_beyond_all_need_is_refused_before_memory_is_taken() throws IOException {
    raw("O\177\377\377\377");

    assertThatThrownBy(here::receive).hasMessage("What came is no message.");
  }

  @Test
  void an_unknown_kind_is_refused() throws IOException {
    raw("?\0\0\0\0");

    assertThatThrownBy(here::receive).hasMessage("What came is no message.");
  }

  @Test
  void a_call_whose_lengths_lie_is_refused() {
    assertThatThrownBy(() -> Call.of(new byte[] {0, 0, 1, 0, 'x'}))
        .hasMessage("What came is no call.");
    assertThatThrownBy(() -> Call.of(new byte[] {-1, -1, -1, -1}))
        .hasMessage("What came is no call.");
  }

  private void raw(String bytes) throws IOException {
    there.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
