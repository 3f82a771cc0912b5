package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.DocumentedRecipes;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import dev.hearth.stdlib.docker.lab.LabRegistry;
import dev.hearth.stdlib.docker.lab.TokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Registries, against Debian's own with TLS and users; what is in them was pushed by an engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WaitsFor("docker")
class RegistryTest {
  private LabRegistry registry;
  private LabRegistry other;
  private UserHome user;

  @BeforeAll
  void push() {
    registry = LabRegistry.start();
    other = LabRegistry.start();
    registry.push(DockerLab.engine("26"), "team/app:1");
  }

  @AfterAll
  void stop() {
    other.close();
    registry.close();
  }

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  private String value(String body) throws IOException {
    return user.value(
        opened("registry", registry) + opened("other", other) + body,
        "docker:write",
        "net=127.0.0.1:" + registry.port(),
        "net=127.0.0.1:" + other.port());
  }

  private static String opened(String name, LabRegistry registry) throws IOException {
    return "const %s = docker().registry('%s', { username: '%s', password: '%s', ca: `%s` });\n"
        .formatted(
            name,
            registry.host(),
            LabRegistry.USER,
            LabRegistry.PASSWORD,
            Files.readString(registry.ca()));
  }

  @Test
  void repositories_and_tags_are_listed() throws IOException {
    assertThat(
            value(
                "return [(await registry.repositories.list()).includes('team/app'), (await registry.repository('team/app').tags.list())[0]];"))
        .isEqualTo("[true,\"1\"]");
  }

  @Test
  void an_image_says_what_it_is_made_of() throws IOException {
    assertThat(
            value(
                """
                const { digest, mediaType, platforms, config, manifest, sizeBytes } = await registry.image('team/app:1').inspect();
                const again = await registry.image(`team/app@${digest}`).inspect();
                return [digest === again.digest, mediaType, platforms, config.config.Cmd, manifest.layers.length, sizeBytes > 500000];
                """))
        .isEqualTo(
            "[true,\"application/vnd.docker.distribution.manifest.v2+json\",[\"linux/amd64\"],[\"/bin/sh\"],1,true]");
  }

  @Test
  void an_image_is_copied_to_another_registry_and_is_the_same_there() throws IOException {
    assertThat(
            value(
                """
                const image = registry.image('team/app:1');
                const first = await image.copyTo(other.image('mirror/app:one'));
                const second = await image.copyTo(other.image('mirror/app:one'));
                const mounted = await other.image('mirror/app:one').copyTo(other.image('mirror/copy:one'));
                const { digest } = await other.image('mirror/copy:one').inspect();
                return [
                  first.changed, first.copied, first.mounted, first.digest === (await image.inspect()).digest,
                  second.changed, second.copied, mounted.mounted, mounted.copied, digest === first.digest,
                ];
                """))
        .isEqualTo("[true,2,0,true,false,0,2,0,true]");
  }

  @Test
  void an_index_is_copied_with_all_its_platforms_or_as_one() throws IOException {
    registry.push(DockerLab.engine("26"), "team/multi:amd");
    var digest = "(await registry.image('team/multi:amd').inspect()).digest";
    var found = value("return " + digest).replace("\"", "");
    registry.index("team/multi", "all", Map.of("linux/amd64", found));

    assertThat(
            value(
                """
                const all = registry.image('team/multi:all');
                const { platforms, digest } = await all.inspect();
                const arch = (await all.inspect({ platform: 'linux/amd64' })).config.architecture;
                const copied = await all.copyTo(other.image('multi:all'));
                const one = await all.copyTo(other.image('multi:amd'), { platform: 'linux/amd64' });
                const there = await other.image('multi:all').inspect({ platform: 'linux/amd64' });
                return [platforms, arch, copied.digest === digest, one.digest === there.digest];
                """))
        .isEqualTo("[[\"linux/amd64\"],\"amd64\",true,true]");
    assertThat(error("await registry.image('team/multi:all').inspect({ platform: 'linux/s390x' })"))
        .startsWith(
            "error: `team/multi:all` is not made for linux/s390x.  docker.registry-platform-missing");
  }

  @Test
  void an_image_that_has_another_tag_is_deleted_only_with_it() throws IOException {
    registry.push(DockerLab.engine("26"), "team/old:1");
    registry.push(DockerLab.engine("26"), "team/old:2");

    assertThat(error("await registry.image('team/old:1').delete()"))
        .startsWith(
            "error: `team/old:1` is also `2`, and this registry deletes an image with all its tags.")
        .contains("docker.registry-tags-shared");
    assertThat(
            value(
                """
                const { tags } = await registry.image('team/old:1').delete({ allTags: true });
                return [tags, await registry.repository('team/old').tags.list(), await registry.repository('team/old').tags.find('1')];
                """))
        .isEqualTo("[[\"1\",\"2\"],[],null]");
  }

  @Test
  void who_is_not_known_is_told_so() throws IOException {
    var stranger = "await docker().registry('%s', { ca: `%s` }).repositories.list()";
    var liar =
        "await docker().registry('%s', { ca: `%s`, username: 'eve', password: 'apple' }).repositories.list()";
    var ca = Files.readString(registry.ca());

    assertThat(error(stranger.formatted(registry.host(), ca)))
        .startsWith("error: The registry " + registry.host() + " wants to know who asks for ")
        .contains("docker.registry-login-wanted");
    assertThat(error(liar.formatted(registry.host(), ca)))
        .startsWith("error: The registry " + registry.host() + " does not let `eve` do ")
        .contains("docker.registry-denied")
        .doesNotContain("apple");
  }

