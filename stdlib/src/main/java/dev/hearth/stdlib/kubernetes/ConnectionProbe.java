package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.ConnectionTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tries a connection: what answers, who it takes us for, and what that one may not do. */
final class ConnectionProbe {
  /** What recipes of every day do. */
  private static final List<Right> USUAL =
      List.of(
          new Right("list", "", "pods"),
          new Right("list", "apps", "deployments"),
          new Right("create", "apps", "deployments"),
          new Right("patch", "apps", "deployments"),
          new Right("create", "", "configmaps"),
          new Right("list", "", "nodes"));

  private final ApiServer server;

  private record Right(String verb, String group, String resource) {}

  ConnectionProbe(Cluster cluster) {
    this.server = cluster.server();
  }

  ConnectionTest test() {
    var version = server.json(ApiCall.get(ApiPath.of("version")));
    var words = version.path("gitVersion").asText("");
    if (words.isEmpty()) {
      throw new HearthException(
          KubernetesError.NOT_KUBERNETES, server.address(), "it tells no version of Kubernetes");
    }
    return new ConnectionTest("Kubernetes " + words, identity(), missing());
  }

  /**
   * By the review of 1.26 and newer; before, the certificate or the token tells only the server.
   */
  private String identity() {
    for (var version : List.of("v1", "v1beta1", "v1alpha1")) {
      try {
        var review = review("authentication.k8s.io/" + version, "SelfSubjectReview");
        var said =
            post(
                ApiPath.of("apis", "authentication.k8s.io", version, "selfsubjectreviews"), review);
        return said.path("status").path("userInfo").path("username").asText(server.user());
      } catch (HearthException e) {
        if (e.code() != KubernetesError.NOT_FOUND
            && e.code() != KubernetesError.FORBIDDEN
            && e.code() != KubernetesError.REFUSED) {
          throw e;
        }
      }
    }
    return byRefusal();
  }

  /** An older server names who asks where it says no: to what nobody may do. */
  private String byRefusal() {
    try {
      server.json(ApiCall.get(ApiPath.of("hearth-asks-who-this-is")));
    } catch (HearthException e) {
      var message = String.valueOf(e.details().get("message"));
      var said = java.util.regex.Pattern.compile("User \"([^\"]*)\"").matcher(message);
      if (said.find()) {
        return said.group(1);
      }
    }
    return server.user();
  }

  private List<String> missing() {
    var missing = new ArrayList<String>();
    for (var right : USUAL) {
      var review = review("authorization.k8s.io/v1", "SelfSubjectAccessReview");
      review
          .putObject("spec")
          .putObject("resourceAttributes")
          .put("verb", right.verb())
          .put("group", right.group())
          .put("resource", right.resource())
          .put("namespace", right.resource().equals("nodes") ? "" : server.namespace());
      var said =
          post(
              ApiPath.of("apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews"), review);
      if (!said.path("status").path("allowed").asBoolean(false)) {
        var where = right.resource().equals("nodes") ? "" : " in namespace " + server.namespace();
        missing.add("may not " + right.verb() + " " + right.resource() + where);
      }
    }
    return missing;
  }

  private static ObjectNode review(String apiVersion, String kind) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
  }

  private com.fasterxml.jackson.databind.JsonNode post(ApiPath path, ObjectNode review) {
    return server.json(
        ApiCall.of("POST", path)
            .body("application/json", review.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
