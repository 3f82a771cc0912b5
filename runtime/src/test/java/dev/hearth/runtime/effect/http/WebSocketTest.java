package dev.hearth.runtime.effect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets between our two ends, against OkHttp's, and against peers that misbehave. */
@Timeout(60)
class WebSocketTest {
  private final NamedNet net = new NamedNet();
  private final Http http = Http.over(net, HttpOptions.usual());
  private final List<StreamServer> servers = new ArrayList<>();
  private final LinkedBlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() throws IOException {
    http.close();
    for (var server : servers) {
      server.close();
    }
  }

  private String serve(List<String> protocols, Consumer<WebSocket> then) {
    return serveStreams(
        new HttpService(request -> WebSocketHandshake.accept(request, protocols, then)));
  }

  private String serveStreams(StreamService service) {
    var server =
        StreamServer.start(
            net.listen("127.0.0.1", 0, null), service, (peer, failure) -> failures.add(failure));
    servers.add(server);
    return "127.0.0.1:" + NetAddress.parse(server.address()).port();
  }

  private static void echo(WebSocket socket) {
    for (var message = socket.receive(); ; message = socket.receive()) {
      switch (message) {
        case WebSocket.Text text -> socket.send(text.text());
        case WebSocket.Binary binary -> socket.send(binary.bytes());
        case WebSocket.Closed end -> {
          return;
        }
      }
    }
  }

  /** Shakes hands as a server and then sends these bytes, whatever they mean. */
  private WebSocket against(String framesInHex) {
    var host =
        serveStreams(
            new HttpService(
                request -> {
                  var answer = WebSocketHandshake.accept(request, List.of(), socket -> {});
                  StreamService raw =
                      stream -> {
                        stream
                            .output()
                            .write(HexFormat.of().parseHex(framesInHex.replace(" ", "")));
                        stream.input().readAllBytes();
                      };
                  return new HttpResponse(101, "", answer.headers(), HttpBody.empty(), raw);
                }));
    return http.webSocket(HttpRequest.get("ws://" + host + "/"), 1000);
  }

  private static HearthException assertFails(ErrorCode code, ThrowingCallable call) {
    var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(HearthException.class, call);
    assertThat(thrown).isNotNull();
    assertThat(thrown.code()).as(thrown.toString()).isEqualTo(code);
    return thrown;
  }

