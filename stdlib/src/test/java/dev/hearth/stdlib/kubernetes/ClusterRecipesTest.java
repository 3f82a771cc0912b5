package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes that ship with Hearth for Kubernetes, run on a real cluster. */
@WaitsFor("kubernetes")
class ClusterRecipesTest {
  private final Path folder;
  private final ClusterHome home;
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final String namespace = ClusterHome.newNamespace();

  ClusterRecipesTest(@TempDir Path folder) {
    this.folder = folder;
    this.home = ClusterHome.ofLab(folder);
  }

  private RunResult run(String recipe, UnaryOperator<RunRequest> how) throws InterruptedException {
    events.clear();
    var file = Path.of(System.getProperty("basedir", "."), "..", "recipes", "kubernetes", recipe);
    var request = how.apply(RunRequest.of(file.normalize()).allow("kubernetes:write"));
    var result = home.hearth().run(request, events::add);
    if (result.error() != null) {
      throw new AssertionError(UserHome.text(result));
    }
    return result;
  }

  private List<String> log() {
    return events.stream()
        .filter(RunEvent.Logged.class::isInstance)
        .map(event -> ((RunEvent.Logged) event).message())
        .toList();
  }

  private static ArrayNode list(String text) {
    return JsonNodeFactory.instance.arrayNode().add(text);
  }

  private RunResult namespaces(UnaryOperator<RunRequest> how) throws InterruptedException {
    return run("namespaces.js", request -> how.apply(request.param("namespaces", list(namespace))));
  }

  @Test
  void namespaces_are_kept_as_they_should_be() throws InterruptedException {
    namespaces(
        request ->
            request
                .param("labels", list("team=web"))
                .param("pods", 3)
                .param("editors", list("web-team"))
                .param("isolate", true));
    assertThat(log())
        .containsExactly(
            "create Namespace " + namespace,
            "create ResourceQuota " + namespace + "/quota",
            "create NetworkPolicy " + namespace + "/only-from-here",
            "create RoleBinding " + namespace + "/editors-1");
    namespaces(
        request ->
            request
                .param("labels", list("team=web"))
                .param("pods", 3)
                .param("editors", list("web-team"))
                .param("isolate", true));
    assertThat(log()).isEmpty();
    namespaces(request -> request.param("labels", list("team=web")).param("pods", 5));
    assertThat(log())
        .containsExactly(
            "update ResourceQuota " + namespace + "/quota",
            "prune RoleBinding " + namespace + "/editors-1",
            "prune NetworkPolicy " + namespace + "/only-from-here");
  }

  @Test
  void a_folder_is_looked_at_applied_waited_for_and_pruned() throws InterruptedException {
    home.file(
        "app/space.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata: { name: %s, labels: { set: web } }\n"
            .formatted(namespace));
    home.file(
        "app/web.yaml",
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, namespace: %1$s, labels: { set: web } }
        spec:
          replicas: 1
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec: { terminationGracePeriodSeconds: 0, containers: [{ name: c, image: "%2$s", command: [sleep, "600"] }] }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: old, namespace: %1$s, labels: { set: web } }
        """
            .formatted(namespace, LabCluster.get().image()));
    UnaryOperator<RunRequest> how =
        request ->
            request
                .param("folder", folder.resolve("app").toString())
                .param("prune", "set=web")
                .allow("read=" + folder);
    run("apply-folder.js", request -> how.apply(request).param("preview", true));
    var expected =
        List.of("create Namespace " + namespace, "create ConfigMap old", "create Deployment web");
    assertThat(log()).containsExactlyElementsOf(expected);
    run("apply-folder.js", how);
    assertThat(log()).containsExactlyElementsOf(expected);
    home.file("app/web.yaml", "");
    run("apply-folder.js", how);
    assertThat(log()).containsExactly("prune Deployment web", "prune ConfigMap old");
  }
}
