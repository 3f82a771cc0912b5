package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes that ship with Hearth, in a real cluster. */
@WaitsFor("kubernetes")
class KubernetesRecipesTest {
  private static final Path RECIPES =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "kubernetes").normalize();

  /** A program that ends when it is told to; a drain waits for that. */
  private static final String WAITS =
      "[\"sh\",\"-c\",\"trap 'exit 0' TERM; sleep 1000000 & wait\"]";

  private static PodLab lab;

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab = new PodLab(folder);
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  /** Runs a recipe with parameters as pairs of a name and a JSON value. */
  private static RunResult run(String recipe, String... parameters) throws Exception {
    var request = RunRequest.of(RECIPES.resolve(recipe).toAbsolutePath()).allow("kubernetes:write");
    for (int i = 0; i < parameters.length; i += 2) {
      request = request.param(parameters[i], ApiServer.MAPPER.readTree(parameters[i + 1]));
    }
    return lab.home().hearth().run(request, event -> {});
  }

  private static RunResult deploy(String name, String image, String... more) throws Exception {
    var all = new ArrayList<String>();
    all.addAll(
        List.of("name", text(name), "image", text(image), "namespace", text(lab.namespace())));
    all.addAll(List.of(more));
    return run("deploy.js", all.toArray(String[]::new));
  }

  private static String failure(RunResult result) {
    var error = Objects.requireNonNull(result.error(), "it did not fail");
    return error.code() + ": " + error.message();
  }

  private static String text(String value) {
    return '"' + value + '"';
  }

  @Test
  void an_image_is_rolled_out_and_a_second_time_nothing_is_to_be_done() throws Exception {
    var image = LabCluster.get().image();

    var first = deploy("shop", image, "command", WAITS, "replicas", "2");
    var second = deploy("shop", image, "command", WAITS, "replicas", "2");

    assertThat(first.error()).isNull();
    assertThat(String.valueOf(first.value())).contains("\"changed\":true");
    assertThat(String.valueOf(second.value())).contains("\"changed\":false");
    assertThat(
            lab.value(
                "return (await k8s.deployment('shop', { namespace }).get()).status.readyReplicas;"))
        .isEqualTo("2");
  }

  @Test
  void an_image_that_does_not_run_says_why_and_what_ran_before_runs_again() throws Exception {
    var image = LabCluster.get().image();
    assertThat(deploy("kept", image, "command", WAITS).error()).isNull();

    var failed = deploy("kept", image, "command", "[\"false\"]", "patience", text("15s"));
    var fresh = deploy("fresh", image, "command", "[\"false\"]", "patience", text("15s"));

    assertThat(failure(failed)).startsWith("kubernetes.").contains("status 1");
    assertThat(failure(fresh)).startsWith("kubernetes.").contains("status 1");
    assertThat(
            lab.value(
                """
                const { spec } = await k8s.deployment('kept', { namespace }).waitFor('ready', { timeout: '60s' });
                return [spec.template.spec.containers[0].command, await k8s.deployment('fresh', { namespace }).find()];
                """))
        .isEqualTo("[" + WAITS + ",null]");
  }

  @Test
  void
      a_node_that_cannot_be_emptied_is_opened_again_and_one_that_can_is_closed_until_it_is_put_back()
          throws Exception {
    var made =
        lab.value(
            """
            const [{ metadata: { name } }] = await k8s.nodes.list({ limit: 1 });
            await k8s.pods.create({ metadata: { name: 'alone', namespace }, spec: { nodeName: name, terminationGracePeriodSeconds: 0,
              containers: [{ name: 'main', image, command: ['sleep', '1000000'] }] } });
            await pod('alone').waitFor('ready', { timeout: '60s' });
            return name;
            """);
    var node = made.replace("\"", "");
    var closed = "return (await k8s.node('" + node + "').get()).spec.unschedulable ?? false;";

    var refused = run("drain-node.js", "node", text(node));

    assertThat(failure(refused)).startsWith("kubernetes.drain-refused: ");
    assertThat(lab.value(closed)).isEqualTo("false");

    var drained =
        run("drain-node.js", "node", text(node), "force", "true", "deleteEmptyDir", "true");

    assertThat(drained.error()).isNull();
    assertThat(String.valueOf(drained.value())).contains("\"name\":\"alone\"");
    assertThat(lab.value(closed)).isEqualTo("true");

    assertThat(String.valueOf(run("drain-node.js", "node", text(node), "back", "true").value()))
        .contains("\"changed\":true");
    assertThat(lab.value(closed)).isEqualTo("false");
  }
}