  @Test
  void a_certificate_of_a_stranger_is_not_believed() throws IOException {
    assertThat(
            error("await docker().registry('%s').repositories.list()".formatted(registry.host())))
        .contains("tls.");
  }

  @Test
  void a_registry_that_the_recipe_may_not_reach_is_not_asked() throws IOException {
    var result =
        user.run(
            opened("registry", registry) + "await registry.repositories.list();", "docker:write");

    assertThat(UserHome.text(result)).contains("permission.denied").contains(registry.host());
  }

  @Test
  void reading_rights_do_not_copy_and_do_not_delete() throws IOException {
    var result =
        user.run(
            opened("registry", registry) + "await registry.image('team/app:1').delete();",
            "docker:read",
            "net=" + registry.host());

    assertThat(UserHome.text(result)).contains("permission.denied");
  }

  @Test
  void tokens_are_fetched_where_the_registry_says_and_for_no_more_than_is_done()
      throws IOException {
    try (var tokens = TokenServer.start();
        var third = LabRegistry.start(tokens)) {
      var body =
          opened("registry", registry)
              + opened("third", third)
              + """
              await registry.image('team/app:1').copyTo(third.image('a/one:1'));
              const mounted = await third.image('a/one:1').copyTo(third.image('b/two:1'));
              const stranger = docker().registry('%s', { ca: `%s` });
              return [mounted.mounted, await stranger.repository('a/one').tags.list(), await stranger.repository('b/two').tags.list()];
              """
                  .formatted(third.host(), Files.readString(third.ca()));
      assertThat(
              user.value(
                  body,
                  "docker:write",
                  "net=" + registry.host(),
                  "net=" + third.host(),
                  "net=127.0.0.1:" + tokens.port()))
          .isEqualTo("[2,[\"1\"],[\"1\"]]");
      assertThat(tokens.scopes()).first().isEqualTo("repository:a/one:pull");
      assertThat(tokens.scopes())
          .contains("repository:b/two:pull,push")
          .noneMatch(scope -> scope.contains("*"));

      var denied =
          user.run(
              "await docker().registry('%s', { ca: `%s` }).image('a/one:1').copyTo(docker().registry('%1$s', { ca: `%2$s` }).image('c:1'));"
                  .formatted(third.host(), Files.readString(third.ca())),
              "docker:write",
              "net=" + third.host(),
              "net=127.0.0.1:" + tokens.port());
      assertThat(UserHome.text(denied)).contains("docker.registry-login-wanted");
    }
  }

  private String error(String expression) throws IOException {
    return UserHome.text(
        user.run(
            opened("registry", registry) + opened("other", other) + expression + ";",
            "docker:write",
            "net=" + registry.host(),
            "net=" + other.host()));
  }

  @Test
  void the_login_that_docker_keeps_is_shown_to_whom_the_machine_believes_and_to_nobody_else()
      throws IOException {
    keepLogin(registry.host());
    var ca = Files.readString(registry.ca());
    var list =
        "return await docker().registry('%s'%s).repository('team/app').tags.list().then(([first]) => [first]);";
    var net = "net=" + registry.host();
    var chosen =
        user.run(list.formatted(registry.host(), ", { ca: `" + ca + "` }"), "docker:read", net);
    assertThat(UserHome.text(chosen)).contains("docker.registry-login-wanted");

    user.variable("SSL_CERT_FILE", registry.ca().toString());
    assertThat(user.value(list.formatted(registry.host(), ""), "docker:read", net))
        .isEqualTo("[\"1\"]");
    var seen = new ConcurrentLinkedQueue<String>();
    try (var plain = plain(seen)) {
      keepLogin(plain.address());
      var result =
          user.run(
              list.formatted("http://" + plain.address(), ""),
              "docker:read",
              "net=" + plain.address());

      assertThat(UserHome.text(result)).contains("docker.registry-login-wanted");
      assertThat(seen).containsExactly("nobody");
    }
  }

  @Test
  void the_recipe_of_the_types_copies_a_repository() throws IOException {
    registry.push(DockerLab.engine("26"), "team/app:2");
    user.write("both.pem", Files.readString(registry.ca()) + Files.readString(other.ca()));
    user.variable("SSL_CERT_FILE", user.file("both.pem").toString());
    user.write(
        ".docker/config.json",
        "{\"auths\":{\"%s\":{\"auth\":\"%3$s\"},\"%s\":{\"auth\":\"%3$s\"}}}"
            .formatted(registry.host(), other.host(), "YWxpY2U6d29uZGVybGFuZA=="));
    var recipe =
        DocumentedRecipes.with("copyTo(", DockerBinding.class, "docker.d.ts")
            .replace("old.lan:5000", registry.host())
            .replace("new.lan:5000", other.host());

    var result =
        user.runWhole(recipe, "docker:write", "net=" + registry.host(), "net=" + other.host());

    assertThat(result.error()).isNull();
    assertThat(value("return await other.repository('team/app').tags.list();"))
        .isEqualTo("[\"1\",\"2\"]");
  }

  private void keepLogin(String registry) {
    user.write(
        ".docker/config.json",
        "{\"auths\":{\"%s\":{\"auth\":\"YWxpY2U6d29uZGVybGFuZA==\"}}}".formatted(registry));
  }

  /** A registry without TLS that wants a login, and keeps who came. */
  private static StreamServer plain(Queue<String> seen) {
    return StreamServer.start(
        new SystemNet().listen("127.0.0.1", 0, null),
        new HttpService(
            request -> {
              seen.add(request.headers().first("Authorization").orElse("nobody"));
              return HttpResponse.of(401).header("WWW-Authenticate", "Basic realm=\"x\"");
            }),
        (where, failure) -> {
          throw new AssertionError(failure);
        });
  }
}
