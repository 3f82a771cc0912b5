package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Asks a server which kinds it has: in two answers where it serves them together (1.26 and newer),
 * else in one of each version of each group. A group that does not answer, as that of a broken
 * extension, is left out.
 */
final class Discovery {
  private static final String AGGREGATED =
      Stream.of("v2", "v2beta1")
          .map(
              version ->
                  "application/json;g=apidiscovery.k8s.io;v="
                      + version
                      + ";as=APIGroupDiscoveryList")
          .reduce("", (a, b) -> a + b + ",")
          .concat("application/json");

  private final ApiServer server;

  Discovery(ApiServer server) {
    this.server = server;
  }

  /** All kinds: groups in the server's order, of each the versions, the preferred one first. */
  List<ResourceKind> all() {
    var core = together(ApiPath.of("api"), ApiPath.of("apis"));
    var found = new ArrayList<ResourceKind>();
    var pending = new ArrayList<Callable<List<ResourceKind>>>();
    for (var answer : core) {
      if (answer.path("kind").asText().equals("APIGroupDiscoveryList")) {
        found.addAll(aggregated(answer));
      } else {
        versions(answer).forEach(version -> pending.add(() -> ofVersion(version)));
      }
    }
    run(pending).forEach(found::addAll);
    if (found.isEmpty()) {
      throw new HearthException(
          KubernetesError.NOT_KUBERNETES, server.address(), "it names no kinds of objects");
    }
    return found;
  }

  private List<JsonNode> together(ApiPath... paths) {
    return run(
        Stream.of(paths)
            .<Callable<JsonNode>>map(
                path -> () -> server.json(ApiCall.get(path).accept(AGGREGATED)))
            .toList());
  }

  /** Does all at once, and fails with the first failure. */
  private static <T> List<T> run(List<Callable<T>> tasks) {
    var running = tasks.stream().map(FutureTask::new).toList();
    var threads = running.stream().map(Thread.ofVirtual().name("discovery")::start).toList();
    try {
      var results = new ArrayList<T>();
      for (var task : running) {
        results.add(task.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HearthException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "the cluster's kinds").causedBy(e);
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  private static List<ResourceKind> aggregated(JsonNode answer) {
    var found = new ArrayList<ResourceKind>();
    for (var group : answer.path("items")) {
      var name = group.path("metadata").path("name").asText("");
      for (var version : group.path("versions")) {
        for (var resource : version.path("resources")) {
          resource(name, version.path("version").asText(), resource).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<ResourceKind> resource(String group, String version, JsonNode resource) {
    var kind = resource.path("responseKind").path("kind").asText("");
    if (kind.isEmpty() || resource.path("verbs").isEmpty()) {
      return Optional.empty();
    }
    var subresources = new ArrayList<String>();
    resource
        .path("subresources")
        .forEach(each -> subresources.add(each.path("subresource").asText()));
    return Optional.of(
        new ResourceKind(
            group,
            version,
            kind,
            resource.path("resource").asText(),
            resource.path("singularResource").asText(""),
            texts(resource.path("shortNames")),
            resource.path("scope").asText().equals("Namespaced"),
            texts(resource.path("verbs")),
            List.copyOf(subresources)));
  }

  /** A version of a group, as it is asked for. */
  private record Version(String group, String version, ApiPath path) {}

  private static List<Version> versions(JsonNode answer) {
    var found = new ArrayList<Version>();
    for (var version : answer.path("versions")) { // of the core
      found.add(new Version("", version.asText(), ApiPath.of("api", version.asText())));
    }
    for (var group : answer.path("groups")) {
      var name = group.path("name").asText();
      var preferred = group.path("preferredVersion").path("version").asText("");
      Stream.concat(
              Stream.of(preferred).filter(version -> !version.isEmpty()),
              texts(group.path("versions"), "version").stream())
          .distinct()
          .forEach(
              version -> found.add(new Version(name, version, ApiPath.of("apis", name, version))));
    }
    return found;
  }

  private List<ResourceKind> ofVersion(Version version) {
    JsonNode answer;
    try {
      answer = server.json(ApiCall.get(version.path()));
    } catch (HearthException e) {
      if (e.code() == KubernetesError.UNAUTHORIZED || e.code() == KubernetesError.INTERRUPTED) {
        throw e;
      }
      server
          .log()
          .write(
              dev.hearth.runtime.spi.OpContext.Log.Level.DEBUG,
              "the kinds of " + version.path() + " are not known: " + e.sentence(),
              java.util.Map.of());
      return List.of();
    }
    var found = new ArrayList<ResourceKind>();
    for (var resource : answer.path("resources")) {
      var plural = resource.path("name").asText("");
      if (!plural.contains("/") && !plural.isEmpty()) {
        found.add(plain(version, plural, resource, answer.path("resources")));
      }
    }
    return found;
  }

  private static ResourceKind plain(
      Version version, String plural, JsonNode resource, JsonNode all) {
    var subresources = new ArrayList<String>();
    for (var each : all) {
      var name = each.path("name").asText("");
      if (name.startsWith(plural + "/")) {
        subresources.add(name.substring(plural.length() + 1));
      }
    }
    return new ResourceKind(
        version.group(),
        version.version(),
        resource.path("kind").asText(""),
        plural,
        resource.path("singularName").asText(""),
        texts(resource.path("shortNames")),
        resource.path("namespaced").asBoolean(),
        texts(resource.path("verbs")),
        List.copyOf(subresources));
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(each -> texts.add(each.asText("")));
    return List.copyOf(texts);
  }

  private static List<String> texts(JsonNode list, String key) {
    var texts = new ArrayList<String>();
    list.forEach(each -> texts.add(each.path(key).asText("")));
    return List.copyOf(texts);
  }
}
