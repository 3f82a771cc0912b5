package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Compose project does, whichever way it goes and whichever engine it goes to. */
@WaitsFor("docker")
abstract class ComposeContract {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String through;
  private final DockerLab lab;
  private final String project =
      "c" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
  private UserHome user;

  ComposeContract(String engine, String through) {
    this.lab = DockerLab.engine(engine);
    this.through = through;
  }

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker").variable("DOCKER_HOST", lab.host());
    if (through.equals("plugin")) {
      user.variable("PATH", DockerLab.program("docker").getParent() + ":/usr/bin:/bin");
      user.write(
          ".docker/config.json",
          "{\"cliPluginsExtraDirs\": [\"%s\"]}".formatted(DockerLab.plugins()));
    }
  }

  @AfterEach
  void remove() {
    run("await stack.down({ volumes: true, removeOrphans: true, grace: '1s' });");
  }

  /** Whether the engine asks containers by itself whether they are well. */
  boolean checksHealth() {
    return true;
  }

  /** A command that ends well when a name leads to something. */
  String reaches(String name) {
    return "wget -q -T 5 -O /dev/null http://" + name + "/all";
  }

  private void file(String text) {
    user.write("stack/compose.yaml", text);
  }

  private String body(String body) {
    return "const stack = docker().compose('%s', { through: '%s', project: '%s', profiles: [] });\n"
            .formatted(user.path().resolve("stack"), through, project)
        + body;
  }

  private String[] grants() {
    return new String[] {"docker:write", "read=" + user.path().resolve("stack"), "exec=docker"};
  }

  JsonNode run(String body) {
    var value = user.value(body(body), grants());
    try {
      return Engine.MAPPER.readTree(value.equals("null") ? "null" : value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(value, e);
    }
  }

  private String failure(String body) {
    return user.failure(body(body), grants());
  }

  private static final String WEB =
      """
      services:
        web:
          image: lab/bb:1
          command: httpd -f -p 80 -h /www
          stop_signal: SIGKILL
      """;

  @Test
  void up_brings_services_up_once_and_a_second_one_changes_nothing() {
    file(WEB);
    var first = run("return await stack.up();");
    assertThat(first.path("changed").asBoolean()).isTrue();
    assertThat(first.path("through").asText()).isEqualTo(through);
    assertThat(first.path("before")).isEmpty();
    assertThat(first.path("after").path(0).path("Name").asText()).isEqualTo(project + "-web-1");
    assertThat(first.path("after").path(0).path("State").asText()).isEqualTo("running");

    var second = run("return await stack.up();");
    assertThat(second.path("changed").asBoolean()).isFalse();
    assertThat(second.path("after")).isEqualTo(second.path("before"));

    var down = run("return await stack.down();");
    assertThat(down.path("removed").path("containers")).hasSize(1);
    assertThat(down.path("removed").path("networks").path(0).asText())
        .isEqualTo(project + "_default");
    assertThat(run("return await stack.ps();")).isEmpty();
  }

  @Test
  void only_what_was_changed_is_made_anew_and_the_plan_says_so_before() {
    file(WEB + "  other:\n    image: lab/bb:1\n    command: sleep 600\n    stop_signal: SIGKILL\n");
    run("await stack.up();");
    file(WEB + "  other:\n    image: lab/bb:1\n    command: sleep 601\n    stop_signal: SIGKILL\n");
    var plan = run("return (await stack.plan()).steps;");
    assertThat(plan)
        .extracting(step -> step.path("action").asText())
        .containsExactlyInAnyOrder("keep", "recreate");
    var outcome = run("return await stack.up();");
    assertThat(id(outcome.path("after"), "web")).isEqualTo(id(outcome.path("before"), "web"));
    assertThat(id(outcome.path("after"), "other"))
        .isNotEqualTo(id(outcome.path("before"), "other"));
    assertThat(run("return (await stack.plan()).steps;"))
        .allMatch(step -> step.path("action").asText().equals("keep"));
  }

  @Test
  void the_model_is_told_in_canonical_form() {
    user.write("stack/.env", "TAG=1\nPRICE='5$$'\n");
    user.write("stack/more.env", "# of the service\nA=file\nC=\"x ${TAG}\"\n");
    file(
        """
        x-usual: &usual
          restart: unless-stopped
          logging: { driver: json-file, options: { max-size: 10m } }
        services:
          db:
            <<: *usual
            image: lab/bb:${TAG}
            command: httpd -f -p 80 -h "/w w w" a\\ b
            env_file: [{ path: ./more.env }, { path: none.env, required: false }]
            environment: [A=1, "B=$$HOME ${PRICE} ${NONE-none} ${TAG:+is set}"]
            healthcheck: { test: "true", interval: 90s, retries: 3, start_period: 500ms }
            volumes: ["data:/data", "./conf:/conf:ro", "/anon", { type: tmpfs, target: /t, tmpfs: { size: 1m } }]
            ports: ["127.0.0.1:18080:80", "9000-9001:9000-9001/udp", "81", "[::1]:82:82"]
            secrets: [pw]
            configs: [{ source: c, target: /etc/c, mode: 0440 }]
            ulimits: { nofile: 100, nproc: { soft: 10, hard: 20 } }
            expose: ["80", "80", "90-91"]
            devices: ["/dev/null:/dev/x:rw"]
            sysctls: { net.core.somaxconn: 1024 }
            extra_hosts: ["nas:192.0.2.7", "v6=::1"]
            cap_drop: [ALL]
          web:
            image: lab/bb:1
            build: { context: ., args: [A=1], target: t }
            entrypoint: sh -c
            command: ["sleep 1000"]
            depends_on: { db: { condition: service_healthy, restart: true } }
            networks: { front: { aliases: [www], priority: 5 }, default: }
            mem_limit: 64m
            shm_size: 1.5gb
            stop_grace_period: 1m30s
            labels: [x=y, z]
            tmpfs: /tmp
            dns: 192.0.2.1
            group_add: [1, audio]
            pull_policy: never
            deploy: { replicas: 2 }
            cpus: "0.50"
          off: { image: none, profiles: [debug] }
        networks:
          front: { driver: bridge, internal: true, ipam: { config: [{ subnet: 192.0.2.128/25 }] }, labels: [a=b] }
          unused: { }
        volumes: { data: { labels: { q: r } } }
        secrets: { pw: { file: ./pw } }
        configs: { c: { content: "hello $$ ${Y:-y}" } }
        """);
    user.write(
        "stack/compose.override.yaml",
        """
        services:
          db:
            environment: { A: over, D: !!str 1 }
            volumes: ["./other:/conf"]
            ports: !override ["83:83"]
            command: other
            cap_drop: !reset null
          web:
            labels: { x: z }
            dns: [192.0.2.2]
        """);
    assertThat(pretty(run("return await stack.config();")).replace(user.path().toString(), "HOME"))
        .isEqualTo(pretty(resource("compose-canonical.json")).replace("PROJECT", project));
  }

  /** In one order, for who compares. */
  static String pretty(JsonNode node) {
    try {
      return Engine.MAPPER
          .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .withDefaultPrettyPrinter()
          .writeValueAsString(Engine.MAPPER.treeToValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode resource(String name) {
    try (var in = ComposeContract.class.getResourceAsStream(name)) {
      return Engine.MAPPER.readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_is_wrong_is_told_with_its_place() {
    file(
        """
        services:
          web:
            image: lab/bb:1
            scael: 2
        """);
    assertThat(failure("await stack.up();")).contains("compose.yaml:4:5: ").contains("scael");
    file(
        """
        services:
          web:
            image: lab/bb:1
            depends_on: [db]
        """);
    assertThat(failure("await stack.up();")).contains("compose.yaml:4:").contains("db");
    file("services:\n  web:\n    image: ${IMAGE:?say which}\n");
    assertThat(failure("await stack.up();"))
        .startsWith("docker.compose-variable: ")
        .contains("compose.yaml:3:12 needs the variable `IMAGE`: say which.");
    file("services:\n  web: { image: a\n  b: 1\n");
    assertThat(failure("await stack.up();"))
        .startsWith("docker.compose-yaml: ")
        .contains("compose.yaml:3:4 is no YAML: ");
    file(WEB);
  }

  @Test
  void services_come_up_in_order_of_what_they_wait_for() {
    file(
        """
        services:
          last:
            image: lab/bb:1
            command: sleep 600
            stop_signal: SIGKILL
            depends_on:
              migrate: { condition: service_completed_successfully }
              db: { condition: service_healthy }
          migrate:
            image: lab/bb:1
            command: "true"
            depends_on: [db]
          db:
            image: lab/bb:1
            command: sh -c "sleep 1; touch /tmp/ready; sleep 600"
            stop_signal: SIGKILL
            healthcheck: { test: test -e /tmp/ready, interval: 500ms, retries: 20 }
        """
            .replace("service_healthy", checksHealth() ? "service_healthy" : "service_started")
            .replaceFirst("healthcheck:.*", checksHealth() ? "$0" : "init: false"));
    var up = run("return await stack.up();").path("after");
    assertThat(of(up, "db").path("Health").asText()).isEqualTo(checksHealth() ? "healthy" : "");
    assertThat(of(up, "migrate").path("State").asText()).isEqualTo("exited");
    assertThat(of(up, "migrate").path("StartedAt").asText())
        .isGreaterThan(of(up, "db").path("StartedAt").asText());
    assertThat(of(up, "last").path("StartedAt").asText())
        .isGreaterThan(of(up, "migrate").path("StartedAt").asText());
  }

  @Test
  void a_service_that_fails_is_named() {
    file(
        """
        services:
          web: { image: lab/bb:1, command: sleep 600, stop_signal: SIGKILL, depends_on: { job: { condition: service_completed_successfully } } }
          job: { image: lab/bb:1, command: sh -c "exit 7" }
        """);
    assertThat(failure("await stack.up();"))
        .startsWith(
            "docker.compose-not-ready: The service `job` did not get ready: it ended with status"
                + " 7.");
    file(
        """
        services:
          job: { image: lab/bb:1, command: sh -c "exit 7" }
        """);
    assertThat(failure("await stack.up();"))
        .startsWith(
            "docker.compose-not-ready: The service `job` did not get ready: it ended with status"
                + " 7.");
  }

  @Test
  void profiles_scale_and_orphans_are_as_compose_has_them() {
    var sleeper = "{ image: lab/bb:1, command: sleep 600, stop_signal: SIGKILL";
    file("services:\n  a: " + sleeper + " }\n  b: " + sleeper + ", profiles: [debug] }\n");
    assertThat(names(run("return (await stack.up({ scale: { a: 3 } })).after;")))
        .containsExactly("a-1", "a-2", "a-3");
    assertThat(names(run("return (await stack.up({ services: ['b'] })).after;"))).contains("b-1");
    assertThat(names(run("return (await stack.up()).after;"))).contains("a-1", "b-1");
    file("services:\n  c: " + sleeper + " }\n");
    assertThat(names(run("return (await stack.up()).after;"))).contains("a-1", "b-1", "c-1");
    assertThat(names(run("return (await stack.up({ removeOrphans: true })).after;")))
        .containsExactly("c-1");
  }

  private Stream<String> names(JsonNode containers) {
    return StreamSupport.stream(containers.spliterator(), false)
        .map(each -> each.path("Name").asText().replace(project + "-", ""));
  }

  @Test
  void files_variables_volumes_and_ports_reach_the_container() {
    user.write("stack/pw", "geheim");
    user.write("stack/conf/c.txt", "conf");
    user.write("stack/.env", "WHO=world\n");
    file(
        """
        services:
          web:
            image: lab/bb:1
            stop_signal: SIGKILL
            command: >
              sh -c 'cat /run/secrets/pw /etc/c /conf/c.txt > /data/all; echo "$$HELLO" >> /data/all; cp /data/all /www/; httpd -f -p 80 -h /www'
            environment: { HELLO: "hello ${WHO}" }
            volumes: ["data:/data", "./conf:/conf:ro"]
            secrets: [pw]
            configs: [{ source: c, target: /etc/c }]
            networks: { default: { aliases: [www] } }
          client:
            image: lab/bb:1
            command: >
              sh -c 'until grep -q hello /data/all; do sleep 0.1; done; until REACH; do sleep 0.1; done; grep -qx "geheimfor world;confhello world" /data/all'
            volumes: ["data:/data"]
            depends_on: [web]
        volumes: { data: }
        secrets: { pw: { file: pw } }
        configs: { c: { content: "for ${WHO};" } }
        """
            .replace("REACH", reaches("www")));
    var up = run("const up = await stack.up(); return up;");
    assertThat(of(up.path("after"), "client").path("ExitCode").asInt()).isZero();
    assertThat(run("return (await stack.down()).removed.volumes;")).isEmpty();
    assertThat(run("return (await stack.down({ volumes: true })).removed.volumes;")).hasSize(1);
  }

  @Test
  void an_image_that_a_service_builds_is_built_once_and_again_when_asked() {
    user.write(
        "stack/app/Dockerfile",
        "FROM lab/bb:1\nARG WHO=nobody\nRUN echo built for $WHO > /built\n");
    file(
        """
        services:
          web:
            build: { context: app, args: { WHO: me } }
            command: grep -q "built for me" /built
        """);
    var first = of(run("return (await stack.up()).after;"), "web");
    assertThat(first.path("ExitCode").asInt()).isZero();
    assertThat(first.path("Image").asText()).contains(project + "-web");
    file(
        """
        services:
          web:
            build: { context: app, args: { WHO: you } }
            command: grep -q "built for you" /built
        """);
    var second = of(run("return (await stack.up({ build: true })).after;"), "web");
    assertThat(second.path("ExitCode").asInt()).isZero();
    assertThat(second.path("ImageID")).isNotEqualTo(first.path("ImageID"));
    run("await stack.down(); await docker().image('%s-web').remove();".formatted(project));
  }

  @Test
  void logs_of_all_services_come_with_their_names() {
    var chatty =
        "image: lab/bb:1, stop_signal: SIGKILL, command: sh -c 'echo from $$HOSTNAME; sleep 600'";
    file(
        "services:\n  a: { hostname: ha, "
            + chatty
            + " }\n  b: { hostname: hb, "
            + chatty
            + " }\n");
    run("await stack.up();");
    var lines =
        run(
            """
            const lines = [];
            for await (const { service, line } of stack.logs({ follow: true })) {
              lines.push(`${service} ${line}`);
              if (lines.length === 2) break;
            }
            return lines.sort();\
            """);
    assertThat(lines).extracting(JsonNode::asText).containsExactly("a from ha", "b from hb");
    assertThat(run("return (await stack.logs({ services: ['b'] })).map(({ line }) => line);"))
        .extracting(JsonNode::asText)
        .containsExactly("from hb");
  }

  @Test
  void stop_start_and_restart_keep_the_containers() {
    file(WEB);
    var before = of(run("return (await stack.up()).after;"), "web");
    var stopped = of(run("return (await stack.stop()).after;"), "web");
    assertThat(stopped.path("State").asText()).isEqualTo("exited");
    var started = of(run("return (await stack.start()).after;"), "web");
    assertThat(started.path("State").asText()).isEqualTo("running");
    var restarted = of(run("return (await stack.restart({ grace: '1s' })).after;"), "web");
    assertThat(restarted.path("ID")).isEqualTo(before.path("ID"));
    assertThat(restarted.path("StartedAt")).isNotEqualTo(started.path("StartedAt"));
  }

  /** Brings it up, and holds that each container became what the plan said before. */
  private void upAsPlanned() {
    var steps = run("return (await stack.plan()).steps;");
    var up = run("return await stack.up();");
    for (var step : steps) {
      var name = step.path("container").asText();
      var before = idOf(up.path("before"), name);
      var after = idOf(up.path("after"), name);
      switch (step.path("action").asText()) {
        case "create" -> assertThat(before).as(step.toString()).isEmpty();
        case "remove" -> assertThat(after).as(step.toString()).isEmpty();
        case "recreate" -> assertThat(after).as(step.toString()).isNotEmpty().isNotEqualTo(before);
        default -> assertThat(after).as(step.toString()).isEqualTo(before);
      }
    }
    assertThat(run("return (await stack.plan()).steps;"))
        .allMatch(step -> step.path("action").asText().equals("keep"));
  }

  private static String idOf(JsonNode containers, String name) {
    return StreamSupport.stream(containers.spliterator(), false)
        .filter(each -> each.path("Name").asText().equals(name))
        .map(each -> each.path("ID").asText())
        .findFirst()
        .orElse("");
  }

  @Test
  void another_image_under_the_same_name_makes_the_container_anew_as_the_plan_says() {
    var image = "lab/" + project + ":1";
    var build =
        "await docker().images.build({ tags: ['%s'], dockerfileInline: 'FROM lab/bb:1\\n"
            + "LABEL v=%d' });";
    run(build.formatted(image, 1));
    file(
        """
        services:
          a: { image: "IMAGE", command: sleep 600, stop_signal: SIGKILL, pull_policy: never }
          b: { image: lab/bb:1, command: sleep 600, stop_signal: SIGKILL }
        """
            .replace("IMAGE", image));
    run("await stack.up();");
    run(build.formatted(image, 2));
    assertThat(run("return (await stack.plan()).steps;"))
        .extracting(step -> step.path("service").asText() + " " + step.path("action").asText())
        .containsExactly("a recreate", "b keep");
    upAsPlanned();
    run("await stack.down({ images: 'local' });");
    assertThat(
            run("return (await docker().images.find('%s')) !== null;".formatted(image)).asBoolean())
        .isTrue();
    run("await docker().image('%s').remove({ force: true });".formatted(image));
  }

  @Test
  void fewer_containers_are_wanted_and_an_end_in_the_middle_is_gone_on_from() {
    file(WEB.replace("    image", "    scale: 3\n    image"));
    run("await stack.up();");
    file(WEB);
    upAsPlanned();
    assertThat(names(run("return await stack.ps();"))).containsExactly("web-1");
    if (through.equals("plugin")) {
      return; // the plug-in of 2.26 fails then, as it makes the name of a name that is put aside
    }
    // What a replacement has done when it is ended after its first call.
    var id = run("return (await stack.ps())[0].ID;").asText();
    run(
        "await docker().container('%s').rename('%s_%s-web-1');"
            .formatted(id, id.substring(0, 12), project));
    file(WEB.replace("-p 80", "-p 81"));
    assertThat(names(run("return (await stack.up()).after;"))).containsExactly("web-1");
  }

  /** Begins `up`, and ends the run in the middle of it, once {@code isThere} holds of `ps`. */
  private void upUntil(String isThere) {
    assertThat(
            failure(
                """
                stack.up().catch(() => {});
                while (!(%s)(await stack.ps())) await new Promise((later) => setTimeout(later, 20));
                throw new Error('enough');
                """
                    .formatted(isThere)))
        .contains("enough");
  }

  @Test
  void a_run_that_ends_while_a_service_is_waited_for_leaves_what_a_second_one_goes_on_from() {
    var both =
        """
        services:
          job: { image: lab/bb:1, command: sleep 600, stop_signal: SIGKILL }
          web: { image: lab/bb:1, command: sleep 600, stop_signal: SIGKILL DEPENDS }
        """;
    file(
        both.replace(
            "DEPENDS", ", depends_on: { job: { condition: service_completed_successfully } }"));
    upUntil("(all) => all.some((each) => each.Service === 'job' && each.State === 'running')");
    assertThat(run("return await stack.ps();"))
        .noneMatch(
            each ->
                each.path("Service").asText().equals("web")
                    && each.path("State").asText().equals("running"));
    file(both.replace("DEPENDS", ""));
    upAsPlanned();
    assertThat(run("return await stack.ps();"))
        .allMatch(each -> each.path("State").asText().equals("running"));
  }

  @Test
  void a_run_that_ends_while_an_old_container_stops_leaves_what_a_second_one_goes_on_from() {
    // A first process without a handler hears no SIGTERM, so it takes the whole time to stop.
    var stubborn =
        """
        services:
          a: { image: lab/bb:1, command: sleep SECONDS, stop_grace_period: 10m }
        """;
    file(stubborn.replace("SECONDS", "600"));
    run("await stack.up();");
    file(stubborn.replace("SECONDS", "601"));
    upUntil("(all) => all.length === 2");
    var after = run("return (await stack.up({ grace: '1s' })).after;");
    assertThat(names(after)).containsExactly("a-1");
    assertThat(of(after, "a").path("State").asText()).isEqualTo("running");
    assertThat(
            run("return (await docker().container('%s-a-1').inspect()).Config.Cmd;"
                    .formatted(project))
                .toString())
        .contains("601");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_and_nothing_is_changed() {
    file(
        """
        services:
          a: { image: lab/bb:1, networks: [out], volumes: ["kept:/k"] }
          b: { image: lab/bb:1, depends_on: [a] }
        networks: { out: { external: true, name: nowhere-PROJECT } }
        volumes: { kept: { external: true, name: no-PROJECT } }
        """
            .replace("PROJECT", project));
    assertThat(failure("await stack.up();")).contains("nowhere-" + project);
    assertThat(run("return await stack.ps();")).isEmpty();
    if (through.equals("engine")) {
      assertThat(failure("await stack.plan();"))
          .startsWith("docker.compose-external: ")
          .contains("compose.yaml:4:13: the external network `nowhere-");
      assertThat(all("await stack.up();"))
          .hasSize(2)
          .last()
          .asString()
          .contains("compose.yaml:5:12: the external volume `no-");
    }
    file(WEB);
  }

  /** The sentences of all failures that a body is told at once. */
  private List<String> all(String body) {
    var error = Objects.requireNonNull(user.run(body(body), grants()).error());
    return Stream.concat(Stream.of(error), error.also().stream())
        .map(each -> each.message())
        .toList();
  }

  private static JsonNode of(JsonNode containers, String service) {
    for (var each : containers) {
      if (each.path("Service").asText().equals(service)) {
        return each;
      }
    }
    throw new AssertionError(service + " is not in " + containers);
  }

  private static String id(JsonNode containers, String service) {
    return of(containers, service).path("ID").asText();
  }
}