  @Test
  void texts_and_bytes_of_every_length_come_back_as_they_were() {
    var host = serve(List.of(), WebSocketTest::echo);
    try (var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"))) {
      for (int length : List.of(0, 1, 125, 126, 127, 65_535, 65_536, 300_000)) {
        var text = "ä".repeat(length);
        socket.send(text);
        assertThat(socket.receive()).isEqualTo(new WebSocket.Text(text));
        socket.send(new byte[length]);
        assertThat(socket.receive())
            .isInstanceOfSatisfying(
                WebSocket.Binary.class, binary -> assertThat(binary.bytes()).hasSize(length));
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void the_first_subprotocol_that_both_speak_is_taken() {
    var host = serve(List.of("v4", "v5"), WebSocketTest::echo);
    var request =
        HttpRequest.get("ws://" + host + "/").header("Sec-WebSocket-Protocol", "v6, v5, v4");
    try (var socket = http.webSocket(request)) {
      assertThat(socket.protocol()).isEqualTo("v5");
    }
    try (var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"))) {
      assertThat(socket.protocol()).isEmpty();
    }
  }

  @Test
  void both_sides_can_end_it_and_the_other_learns_the_code_and_the_reason() throws Exception {
    var heard = new CompletableFuture<WebSocket.Message>();
    var host =
        serve(
            List.of(),
            socket -> {
              if (socket.receive() instanceof WebSocket.Closed end) {
                heard.complete(end);
              } else {
                socket.close(4001, "enough");
              }
            });
    try (var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"))) {
      socket.send("go");
      assertThat(socket.receive()).isEqualTo(new WebSocket.Closed(4001, "enough"));
      assertThat(socket.receive()).isEqualTo(new WebSocket.Closed(4001, "enough"));
    }
    http.webSocket(HttpRequest.get("ws://" + host + "/")).close(4002, "bye");
    assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(new WebSocket.Closed(4002, "bye"));
  }

  @Test
  void a_sender_waits_for_a_receiver_that_is_slow() throws Exception {
    var go = new CompletableFuture<Boolean>();
    var host =
        serve(
            List.of(),
            socket -> {
              go.join();
              echo(socket);
            });
    var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"));
    var sending =
        Worker.virtual(
            () -> {
              for (int i = 0; i < 400; i++) {
                socket.send(new byte[64 * 1024]);
              }
              return true;
            });
    sending.untilItWaits();
    go.complete(true);
    for (int i = 0; i < 400; i++) {
      assertThat(socket.receive()).isInstanceOf(WebSocket.Binary.class);
    }
    assertThat(sending.result()).isTrue();
    socket.close();
  }

  @Test
  void okhttps_client_understands_our_server() throws Exception {
    var host = serve(List.of("chat"), WebSocketTest::echo);
    var messages = new LinkedBlockingQueue<String>();
    var client = new OkHttpClient();
    var socket =
        client.newWebSocket(
            new Request.Builder()
                .url("ws://" + host)
                .header("Sec-WebSocket-Protocol", "chat")
                .build(),
            new WebSocketListener() {
              @Override
              public void onMessage(okhttp3.WebSocket webSocket, String text) {
                messages.add(text);
              }

              @Override
              public void onMessage(okhttp3.WebSocket webSocket, ByteString bytes) {
                messages.add(bytes.hex());
              }

              @Override
              public void onClosed(okhttp3.WebSocket webSocket, int code, String reason) {
                messages.add(code + reason);
              }

              @Override
              public void onFailure(
                  okhttp3.WebSocket webSocket,
                  Throwable t,
                  @org.jspecify.annotations.Nullable Response response) {
                messages.add(t.toString());
              }
            });
    assertThat(socket.send("grüß")).isTrue();
    assertThat(socket.send(ByteString.of((byte) 1, (byte) 2))).isTrue();
    assertThat(messages.poll(20, TimeUnit.SECONDS)).isEqualTo("grüß");
    assertThat(messages.poll(20, TimeUnit.SECONDS)).isEqualTo("0102");
    assertThat(socket.close(1000, "bye")).isTrue();
    assertThat(messages.poll(20, TimeUnit.SECONDS)).isEqualTo("1000bye");
    client.dispatcher().executorService().shutdown();
  }

  @Test
  void parts_are_joined_and_pings_between_them_are_answered() throws Exception {
    var seen = new CompletableFuture<String>();
    var host =
        serveStreams(
            new HttpService(
                request -> {
                  var answer = WebSocketHandshake.accept(request, List.of(), socket -> {});
                  StreamService raw = stream -> seen.complete(pingBetweenParts(stream));
                  return new HttpResponse(101, "", answer.headers(), HttpBody.empty(), raw);
                }));
    var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"));
    assertThat(socket.receive()).isEqualTo(new WebSocket.Text("Hello"));
    assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("8a82");
  }

  private static String pingBetweenParts(NetStream stream) throws IOException {
    stream.output().write(HexFormat.of().parseHex("010348656c" + "89026869" + "80026c6f"));
    return HexFormat.of().formatHex(stream.input().readNBytes(2));
  }

  @Test
  void what_the_protocol_forbids_ends_the_connection() {
    var forbidden =
        List.of(
            "8181 00000000 41", // masked by a server
            "c10141", // a reserved bit
            "8300", // an unknown opcode
            "0900", // a ping in parts
            "897e0080" + "00".repeat(128), // a ping too long
            "800141", // a part of nothing
            "010141 010142", // a message within another
            "817fffffffffffffffff", // a negative length
            "8102c328", // not UTF-8
            "880103"); // half a closing code
    for (var frames : forbidden) {
      var socket = against(frames);
      assertFails(HttpError.WEBSOCKET_BROKEN, socket::receive);
      assertFails(HttpError.CONNECTION_LOST, () -> socket.send("more"));
    }
  }

  @Test
  void a_message_beyond_the_limit_is_not_even_read() {
    for (var frames :
        List.of("827f0000010000000000", "827e03e9", "027e03e8" + "00".repeat(1000) + "80017e")) {
      var failure = assertFails(HttpError.MESSAGE_TOO_LARGE, against(frames)::receive);
      assertThat(failure).hasMessageContaining("larger than 1000 bytes");
    }
  }

  @Test
  void a_connection_that_just_ends_is_a_failure_and_not_a_goodbye() {
    var host =
        serveStreams(
            new HttpService(
                request -> {
                  var answer = WebSocketHandshake.accept(request, List.of(), socket -> {});
                  StreamService gone = stream -> stream.output().write(0x82);
                  return new HttpResponse(101, "", answer.headers(), HttpBody.empty(), gone);
                }));
    var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"));
    assertFails(HttpError.CONNECTION_LOST, socket::receive);
  }

  @Test
  void an_interrupt_ends_a_receive() throws Exception {
    var host = serve(List.of(), WebSocketTest::echo);
    var socket = http.webSocket(HttpRequest.get("ws://" + host + "/"));
    var receiving = Worker.virtual(socket::receive).untilItWaits();
    receiving.interrupt();
    assertThat(receiving.failure())
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(HttpError.INTERRUPTED));
  }

  @Test
  void a_server_that_cannot_prove_that_it_speaks_it_is_refused() {
    for (var answer :
        List.of(
            HttpResponse.upgrade("websocket", stream -> {}),
            HttpResponse.upgrade("websocket", stream -> {})
                .header("Sec-WebSocket-Accept", "AAAA"))) {
      var host = serveStreams(new HttpService(request -> answer));
      assertFails(
          HttpError.WEBSOCKET_BROKEN, () -> http.webSocket(HttpRequest.get("ws://" + host + "/")));
    }
    var plain =
        serveStreams(new HttpService(request -> HttpResponse.of(404, "text/plain", "none")));
    assertThatThrownBy(() -> http.webSocket(HttpRequest.get("ws://" + plain + "/")))
        .isInstanceOfSatisfying(
            HearthException.class,
            e ->
                assertThat(e.details()).containsEntry("body", "none").containsEntry("status", 404));
    var picky = serve(List.of(), socket -> {});
    assertThat(http.send(HttpRequest.get("http://" + picky + "/")).status()).isEqualTo(426);
  }
}
