package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API of one registry, as the OCI's distribution specification has it. It logs in when it is
 * asked to and says no in Hearth's words. Safe from any thread.
 */
final class RegistryClient {
  /** What a registry may send as a manifest; the specification asks for this much at least. */
  private static final long MANIFEST_BYTES = 4L * 1024 * 1024;

  private static final long JSON_BYTES = 32L * 1024 * 1024;
  private static final int PAGE = 1000;
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  /** A registry that pages for ever is not believed. */
  private static final int PAGES = 10_000;

  private final RegistryAddress where;
  private final Http http;
  private final RegistryTokens tokens;
  private final RegistryPatience patience;

  /**
   * For one registry.
   *
   * @param direct the same as {@code http}, but follows no redirects
   */
  RegistryClient(
      RegistryAddress where,
      Http http,
      Http direct,
      Clock clock,
      Supplier<Optional<RegistryLogin>> login) {
    this.where = where;
    this.http = http;
    this.tokens = new RegistryTokens(where, direct, clock, login);
    this.patience = new RegistryPatience(where, clock);
  }

  RegistryAddress where() {
    return where;
  }

  static String toRead(String repository) {
    return "repository:" + repository + ":pull";
  }

  static String toWrite(String repository) {
    return "repository:" + repository + ":pull,push";
  }

  static String toDelete(String repository) {
    return "repository:" + repository + ":pull,delete";
  }

  /** Any answer; the caller closes it. */
  HttpResponse send(HttpRequest request, String scope) {
    for (int attempt = 1; ; attempt++) {
      var answer = once(request, scope);
      if (!request.body().isReplayable() || !patience.waits(request, answer, attempt)) {
        return answer;
      }
    }
  }

  private HttpResponse once(HttpRequest request, String scope) {
    var answer = http.send(tokens.authorized(request, scope));
    if (answer.status() != 401 || !request.body().isReplayable()) {
      return answer;
    }
    List<String> challenges;
    try (answer) {
      challenges = answer.headers().all("WWW-Authenticate");
    }
    tokens.answer(RegistryChallenge.of(challenges, where), scope, request.method());
    return http.send(tokens.authorized(request, scope));
  }

  /** A good answer, which the caller closes; fails for any other. */
  HttpResponse good(HttpRequest request, String scope, String subject) {
    var answer = send(request, scope);
    if (answer.status() < 200 || answer.status() >= 300) {
      try (answer) {
        throw refused(request, answer, subject);
      }
    }
    return answer;
  }

  HearthException refused(HttpRequest request, HttpResponse answer, String subject) {
    var body = json(answer, false);
    var first = body.path("errors").path(0);
    var words = VisibleText.of(first.path("message").asText(answer.reason()));
    var call = request.method() + " " + URI.create(request.path()).getPath();
    var error =
        switch (answer.status()) {
          case 401, 403 -> tokens.refused(subject);
          case 404 -> new HearthException(RegistryError.REGISTRY_NOT_FOUND, where.host(), subject);
          case 429 -> patience.ended(answer, call);
          default -> new HearthException(RegistryError.REGISTRY_FAILED, where.host(), call, words);
        };
    return error
        .with("status", answer.status())
        .with("code", first.path("code").asText(""))
        .with("message", words);
  }

  HttpRequest get(String path) {
    return HttpRequest.get(where.base() + "/v2/" + path);
  }

  HttpRequest request(String method, String path) {
    return HttpRequest.of(method, where.base() + "/v2/" + path);
  }

  /** All names that a paged list has under a field. */
  List<String> names(String path, String field, String scope, String subject) {
    var names = new ArrayList<String>();
    var next = Optional.of(where.base() + "/v2/" + path + "?n=" + PAGE);
    for (int page = 0; next.isPresent(); page++) {
      if (page == PAGES) {
        throw new HearthException(
            RegistryError.REGISTRY_FAILED, where.host(), "GET /v2/" + path, "its list has no end");
      }
      var asked = next.get();
      try (var answer = good(HttpRequest.get(asked), scope, subject)) {
        json(answer, true).path(field).forEach(name -> names.add(name.asText()));
        next =
            answer.headers().all("Link").stream()
                .flatMap(link -> next(link, asked).stream())
                .findFirst();
      }
    }
    names.sort(null); // as the specification wants it, and not every registry does it
    return names;
  }

  private Optional<String> next(String link, String asked) {
    return Optional.of(NEXT.matcher(link))
        .filter(Matcher::find)
        .map(found -> own(found.group(1), asked).toString());
  }

