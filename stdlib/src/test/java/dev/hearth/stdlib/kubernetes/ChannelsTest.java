package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.effect.http.WebSocket;
import dev.hearth.runtime.effect.http.WebSocketHandshake;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How a command's streams share one connection: what no cluster at hand speaks, and what none
 * should.
 */
class ChannelsTest {
  private final SystemNet net = new SystemNet();
  private final List<StreamServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (var server : servers) {
      server.close();
    }
  }

  private NetAddress serve(StreamService service) {
    var server = StreamServer.start(net.listen("127.0.0.1", 0, null), service, (peer, e) -> {});
    servers.add(server);
    return NetAddress.parse(server.address());
  }

  private static byte[] piece(int channel, String text) {
    var bytes = text.getBytes(UTF_8);
    var message = new byte[bytes.length + 1];
    message[0] = (byte) channel;
    System.arraycopy(bytes, 0, message, 1, bytes.length);
    return message;
  }

  private static List<String> said(Channels channels) throws IOException {
    var said = new ArrayList<String>();
    for (var next = channels.read(); next != null; next = channels.read()) {
      said.add(next.channel() + new String(next.bytes(), UTF_8));
    }
    return said;
  }

  @Test
  void version_5_says_by_a_message_of_its_own_that_input_ends() throws IOException {
    var came = new CompletableFuture<List<String>>();
    var address =
        serve(
            new HttpService(
                request ->
                    WebSocketHandshake.accept(
                        request,
                        List.of(WebSocketChannels.V5),
                        socket -> {
                          var messages = new ArrayList<String>();
                          for (int i = 0; i < 2; i++) {
                            var message = (WebSocket.Binary) socket.receive();
                            messages.add(HexFormat.of().formatHex(message.bytes()));
                          }
                          socket.send(piece(1, ""));
                          socket.send(piece(1, "out"));
                          socket.send(piece(2, "err"));
                          socket.send(new byte[] {(byte) 255, 1});
                          socket.send(piece(3, "{}"));
                          came.complete(messages);
                        })));
    try (var http = Http.over(net, HttpOptions.usual());
        var channels =
            new WebSocketChannels(
                http.webSocket(
                    HttpRequest.get("http://" + address + "/exec")
                        .header(
                            "Sec-WebSocket-Protocol", "v5.channel.k8s.io, v4.channel.k8s.io")))) {
      channels.write(Channels.STDIN, "in".getBytes(UTF_8));
      channels.end(Channels.STDIN);

      assertThat(said(channels)).containsExactly("1out", "2err", "3{}");
      assertThat(came.join()).containsExactly("00696e", "ff00");
    }
  }

  /** Speaks SPDY with whoever comes: reads nothing, says these frames. */
  private SpdyStreams spdy(String hex) {
    var address =
        serve(
            stream -> {
              stream.output().write(HexFormat.of().parseHex(hex.replace(" ", "")));
              stream.output().flush();
              stream.input().transferTo(java.io.OutputStream.nullOutputStream());
            });
    return new SpdyStreams(net.connect(address, null));
  }

  @Test
  void frames_of_data_are_told_and_answers_and_settings_are_passed_over() throws IOException {
    try (var streams =
        spdy(
            "80030002 00000006 00000001 0000" // it agrees to stream 1
                + "80030004 00000004 00000000" // settings, none
                + "00000001 00000003 616263" // data
                + "00000001 01000001 64" // the last of it
                + "80030003 00000008 00000003 00000005" // a reset is an end
                + "80030007 00000008 00000000 00000000")) { // it goes
      assertThat(told(streams)).containsExactly("1 abc", "1 d, the last", "3 , the last");
    }
  }

  /** All that comes, each with the number of its stream. */
  private static List<String> told(SpdyStreams streams) throws IOException {
    var all = new ArrayList<String>();
    for (var frame = streams.read(); frame != null; frame = streams.read()) {
      var end = frame.isLast() ? ", the last" : "";
      all.add(frame.stream() + " " + new String(frame.bytes(), UTF_8) + end);
    }
    return all;
  }

  @Test
  void what_is_no_spdy_ends_the_talk() {
    for (var wrong :
        List.of("80020002 00000004 00000001", "00000001 00ffffff", "c8545450 00000000")) {
      try (var streams = spdy(wrong)) {
        assertThatThrownBy(streams::read).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void a_channel_that_nobody_asked_for_is_passed_over_and_the_end_is_that_of_all()
      throws IOException {
    try (var streams =
            spdy(
                "00000009 00000001 78 00000003 01000002 6f6b 00000001 01000002 7b7d 00000003 00000001 78");
        var channels = new SpdyChannels(streams, Set.of(Channels.STDOUT))) {
      assertThat(said(channels)).containsExactly("1ok", "3{}");
    }
  }

  private static int inflate(Inflater inflater, byte[] plain) throws IOException {
    try {
      return inflater.inflate(plain);
    } catch (DataFormatException e) {
      throw new IOException(e);
    }
  }

  @Test
  void headers_go_out_so_that_any_zlib_reads_them() throws Exception {
    var came = new CompletableFuture<String>();
    var address =
        serve(
            stream -> {
              var input = new DataInputStream(stream.input());
              var inflater = new Inflater();
              var names = new StringBuilder();
              for (int i = 0; i < 2; i++) {
                input.readInt();
                var body = new byte[input.readInt() & 0xffffff];
                input.readFully(body);
                inflater.setInput(body, 10, body.length - 10);
                var plain = new byte[200];
                int length = inflate(inflater, plain);
                names.append(new String(plain, 0, length, UTF_8).replaceAll("[\\x00-\\x1f]", "|"));
              }
              inflater.end();
              came.complete(names.toString());
            });
    try (var streams = new SpdyStreams(net.connect(address, null))) {
      assertThat(streams.open(Map.of("streamType", "error"))).isEqualTo(1);
      assertThat(streams.open(Map.of("streamType", "data"))).isEqualTo(3);
      assertThat(came.get()).isEqualTo("||||||||streamtype||||error||||||||streamtype||||data");
    }
  }
}
