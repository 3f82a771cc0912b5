package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The operations behind {@code fetch}: a request goes out, its head comes back, its body is a
 * stream. Every redirect meets the gate again, as it is a contact like the first.
 */
public final class Fetch {
  private static final int REDIRECTS = 20;

  /** As long as Node.js waits. */
  private static final Timeouts PATIENCE =
      new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ZERO);

  /** Those that frame a message are made by who sends it. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Bodies that nobody reads hold their connection, and must not stop others. */
  private static final int PER_HOST = 4096;

  private final Net net;
  private final Map<Long, Upload> uploads = new ConcurrentHashMap<>();
  private final AtomicLong begun = new AtomicLong();
  private @Nullable Http http; // guarded by this

  public Fetch(Net net) {
    this.net = net;
  }

  /**
   * A request.
   *
   * @param host the host of {@code url} as the recipe reads it
   * @param headers pairs of a name and a value
   * @param redirect {@code follow}, {@code error} or {@code manual}
   * @param upload what {@link #beginUpload} returned, when the body is a stream
   */
  public record Sending(
      String method,
      String url,
      String host,
      List<List<String>> headers,
      String redirect,
      @Nullable Long upload) {}

  /**
   * What is known of an answer before its body.
   *
   * @param headers pairs of a name in lower case and a value
   */
  public record Head(
      int status,
      String reason,
      String url,
      boolean redirected,
      List<List<String>> headers,
      boolean hasBody) {}

  /** An upload by its number. */
  public record Numbered(long id) {}

  private synchronized Http http() {
    var made = http;
    if (made == null) {
      made = Http.over(net, HttpOptions.usual().timeouts(PATIENCE).redirects(0).perHost(PER_HOST));
      http = made;
    }
    return made;
  }

  /** The answer, as soon as its head is there. */
  @Op
  public OpStream<byte[]> send(Sending sending, byte @Nullable [] content) {
    var answer = open(sending, content);
    return new Incoming(answer.response(), answer.head());
  }

  /** An answer whose body Java reads; it is closed by who opened it. */
  public record Answer(HttpResponse response, Head head) implements AutoCloseable {
    @Override
    public void close() {
      response.close();
    }
  }

  /** As {@link #send}, for Java. */
  public Answer open(Sending sending, byte @Nullable [] content) {
    var headers = HttpHeaders.none();
    for (var field : sending.headers()) {
      if (!FRAMING.contains(field.getFirst().toLowerCase(Locale.ROOT))) {
        headers = headers.and(field.getFirst(), field.getLast());
      }
    }
    if (headers.first("Accept").isEmpty()) {
      headers = headers.and("Accept", "*/*");
    }
    requireSameHost(sending);
    return follow(
        new HttpRequest(sending.method(), sending.url(), headers, body(sending, content)),
        sending.redirect());
  }

  private HttpBody body(Sending sending, byte @Nullable [] content) {
    if (sending.upload() != null) {
      return HttpBody.of(upload(sending.upload()).stream(), -1);
    }
    return content == null ? HttpBody.empty() : HttpBody.of(content);
  }

  /**
   * Two readers of one URL that disagree about its host would let the gate see another than the
   * recipe.
   */
  private static void requireSameHost(Sending sending) {
    var url = HttpUrl.parse(sending.url());
    var host = sending.host().replaceAll("^\\[|\\]$", "");
    if (sending.url().startsWith("file:")) {
      throw new HearthException(HttpError.URL_MALFORMED, HttpRequest.get(sending.url()).path())
          .hint("Read files with `hearth:fs`, which has a permission of its own for them.");
    }
    if (url == null || !url.host().equals(host)) {
      throw new HearthException(HttpError.URL_MALFORMED, HttpRequest.get(sending.url()).path());
    }
  }

  private Answer follow(HttpRequest first, String mode) {
    var request = first;
    for (int redirects = 0; ; redirects++) {
      var url = HttpUrl.get(request.target());
      var answer = http().send(request);
      Optional<HttpRequest> next;
      try {
        next = mode.equals("manual") ? Optional.empty() : Redirects.next(request, url, answer);
      } catch (HearthException e) {
        answer.close();
        throw e;
      }
      if (next.isEmpty()) {
        return new Answer(answer, head(answer, url, redirects > 0));
      }
      answer.close();
      if (mode.equals("error")) {
        throw new HearthException(
                HttpError.REDIRECT_REFUSED, first, HttpRequest.get(next.get().target()).path())
            .hint("Allow it with `redirect: 'follow'`, or ask the new address.");
      }
      if (redirects == REDIRECTS) {
        throw new HearthException(HttpError.TOO_MANY_REDIRECTS, first, redirects);
      }
      request = next.get();
    }
  }

  private static Head head(HttpResponse answer, HttpUrl url, boolean redirected) {
    var headers =
        answer.headers().fields().stream()
            .map(field -> List.of(field.name().toLowerCase(Locale.ROOT), field.value()))
            .toList();
    return new Head(
        answer.status(),
        answer.reason(),
        url.toString(),
        redirected,
        headers,
        answer.body().length() != 0);
  }

  /** Opens a body that is a stream; {@link #send} names it. */
  @Op
  public long beginUpload() {
    long id = begun.incrementAndGet();
    uploads.put(id, new Upload());
    return id;
  }

  /** One chunk; done when there is room for the next. */
  @Op
  public void upload(Numbered which, byte @Nullable [] chunk) throws InterruptedException {
    upload(which.id()).put(chunk == null ? new byte[0] : chunk);
  }

  @Op
  public void endUpload(Numbered which) throws InterruptedException {
    upload(which.id()).end();
    uploads.remove(which.id());
  }

  /** The body will not come to its end, so the request must not either. */
  @Op
  public void abandonUpload(Numbered which) {
    upload(which.id()).abandon();
    uploads.remove(which.id());
  }

  private Upload upload(long id) {
    var upload = uploads.get(id);
    if (upload == null) {
      throw new HearthException(HttpError.NO_SUCH_UPLOAD, id);
    }
    return upload;
  }
}
