package dev.hearth.stdlib.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpHeaders;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.spi.OpStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server that hands its requests to a recipe one by one. What one client can cost is bounded: the
 * size of a body, how many requests wait at once, how long a request may take to come, and how long
 * the recipe may take to answer it.
 */
final class Webhooks implements OpStream<Webhooks.Request> {
  private static final long BODY_BYTES = 1024 * 1024;
  private static final int AT_ONCE = 64;
  private static final int CONNECTIONS = 1024;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /** A client that sends its request a letter at a time has as long as any other. */
  private static final Duration ARRIVE_WITHIN = Duration.ofSeconds(15);

  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Serving serving;
  private final Clock clock;
  private final Runnable closed;
  private final StreamServer server;
  private final Head head;
  private final Semaphore room;
  private final Duration answerWithin;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong made = new AtomicLong();
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

  /** What is being sent, by a number of its own. */
  private final Map<Long, CompletableFuture<Boolean>> sending = new ConcurrentHashMap<>();

  private final AtomicLong sends = new AtomicLong();
  private final LinkedBlockingQueue<Optional<Request>> asked = new LinkedBlockingQueue<>();
  private volatile boolean closing;
  private volatile boolean leaving;

  /**
   * How to serve.
   *
   * @param host default {@code 127.0.0.1}
   * @param port 0 for any free one
   * @param maxBodyBytes default 1 MiB
   * @param concurrency how many requests may wait for their answer; default 64
   * @param answerWithin default 30 s
   */
  record Serving(
      @Nullable String host,
      int port,
      @Nullable Long maxBodyBytes,
      @Nullable Integer concurrency,
      @Nullable Duration answerWithin) {}

  /** Where it listens. */
  record Head(long server, String host, int port) {}

  /** One request without its body. */
  record Request(
      long request, String method, String target, List<List<String>> headers, boolean hasBody) {}

  /** The answer to one request without its body. */
  record Answer(long server, long request, int status, List<List<String>> headers) {}

  /** A request whose answer is due. */
  private static final class Waiting {
    private final byte[] body;
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final CompletableFuture<Boolean> sent;

    private Waiting(byte[] body, CompletableFuture<Boolean> sent) {
      this.body = body;
      this.sent = sent;
    }
  }

  Webhooks(long id, Serving serving, Effects effects, Runnable closed) {
    this.serving = serving;
    this.clock = effects.clock();
    this.closed = closed;
    this.answerWithin = Objects.requireNonNullElse(serving.answerWithin(), ANSWER_WITHIN);
    this.room = new Semaphore(atLeastOne("concurrency", serving.concurrency(), AT_ONCE));
    long most = atLeastOne("maxBodyBytes", serving.maxBodyBytes(), BODY_BYTES);
    if (serving.port() < 0 || serving.port() > 65_535) {
      throw new HearthException(HttpError.OPTION_WRONG, "port", "is 0 to 65535");
    }
    var host = Objects.requireNonNullElse(serving.host(), "127.0.0.1");
    var listener = effects.net().listen(host, serving.port(), null);
    var service = new HttpService(this::handle, new HttpService.Limits(most, ARRIVE_WITHIN));
    this.server =
        StreamServer.start(listener, stream -> serve(service, stream), (peer, failure) -> {});
    var address = server.address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    this.head = new Head(id, host, port);
  }

  private static int atLeastOne(String name, @Nullable Integer given, int usual) {
    return (int) atLeastOne(name, given == null ? null : Long.valueOf(given), usual);
  }

  private static long atLeastOne(String name, @Nullable Long given, long usual) {
    long value = given == null ? usual : given;
    if (value < 1) {
      throw new HearthException(HttpError.OPTION_WRONG, name, "is at least 1");
    }
    return value;
  }

  @Override
  public Optional<Object> head() {
    return Optional.of(head);
  }

  // ---- One connection --------------------------------------------------------------------------

  /** How many requests have come on the connection that a thread serves. */
  private static final ScopedValue<AtomicLong> ARRIVED = ScopedValue.newInstance();

  private void serve(HttpService service, NetStream stream) throws IOException {
    if (connections.incrementAndGet() > CONNECTIONS) {
      connections.decrementAndGet();
      return;
    }
    var arrived = new AtomicLong(); // even while one is awaited, odd while one is answered
    var watch = Thread.ofVirtual().name("hearth-slow-client").start(() -> watch(stream, arrived));
    try {
      ScopedValue.where(ARRIVED, arrived)
          .call(
              () -> {
                service.serve(stream);
                return arrived;
              });
    } finally {
      watch.interrupt();
      connections.decrementAndGet();
    }
  }

