package dev.hearth.stdlib.http;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.http.Fetch;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What recipes can do by HTTP: those of {@code fetch}, with the grants of this module, and more.
 */
final class HttpOps {
  private final Effects effects;
  private final Fetch fetch;
  private final Map<Long, Webhooks> servers = new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();

  HttpOps(Effects effects) {
    this.effects = effects;
    this.fetch = new Fetch(effects.net());
  }

  @Op
  OpStream<byte[]> send(Fetch.Sending sending, byte @Nullable [] content) {
    return fetch.send(sending, content);
  }

  @Op
  long beginUpload() {
    return fetch.beginUpload();
  }

  @Op
  void upload(Fetch.Numbered which, byte @Nullable [] chunk) throws InterruptedException {
    fetch.upload(which, chunk);
  }

  @Op
  void endUpload(Fetch.Numbered which) throws InterruptedException {
    fetch.endUpload(which);
  }

  @Op
  void abandonUpload(Fetch.Numbered which) {
    fetch.abandonUpload(which);
  }

  /** An answer that is a failure. */
  record Refusal(
      String method, String url, int status, String reason, String body, @Nullable String type) {}

  @Op
  String refuse(Refusal refusal) {
    return failing(
        new HearthException(
                HttpError.STATUS,
                refusal.method(),
                refusal.url(),
                refusal.status(),
                refusal.reason().isEmpty() ? "" : " " + refusal.reason())
            .with("status", refusal.status())
            .with("reason", refusal.reason())
            .with("contentType", String.valueOf(refusal.type()))
            .with("body", refusal.body()));
  }

  /** A request that took too long. */
  record Late(String method, String url, long limit) {}

  @Op
  String late(Late late) {
    return failing(
        new HearthException(
            HttpError.TIME_OVER,
            late.method(),
            late.url(),
            DurationText.format(Duration.ofMillis(late.limit()))));
  }

  /** A request whose answer goes to a file. */
  record Downloading(
      String url,
      String host,
      Map<String, String> headers,
      String path,
      @Nullable String checksum) {}

  /** Reads an answer into a file; its bytes never meet JavaScript. */
  @Op(writes = true)
  Download.Done download(Downloading request) {
    var headers = new HashMap<>(request.headers());
    return new Download(fetch, effects.files())
        .to(
            Path.of(request.path()),
            new Fetch.Sending(
                "GET",
                request.url(),
                request.host(),
                headers.entrySet().stream()
                    .map(field -> java.util.List.of(field.getKey(), field.getValue()))
                    .toList(),
                "follow",
                null),
            request.checksum());
  }

  /** Begins to listen; the stream is the requests, its head says where. */
  @Op
  OpStream<Webhooks.Request> serve(Webhooks.Serving serving) {
    long id = made.incrementAndGet();
    var server = new Webhooks(id, serving, effects, () -> servers.remove(id));
    servers.put(id, server);
    return server;
  }

  /** The body of one request. */
  record Asked(long server, long request) {}

  @Op
  byte[] body(Asked asked) {
    return server(asked.server()).body(asked.request());
  }

  @Op
  void answer(Webhooks.Answer answer, byte[] content) throws InterruptedException {
    server(answer.server()).answer(answer, content);
  }

  /** Which server. */
  record Which(long server) {}

  /** Takes no more requests, waits for the answers that are due, and closes. */
  @Op
  void closeServer(Which which) throws InterruptedException {
    var server = servers.get(which.server());
    if (server != null) {
      server.closeGracefully();
    }
  }

  private Webhooks server(long id) {
    var server = servers.get(id);
    if (server == null) {
      throw new HearthException(HttpError.NOT_SERVING);
    }
    return server;
  }

  /** An operation whose whole point is its failure, which so is made where all are. */
  private static String failing(HearthException failure) {
    return Optional.<String>empty().orElseThrow(() -> failure);
  }
}
