package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns what a server says when it says no, a {@code Status}, into Hearth's words. */
final class Refusals {
  private static final Pattern OF_SECRETS = Pattern.compile("/secrets(/|$)");

  /** Why a field of a Secret is refused without its value being told. */
  private static final Set<String> QUOTING_NOTHING =
      Set.of("FieldValueForbidden", "FieldValueRequired");

  private static final int EXCERPT_BYTES = 64 * 1024;
  private static final int SHOWN = 500;

  /** What the API server says of a missing right; the words are its own since 1.6. */
  private static final Pattern MISSING_RIGHT =
      Pattern.compile(
          "User \"([^\"]*)\" cannot ([a-z]+) (?:resource \"([^\"]*)\"|path \"([^\"]*)\")"
              + "(?: in API group \"([^\"]*)\")?"
              + "(?: in the namespace \"([^\"]*)\"| at the cluster scope)?");

  private static final Pattern CONFLICT =
      Pattern.compile("conflict with \"((?:[^\"\\\\]|\\\\.)*)\"");

  private final String connection;

  Refusals(String connection) {
    this.connection = connection;
  }

  /** Reads and closes the answer. */
  HearthException of(ApiCall call, HttpResponse answer, int attempts) {
    try (answer) {
      if (answer.status() / 100 == 3) {
        return new HearthException(
            KubernetesError.REDIRECTED,
            call,
            ApiPath.shown(answer.headers().first("Location").orElse("?"))
                .replaceFirst("\\?.*", ""));
      }
      var text = answer.body().excerpt(EXCERPT_BYTES);
      return of(call, answer.status(), text, attempts);
    }
  }

  /** The same for a change of protocol that was refused. */
  HearthException ofUpgrade(ApiCall call, HearthException refusal) {
    int status = refusal.details().get("status") instanceof Integer number ? number : 0;
    return of(call, status, String.valueOf(refusal.details().get("body")), 1).causedBy(refusal);
  }

  private HearthException of(ApiCall call, int status, String body, int attempts) {
    var said = parse(body);
    if (!"Status".equals(said.path("kind").asText())) {
      return unspecified(call, status, body);
    }
    return of(call, said, status, attempts);
  }

  /** The failure that a Status tells, also one that comes in a watch. */
  HearthException of(ApiCall call, JsonNode told, int status, int attempts) {
    var said = OF_SECRETS.matcher(call.path().text()).find() ? withoutValues(told) : told;
    var message = words(said.path("message").asText(""));
    var reason = said.path("reason").asText("");
    var failure =
        switch (reason) {
          case "Unauthorized" -> new HearthException(KubernetesError.UNAUTHORIZED, connection);
          case "Forbidden" -> forbidden(call, message);
          case "NotFound" -> notFound(call, said.path("details"));
          case "AlreadyExists" ->
              new HearthException(KubernetesError.ALREADY_EXISTS, call.subject());
          case "Conflict" -> conflict(call, said);
          case "Invalid" ->
              new HearthException(KubernetesError.INVALID, call.subject(), causes(said, message));
          case "TooManyRequests" ->
              call.evicts()
                  ? new HearthException(KubernetesError.DISRUPTION, call.subject(), message)
                  : new HearthException(KubernetesError.TOO_MANY_REQUESTS, attempts, message);
          case "Timeout", "ServerTimeout" ->
              new HearthException(KubernetesError.SERVER_TIMEOUT, call, message);
          case "BadRequest" ->
              new HearthException(KubernetesError.INVALID, call.subject(), message);
          default ->
              status == 401
                  ? new HearthException(KubernetesError.UNAUTHORIZED, connection)
                  : new HearthException(
                      KubernetesError.REFUSED, call, message.isEmpty() ? reason : message);
        };
    failure =
        failure
            .with("status", status == 0 ? said.path("code").asInt() : status)
            .with("reason", reason)
            .with("message", said.path("message").asText("").strip());
    return said.path("details").isObject()
        ? failure.with("details", said.path("details"))
        : failure;
  }

  /**
   * Servers quote what they cannot read, and of a Secret that is its values: where it is, is
   * enough.
   */
  private static JsonNode withoutValues(JsonNode told) {
    var reason = told.path("reason").asText("");
    if (!reason.equals("Invalid") && !reason.equals("BadRequest") && !reason.isEmpty()) {
      return told;
    }
    var causes = told.path("details").path("causes");
    if (!causes.isEmpty()
        && causes
            .valueStream()
            .allMatch(cause -> QUOTING_NOTHING.contains(cause.path("reason").asText("")))) {
      return told;
    }
    ObjectNode said = told.deepCopy();
    said.put(
        "message",
        "its data is not as a Secret's has to be: base64 in `data`, texts in `stringData`");
    for (var cause : said.path("details").path("causes")) {
      if (cause instanceof ObjectNode each) {
        each.put("message", "it is wrong");
      }
    }
    return said;
  }