  private void watch(NetStream stream, AtomicLong arrived) {
    try {
      while (true) {
        long before = arrived.get();
        clock.sleep(ARRIVE_WITHIN);
        if (before % 2 == 0 && arrived.get() == before) {
          stream.close();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the client has left
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // it was closed already
    }
  }

  // ---- One request -----------------------------------------------------------------------------

  private HttpResponse handle(HttpRequest request) {
    var body = request.body().bytes(Objects.requireNonNullElse(serving.maxBodyBytes(), BODY_BYTES));
    var arrived = ARRIVED.get();
    arrived.incrementAndGet();
    var sent = new CompletableFuture<Boolean>();
    long number = sends.incrementAndGet();
    sending.put(number, sent);
    var _ = sent.thenRun(() -> sending.remove(number));
    try {
      if (closing || !room.tryAcquire()) {
        var full = HttpResponse.of(503).header("Retry-After", "1");
        return tracked(full.header("Connection", "close"), new byte[0], sent);
      }
      try {
        return ask(request, body, sent);
      } finally {
        room.release();
      }
    } finally {
      arrived.incrementAndGet();
    }
  }

  /** An answer that tells when it was sent, or cannot be: its body is closed then. */
  private static HttpResponse tracked(
      HttpResponse answer, byte[] content, CompletableFuture<Boolean> sent) {
    var stream =
        new ByteArrayInputStream(content) {
          @Override
          public void close() {
            sent.complete(true);
          }
        };
    return answer.body(HttpBody.of(stream, content.length));
  }

  private HttpResponse ask(HttpRequest request, byte[] body, CompletableFuture<Boolean> sent) {
    long id = made.incrementAndGet();
    var waits = new Waiting(body, sent);
    waiting.put(id, waits);
    var headers =
        request.headers().fields().stream().map(f -> List.of(f.name(), f.value())).toList();
    asked.add(
        Optional.of(new Request(id, request.method(), request.target(), headers, body.length > 0)));
    try {
      return waits.answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      waits.answer.cancel(false);
      return tracked(HttpResponse.of(504), new byte[0], sent);
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is made, it does not fail.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return tracked(HttpResponse.of(503), new byte[0], sent);
    } finally {
      waiting.remove(id);
    }
  }

  byte[] body(long request) {
    var found = waiting.get(request);
    if (found == null) {
      throw new HearthException(HttpError.ANSWERED_TWICE);
    }
    return found.body;
  }

  /** Answers, and waits until that is sent. */
  void answer(Answer answer, byte[] content) throws InterruptedException {
    if (answer.status() < 200 || answer.status() > 599) {
      throw new HearthException(HttpError.OPTION_WRONG, "status", "is 200 to 599");
    }
    var headers = HttpHeaders.none();
    for (var field : answer.headers()) {
      headers = headers.and(field.getFirst(), field.getLast());
    }
    var found = waiting.get(answer.request());
    if (found == null) {
      throw new HearthException(HttpError.ANSWERED_TWICE);
    }
    var response = tracked(HttpResponse.of(answer.status()).headers(headers), content, found.sent);
    if (!found.answer.complete(response)) {
      throw new HearthException(HttpError.ANSWERED_TWICE);
    }
    awaitSent(List.of(found.sent));
  }

  /** A client that does not read its answer is left to itself after a while. */
  private static void awaitSent(Collection<CompletableFuture<Boolean>> answers)
      throws InterruptedException {
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Sending tells when it is over, it does not fail.", e);
    }
  }

  // ---- The end ---------------------------------------------------------------------------------

  @Override
  public @Nullable Request next() throws InterruptedException {
    var next = asked.take();
    if (next.isEmpty()) {
      asked.add(next); // it stays the end
    }
    return next.orElse(null);
  }

  void closeGracefully() throws InterruptedException {
    closing = true;
    leaving = true;
    asked.add(Optional.empty());
    try {
      awaitSent(List.copyOf(sending.values()));
    } finally {
      leaving = false;
      close();
    }
  }

  @Override
  public void close() {
    closing = true;
    if (leaving) {
      return; // who closes it gracefully does the rest
    }
    asked.add(Optional.empty());
    waiting
        .values()
        .forEach(
            each -> each.answer.complete(tracked(HttpResponse.of(503), new byte[0], each.sent)));
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      closed.run();
    }
  }
}
