package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipes/docker/compose-stack.js} on a real engine. */
@WaitsFor("docker")
class ComposeStackRecipeTest {
  private static final Path RECIPE =
      Path.of(System.getProperty("basedir", "."), "..", "recipes", "docker", "compose-stack.js")
          .toAbsolutePath()
          .normalize();

  private static final String PROJECT = "recipe" + ProcessHandle.current().pid();

  private final List<RunEvent> events = new ArrayList<>();
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker").variable("DOCKER_HOST", DockerLab.engine("26").host());
  }

  private void file(String command) {
    user.write(
        "stack/compose.yaml",
        "services: { web: { image: lab/bb:1, stop_signal: SIGKILL, command: %s } }"
            .formatted(command));
  }

  private RunResult run(boolean isPlan) throws InterruptedException {
    var json = JsonNodeFactory.instance;
    var stack = user.path().resolve("stack");
    var request =
        RunRequest.of(RECIPE)
            .param("path", json.textNode(stack.toString()))
            .param("project", json.textNode(PROJECT))
            .param("plan", json.booleanNode(isPlan))
            .allow("docker:write")
            .allow("read=" + stack);
    events.clear();
    return Hearth.builder()
        .home(user.path().resolve("hearth"))
        .environment(user::get)
        .build()
        .run(request, events::add);
  }

  private String there() {
    return user.value(
        "return (await docker().compose({ services: {} }, { project: '%s' }).ps()).map(({ State }) => State);"
            .formatted(PROJECT));
  }

  @Test
  void a_project_is_planned_then_brought_up_and_one_that_fails_is_taken_down_again()
      throws InterruptedException {
    file("sleep 600");
    assertThat(String.valueOf(run(true).value())).contains("\"changed\":false,\"planned\":1");
    assertThat(events.toString()).contains("create " + PROJECT + "-web-1: there is none");
    assertThat(there()).isEqualTo("[]");

    assertThat(String.valueOf(run(false).value())).contains("\"changed\":true,\"planned\":1");
    assertThat(there()).isEqualTo("[\"running\"]");
    assertThat(String.valueOf(run(false).value())).contains("\"changed\":false,\"planned\":0");

    user.value(
        "await docker().compose({ services: { web: { image: 'lab/bb:1' } } }, { project: '%s' }).down();"
            .formatted(PROJECT));
    file("sh -c 'exit 3'");
    var error = Objects.requireNonNull(run(false).error());
    assertThat(error.code()).isEqualTo("docker.compose-not-ready");
    assertThat(there()).isEqualTo("[]");
  }
}