  /**
   * A URL that the registry named, which must be its own: nobody else is shown the login.
   *
   * @param asked where it named it
   */
  private URI own(String location, String asked) {
    try {
      // What begins with a query stands for the same path, which Java's own reading drops.
      var url =
          location.startsWith("?")
              ? URI.create(asked.replaceFirst("\\?.*$", "") + location)
              : URI.create(asked).resolve(location);
      if (where.isOwn(url)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new HearthException(RegistryError.REGISTRY_NONE, where.host()).causedBy(e);
    }
    throw new HearthException(RegistryError.REGISTRY_NONE, where.host())
        .with("location", VisibleText.of(location));
  }

  /** The manifest of an image; where it is asked for by digest, what came has it. */
  Manifest manifest(RegistryImage image) {
    var path = image.repository() + "/manifests/" + image.reference();
    var request = get(path).header("Accept", Manifest.ACCEPTED);
    try (var answer = good(request, toRead(image.repository()), image.toString())) {
      var bytes = answer.body().bytes(MANIFEST_BYTES);
      var manifest =
          Manifest.of(bytes, answer.headers().first("Content-Type").orElse(""), image, where);
      var said = answer.headers().first("Docker-Content-Digest");
      var wanted = image.isDigest() ? Optional.of(image.reference()) : said;
      if (wanted.isPresent() && !Manifest.digest(bytes, wanted.get()).equals(wanted.get())) {
        throw new HearthException(RegistryError.REGISTRY_MISMATCH, where.host(), image);
      }
      return manifest;
    }
  }

  /** The digest of an image; empty where there is none of that name. */
  Optional<String> digest(RegistryImage image) {
    var path = image.repository() + "/manifests/" + image.reference();
    var request = request("HEAD", path).header("Accept", Manifest.ACCEPTED);
    try (var answer = send(request, toRead(image.repository()))) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (answer.status() != 200) {
        throw refused(request, answer, image.toString());
      }
      var digest = answer.headers().first("Docker-Content-Digest");
      return Optional.of(
          digest.isPresent()
              ? RegistryImage.digest(digest.get(), where)
              : manifest(image).digest());
    }
  }

  /**
   * A blob, which the caller closes.
   *
   * @param from how many of its bytes are not needed; the registry may send them nevertheless
   */
  HttpResponse blob(String repository, String digest, long from) {
    var request = get(repository + "/blobs/" + digest);
    var wanted = from == 0 ? request : request.header("Range", "bytes=" + from + "-");
    return good(wanted, toRead(repository), repository + "@" + digest);
  }

  /** A small blob that is JSON: an image's configuration. */
  JsonNode config(String repository, String digest) {
    try (var answer = blob(repository, digest, 0)) {
      var bytes = answer.body().bytes(JSON_BYTES);
      if (!Manifest.digest(bytes, digest).equals(digest)) {
        throw new HearthException(
            RegistryError.REGISTRY_MISMATCH, where.host(), repository + "@" + digest);
      }
      return Manifest.parsed(bytes, where);
    }
  }

  private JsonNode json(HttpResponse answer, boolean must) {
    var bytes = answer.body().bytes(JSON_BYTES);
    try {
      return Engine.MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      if (must) {
        throw new HearthException(RegistryError.REGISTRY_NONE, where.host()).causedBy(e);
      }
      return JsonNodeFactory.instance.missingNode();
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array does no input.", e);
    }
  }

  /** Puts a manifest under a tag or its digest. */
  void put(RegistryImage image, Manifest manifest) {
    var request =
        request("PUT", image.repository() + "/manifests/" + image.reference())
            .header("Content-Type", manifest.mediaType())
            .body(HttpBody.of(manifest.bytes()));
    good(request, toWrite(image.repository()), image.toString()).close();
  }

  /** Deletes what is under a tag or a digest; the status says how that went. */
  HttpResponse delete(RegistryImage image) {
    return send(
        request("DELETE", image.repository() + "/manifests/" + image.reference()),
        toDelete(image.repository()));
  }

  boolean hasBlob(String repository, String digest) {
    var request = request("HEAD", repository + "/blobs/" + digest);
    try (var answer = send(request, toWrite(repository))) {
      if (answer.status() == 401 || answer.status() == 403) {
        throw refused(request, answer, repository);
      }
      return answer.status() == 200;
    }
  }

  /**
   * Asks for a place to put a blob; empty where the registry took it from another repository of its
   * own instead.
   *
   * @param from that repository; null for none
   */
  Optional<URI> upload(String repository, String digest, @Nullable String from) {
    var query = from == null ? "" : "?mount=" + digest + "&from=" + from;
    var scope = toWrite(repository) + (from == null ? "" : " " + toRead(from));
    var request = request("POST", repository + "/blobs/uploads/" + query);
    try (var answer = good(request, scope, repository)) {
      return answer.status() == 201
          ? Optional.empty()
          : Optional.of(own(answer.headers().first("Location").orElse(""), request.target()));
    }
  }

  /** Puts a blob where {@link #upload} said; the registry compares the digest. */
  void put(String repository, URI place, String digest, HttpBody content) {
    var url = place + (place.getRawQuery() == null ? "?" : "&") + "digest=" + digest;
    var request =
        HttpRequest.of("PUT", url).header("Content-Type", "application/octet-stream").body(content);
    good(request, toWrite(repository), repository + "@" + digest).close();
  }
}
