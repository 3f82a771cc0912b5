package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Where an answer sends its request, and what of the request goes there. */
final class Redirects {
  /**
   * What another origin may see. Everything else could be a credential: Proxmox alone has three
   * headers that are.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "content-type",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "range",
          "user-agent");

  private Redirects() {}

  /** The request that follows; empty when the answer is no redirect. */
  static Optional<HttpRequest> next(HttpRequest request, HttpUrl from, HttpResponse answer) {
    var location = answer.headers().first("Location");
    if (location.isEmpty() || !Set.of(301, 302, 303, 307, 308).contains(answer.status())) {
      return Optional.empty();
    }
    var to = from.resolve(location.get());
    if (to == null || (from.isHttps() && !to.isHttps())) {
      throw new HearthException(HttpError.REDIRECT_REFUSED, request, location.get());
    }
    var headers = isSameOrigin(from, to) ? request.headers() : harmless(request.headers());
    if (becomesGet(request.method(), answer.status())) {
      return Optional.of(
          new HttpRequest("GET", to.toString(), headers.without("Content-Type"), HttpBody.empty()));
    }
    if (!request.body().isReplayable()) {
      throw new HearthException(HttpError.REDIRECT_REFUSED, request, to)
          .hint(
              "Send the request to the new address; its body is a stream and cannot be repeated.");
    }
    return Optional.of(new HttpRequest(request.method(), to.toString(), headers, request.body()));
  }

  private static boolean becomesGet(String method, int status) {
    return switch (status) {
      case 303 -> !method.equals("HEAD");
      case 301, 302 -> method.equals("POST");
      default -> false;
    };
  }

  private static boolean isSameOrigin(HttpUrl from, HttpUrl to) {
    return from.scheme().equals(to.scheme())
        && from.host().equals(to.host())
        && from.port() == to.port();
  }

  private static HttpHeaders harmless(HttpHeaders headers) {
    return HttpHeaders.of(
        headers.fields().stream()
            .filter(field -> HARMLESS.contains(field.name().toLowerCase(Locale.ROOT)))
            .toList());
  }
}
