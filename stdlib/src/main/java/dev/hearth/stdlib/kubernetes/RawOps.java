package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The raw door: any path of the API, and what is known of the server. */
final class RawOps {
  /** What leads on from the API server to somebody who may take a GET for anything. */
  private static final Pattern LEADS_ON =
      Pattern.compile("/(pods|services|nodes)/[^/]+/(proxy|exec|attach|portforward)(/|$)");

  private final Cluster cluster;

  RawOps(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A path of the API and what is asked of it.
   *
   * @param type the media type of the body; null for JSON, of a PATCH for a merge patch
   */
  record Raw(
      String method,
      String path,
      @Nullable ObjectNode params,
      @Nullable JsonNode body,
      @Nullable String type) {

    private ApiCall call(String method) {
      var call = ApiCall.of(method, ApiPath.parse(path));
      if (params != null) {
        for (var param : params.properties()) {
          if (param.getValue().isArray()) {
            for (var each : param.getValue()) {
              call = call.param(param.getKey(), each.asText());
            }
          } else if (param.getValue().isContainerNode()) {
            throw new HearthException(
                KubernetesError.OPTION_WRONG,
                ApiPath.shown(param.getKey()),
                "an object",
                "a text, a number, a list of them");
          } else if (!param.getValue().isNull()) {
            call = call.param(param.getKey(), param.getValue().asText());
          }
        }
      }
      if (body == null || body.isNull()) {
        return call;
      }
      var usual =
          method.equals("PATCH")
              ? body.isArray() ? "application/json-patch+json" : "application/merge-patch+json"
              : "application/json";
      return call.body(
          type == null ? usual : type, body.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Op
  JsonNode read(Raw request) {
    var method = request.method().toUpperCase(Locale.ROOT);
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new HearthException(
          KubernetesError.OPTION_WRONG, "method", ApiPath.shown(request.method()), "`GET`");
    }
    if (LEADS_ON.matcher(request.path()).find()) {
      throw new HearthException(KubernetesError.PATH_WRONG, ApiPath.shown(request.path()));
    }
    return SecretMask.masked(cluster.server().json(request.call("GET")));
  }

  @Op(writes = true)
  JsonNode change(Raw request) {
    var method = request.method().toUpperCase(Locale.ROOT);
    return SecretMask.masked(cluster.server().json(request.call(method)));
  }

  /** What the server says of itself. */
  @Op
  JsonNode version() {
    return cluster.server().json(ApiCall.get(ApiPath.of("version")));
  }

  /** Where objects are that name no namespace. */
  record Place(String server, String namespace) {}

  @Op
  Place place() {
    return new Place(cluster.server().address(), cluster.server().namespace());
  }
}