  private HearthException unspecified(ApiCall call, int status, String body) {
    var shown = words(body.replaceAll("\\s+", " "));
    var failure =
        switch (status) {
          case 401 -> new HearthException(KubernetesError.UNAUTHORIZED, connection);
          case 404 ->
              new HearthException(KubernetesError.NOT_FOUND, call.subject())
                  .hint(
                      "The server has nothing at `%s`: see in `k8s.kinds()` whether it still has the kind."
                          .formatted(call.path()));
          case 429 -> new HearthException(KubernetesError.TOO_MANY_REQUESTS, 1, shown);
          default ->
              new HearthException(
                  KubernetesError.REFUSED,
                  call,
                  "status " + status + (shown.isEmpty() ? "" : ", " + shown));
        };
    return failure.with("status", status);
  }

  /** What is made in a namespace that is not there lacks the namespace, not itself. */
  private static HearthException notFound(ApiCall call, JsonNode details) {
    var name = details.path("name").asText("");
    boolean isOfOther =
        details.path("kind").asText("").equals("namespaces")
            && !call.path().text().endsWith("/namespaces/" + name);
    return isOfOther
        ? new HearthException(KubernetesError.NOT_FOUND, "Namespace `" + ApiPath.shown(name) + "`")
            .hint(
                "Make it first, with `k8s.namespace('%s').apply({})`, or name another with `namespace`."
                    .formatted(ApiPath.shown(name)))
        : new HearthException(KubernetesError.NOT_FOUND, call.subject());
  }

  private static HearthException forbidden(ApiCall call, String message) {
    var said = MISSING_RIGHT.matcher(message);
    if (!said.find()) { // such as an admission controller or a quota
      return new HearthException(KubernetesError.REFUSED, call, message);
    }
    var group = said.group(5) == null || said.group(5).isEmpty() ? "" : "." + said.group(5);
    var what = said.group(3) == null ? "path " + said.group(4) : said.group(3) + group;
    var where = said.group(6) == null ? "in the whole cluster" : "in namespace " + said.group(6);
    var right = said.group(2) + " " + what + " " + (said.group(3) == null ? "" : where);
    return new HearthException(KubernetesError.FORBIDDEN, "`" + said.group(1) + "`", right.strip())
        .with("verb", said.group(2))
        .with("resource", what)
        .with("namespace", said.group(6) == null ? "" : said.group(6));
  }

  private static HearthException conflict(ApiCall call, JsonNode said) {
    var owners = new ArrayList<Owned>();
    for (var cause : said.path("details").path("causes")) {
      if ("FieldManagerConflict".equals(cause.path("reason").asText())) {
        var manager = CONFLICT.matcher(cause.path("message").asText(""));
        owners.add(
            new Owned(
                cause.path("field").asText(""), manager.find() ? manager.group(1) : "another"));
      }
    }
    if (owners.isEmpty()) {
      return new HearthException(KubernetesError.CONFLICT, call.subject());
    }
    var listed =
        owners.stream()
            .limit(10)
            .map(owned -> "`" + owned.field() + "` by `" + owned.manager() + "`")
            .collect(Collectors.joining(", "));
    var more = owners.size() > 10 ? " and " + (owners.size() - 10) + " more" : "";
    return new HearthException(KubernetesError.APPLY_CONFLICT, call.subject(), listed + more)
        .with("conflicts", List.copyOf(owners));
  }

  /** A field and who manages it. */
  record Owned(String field, String manager) {}

  /** Whether fields are in the way that nobody manages but {@code manager}. */
  static boolean isWithOurselves(HearthException failure, String manager) {
    return failure.code() == KubernetesError.APPLY_CONFLICT
        && failure.details().get("conflicts") instanceof List<?> owners
        && owners.stream()
            .allMatch(each -> each instanceof Owned owned && owned.manager().equals(manager));
  }

  private static String causes(JsonNode said, String message) {
    var causes = new ArrayList<String>();
    for (var cause : said.path("details").path("causes")) {
      var field = cause.path("field").asText("");
      var text = words(cause.path("message").asText(""));
      causes.add(field.isEmpty() ? text : "`" + field + "`: " + text);
    }
    return causes.isEmpty() ? message : String.join("; ", causes);
  }

  /** As the rest of a sentence. */
  private static String words(String text) {
    var stripped = text.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
    return stripped.length() > SHOWN ? stripped.substring(0, SHOWN) + "…" : stripped;
  }

  private static JsonNode parse(String body) {
    try {
      var read = ApiServer.MAPPER.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JacksonException e) {
      return MissingNode.getInstance(); // of a proxy on the way, in words of its own
    }
  }
}
