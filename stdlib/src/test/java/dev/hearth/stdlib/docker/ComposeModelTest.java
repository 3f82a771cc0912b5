package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compose files as Hearth reads them itself, without an engine. */
class ComposeModelTest {
  private UserHome user;

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker").variable("DOCKER_HOST", "unix:///nowhere.sock");
  }

  private String[] grants(String... more) {
    var all = new String[more.length + 2];
    all[0] = "docker:write";
    all[1] = "read=" + user.path().resolve("stack");
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }

  private String compose(String options) {
    return "docker().compose('"
        + user.path().resolve("stack")
        + "', { through: 'engine'"
        + options
        + " })";
  }

  private String value(String path, String... grants) {
    return user.value("return (await " + compose("") + ".config())" + path + ";", grants(grants));
  }

  private String failure(String text) {
    user.write("stack/compose.yaml", text);
    return user.failure("await " + compose("") + ".config();", grants())
        .replace(user.path().resolve("stack") + "/", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: { image: x, scael: 2 } | compose.yaml:2:18: a service has no key `scael`.",
        "a: { image: x, links: [b] } | compose.yaml:2:18: `links` is not among what Hearth does"
            + " without the Compose plug-in.",
        "a: { image: x, ports: 80 } | compose.yaml:2:25: `services.a.ports` is a list, and this is"
            + " `80`.",
        "a: { image: x, ports: [80000] } | compose.yaml:2:26: `services.a.ports[0]` has the ports"
            + " 80000.",
        "a: { image: x, mem_limit: big } | compose.yaml:2:29: `services.a.mem_limit` is a size, and"
            + " this is `big`.",
        "a: { image: x, init: maybe } | compose.yaml:2:24: `services.a.init` is `true` or `false`,"
            + " and this is `maybe`.",
        "a: { image: x, volumes: ['v:/v'] } | compose.yaml:2:18 names the volume `v`, which the"
            + " model does not have.",
        "a: { image: x, networks: [n] } | compose.yaml:2:29 names the network `n`, which the model"
            + " does not have.",
        "a: { image: x, secrets: [s] } | compose.yaml:2:18 names the secret `s`, which the model"
            + " does not have.",
        "a: { image: x, depends_on: [a] } | compose.yaml:2:18: services wait for each other: a →"
            + " a.",
        "a: { command: x } | compose.yaml:2:3: the service has neither `image` nor `build`.",
        "a: { image: x, healthcheck: { test: [x] } } | compose.yaml:2:39:"
            + " `services.a.healthcheck.test` is how its health is tested, and this is a list.",
        "a: { image: x, deploy: { mode: global } } | compose.yaml:2:28: `mode` is not among what"
            + " Hearth does without the Compose plug-in.",
        "a: { image: x, image: y } | compose.yaml:2:18 is no YAML: the key `image` stands there"
            + " twice.",
        "a: { image: x, env_file: no.env } | compose.yaml:2:28 names the file `no.env`, which the"
            + " model does not have.",
        "a: { image: x, scale: 2, container_name: y } | compose.yaml:2:28: one `container_name` is"
            + " given to several containers.",
        "a: { image: x, mem_swappiness: 200 } | compose.yaml:2:18: `services.a.mem_swappiness` is"
            + " 200.",
        "a: { image: x, cpuset: all } | compose.yaml:2:18: `services.a.cpuset` is `all`, which is"
            + " no set of processors.",
        "a: { image: x, cgroup: public } | compose.yaml:2:18: `services.a.cgroup` is `public`.",
        "a: { image: x, volumes: ['C:\\data:/data'] } | compose.yaml:2:28: `services.a.volumes[0]`"
            + " has `C:\\data:/data`, a path of Windows.",
        "a: { image: x, volumes: [{ type: bind, source: 'C:/data', target: /d }] } |"
            + " compose.yaml:2:28: `services.a.volumes[0]` has `C:/data`, a path of Windows.",
        "a: { image: x, volumes: ['~joe/data:/data'] } | compose.yaml:2:28:"
            + " `services.a.volumes[0]` names `~joe/data`, which is in the home of somebody else.",
        "a: { image: x, volumes: ['~/data:/data'] } | compose.yaml:2:28 needs the variable `HOME`:"
            + " `~` in a path stands for it.",
        "a: { image: x, extends: b } | compose.yaml:2:18 names the service `b`, which the model"
            + " does not have.",
        "a: { image: x, extends: a } | compose.yaml:2:18: services extend each other: a → a.",
        "a: { image: x, extends: { file: no.yaml, service: b } } | compose.yaml:2:35 names the file"
            + " `no.yaml`, which the model does not have.",
        "a: { image: x, command: 'echo a && echo b' } | compose.yaml:2:27: `services.a.command` has"
            + " `&` outside of quotes, which no shell reads.",
        "a: { image: x, build: { context: 'https://x.lan/y.git' } } | compose.yaml:2:25: `a build"
            + " context that is a URL` is not among what Hearth does without the Compose plug-in.",
      })
  void what_is_wrong_says_where(String service, String sentence) {
    assertThat(failure("services:\n  " + service + "\n").lines().findFirst())
        .hasValueSatisfying(
            line -> assertThat(line.replaceFirst("^[a-z.-]+: ", "")).isEqualTo(sentence));
  }

  @Test
  void all_that_is_wrong_is_told_at_once_wherever_it_stands() {
    user.write("stack/more.yaml", "services: { more: { image: x, prots: [] } }");
    user.write(
        "stack/compose.yaml",
        """
        include: [more.yaml]
        services:
          a: { image: x, scael: 2, links: [b], ports: ["x", "80", "y"], mem_limit: big }
          b: { image: x, depends_on: [c, a], networks: [n] }
        volumes: { v: { drvier: x } }
        """);
    var error =
        Objects.requireNonNull(user.run("await " + compose("") + ".config();", grants()).error());
    assertThat(
            Stream.concat(Stream.of(error), error.also().stream())
                .map(each -> each.message().replace(user.path().resolve("stack") + "/", "")))
        .extracting(sentence -> sentence.replaceFirst(" .*", ""))
        .containsExactlyInAnyOrder(
            "compose.yaml:3:18:",
            "compose.yaml:3:28:",
            "compose.yaml:3:48:",
            "compose.yaml:3:59:",
            "compose.yaml:3:76:",
            "compose.yaml:4:31",
            "compose.yaml:4:49",
            "compose.yaml:5:17:",
            "more.yaml:1:31:");
  }

  @Test
  void what_is_included_may_have_no_name_that_is_there_and_no_file_includes_itself() {
    user.write("stack/more.yaml", "services: { a: { image: y } }");
    assertThat(failure("include: [more.yaml]\nservices: { a: { image: x } }"))
        .contains("compose.yaml:1:11: there are two services `a`: compose.yaml:2:13, ")
        .contains("more.yaml:1:13.");
    user.write("stack/more.yaml", "include: [compose.yaml]\nservices: { b: { image: y } }");
    assertThat(failure("include: [more.yaml]\nservices: { a: { image: x } }"))
        .startsWith("docker.compose-cycle: ")
        .contains("more.yaml:1:11: files include each other: ");
    assertThat(failure("include: [none.yaml]\nservices: { a: { image: x } }"))
        .contains("compose.yaml:1:11 names the file `");
  }

  @Test
  void a_text_of_aliases_that_stand_for_aliases_is_refused() {
    var text = new StringBuilder("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      var alias = "*a" + (i - 1);
      text.append("x-").append(i).append(": &a").append(i).append(" [");
      text.append(String.join(", ", java.util.Collections.nCopies(10, alias))).append("]\n");
    }
    assertThat(failure(text.toString()))
        .startsWith("docker.compose-yaml: ")
        .contains("too much by aliases");
    assertThat(failure("services: &a { x: *a }")).startsWith("docker.compose-yaml: ");
  }

  @Test
  void the_environment_is_seen_as_far_as_it_is_granted() {
    user.variable("TAG", "from-user").variable("TOKEN", "hidden");
    user.write("stack/.env", "TAG=from-file\nTOKEN=from-file\n");
    user.write(
        "stack/compose.yaml", "services: { a: { image: 'x:${TAG}', environment: [TOKEN] } }");
    assertThat(value(".services.a.image", "env=TAG")).isEqualTo("\"x:from-user\"");
    assertThat(value(".services.a.image")).isEqualTo("\"x:from-file\"");
    assertThat(value(".services.a.environment.TOKEN", "env=TAG")).isEqualTo("\"from-file\"");
    assertThat(
            user.value(
                "return (await "
                    + compose(", env: { TAG: 'mine' }")
                    + ".config()).services.a.image;",
                grants("env=TAG")))
        .isEqualTo("\"x:mine\"");
  }

  @Test
  void files_that_a_model_names_take_the_recipes_own_right_to_read() {
    user.write("private.env", "TOKEN=hidden\n");
    assertThat(failure("services: { a: { image: x, env_file: ../private.env } }"))
        .startsWith("permission.denied: hearth:docker may not read ")
        .doesNotContain("hidden");
    user.write("other/compose.yaml", "services: { a: { image: x } }");
    assertThat(
            user.failure(
                "await docker().compose('"
                    + user.path().resolve("other/compose.yaml")
                    + "').config();",
                grants()))
        .startsWith("permission.denied: ");
  }

  @Test
  void a_project_is_named_by_the_option_the_variable_the_model_or_the_folder() {
    user.write("stack/compose.yaml", "name: ${WHO:-written}\nservices: { a: { image: x } }");
    assertThat(value(".name")).isEqualTo("\"written\"");
    user.write("stack/.env", "COMPOSE_PROJECT_NAME=variable\n");
    assertThat(value(".name")).isEqualTo("\"variable\"");
    assertThat(
            user.value(
                "return (await " + compose(", project: 'option'") + ".config()).name;", grants()))
        .isEqualTo("\"option\"");
    user.write("stack/My Stack!/compose.yaml", "services: { a: { image: x } }");
    var folder = user.path().resolve("stack/My Stack!");
    assertThat(
            user.value(
                "return (await docker().compose('" + folder + "').config()).name;", grants()))
        .isEqualTo("\"mystack\"");
    assertThat(user.failure("await " + compose(", project: '../up'") + ".config();", grants()))
        .startsWith(
            "docker.compose-project-name: `../up` cannot be the name of a Compose project.");
  }

  @Test
  void a_model_that_a_recipe_gives_is_read_as_a_file_is() {
    assertThat(
            user.value(
                """
                const stack = docker().compose({ services: { a: { image: 'x', ports: ['80:80'] } } }, { project: 'p' });
                return (await stack.config()).services.a.ports;\
                """,
                "docker:read"))
        .isEqualTo(
            "[{\"mode\":\"ingress\",\"target\":80,\"published\":\"80\",\"protocol\":\"tcp\"}]");
    assertThat(
            user.failure(
                "await docker().compose({ services: { a: { image: 'x', prots: [] } } }, { project:"
                    + " 'p' }).config();",
                "docker:read"))
        .isEqualTo(
            """
            docker.compose-key: The model's services.a.prots: a service has no key `prots`.
            Write `ports`.\
            """);
  }

  @Test
  void without_the_plug_in_one_that_is_asked_for_is_missed_by_name() {
    user.write("stack/compose.yaml", "services: { a: { image: x } }");
    var body =
        "await docker().compose('"
            + user.path().resolve("stack")
            + "', { through: 'plugin' }).config();";
    assertThat(user.failure(body, grants()))
        .startsWith("permission.denied: hearth:docker may not run `docker`");
    user.variable("PATH", user.file("bin/x").resolveSibling("").toString());
    assertThat(user.failure(body, grants("exec=docker", "exec=docker-compose")))
        .startsWith(
            "docker.compose-plugin: The Compose plug-in of Docker cannot be used: neither `docker"
                + " compose` nor `docker-compose` of version 2 is there.");
  }
}
