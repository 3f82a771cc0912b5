package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.UserHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which engine a recipe speaks to, as Docker's own client would choose it. Each engine here says
 * its name and no more.
 */
class WhichEngineTest {
  private static final String NAME = "return (await docker().version()).Name;";

  private UserHome user;
  private final List<StreamServer> engines = new ArrayList<>();

  @BeforeEach
  void home(@TempDir Path folder) {
    user = new UserHome(folder, "docker");
  }

  @AfterEach
  void stop() throws Exception {
    for (var engine : engines) {
      engine.close();
    }
  }

  /** The address of an engine that tells its name. */
  private String engine(String name) {
    return engine(name, "1.43", "1.24");
  }

  private String engine(String name, String newest, String oldest) {
    var text =
        "{\"Name\":\"%s\",\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\"}"
            .formatted(name, newest, oldest);
    return serve(name, path -> json(text.replace("}", ",\"Path\":\"" + path + "\"}")));
  }

  private static HttpResponse json(String text) {
    return HttpResponse.of(200, "application/json", text);
  }

  /** The address of what answers by the path of a request. */
  private String serve(String name, Function<String, HttpResponse> answer) {
    var socket = user.file(name + ".sock");
    engines.add(
        StreamServer.start(
            new SystemNet().listen(socket),
            new HttpService(request -> answer.apply(request.path())),
            (where, failure) -> {
              throw new AssertionError(failure);
            }));
    return "unix://" + socket;
  }

  private void context(String name, String host) {
    context(name, host, false);
  }

  private void context(String name, String host, boolean skipsTls) {
    user.write(
        ".docker/contexts/meta/" + id(name) + "/meta.json",
        """
        {"Name":"%s","Metadata":{},"Endpoints":{"docker":{"Host":"%s","SkipTLSVerify":%s}}}
        """
            .formatted(name, host, skipsTls));
  }

  /** Docker keeps a context in the folder of its name's SHA-256. */
  private static String id(String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void docker_host_comes_before_every_context() {
    context("nas", engine("of-nas"));
    user.variable("DOCKER_HOST", engine("of-host")).variable("DOCKER_CONTEXT", "nas");
    assertThat(user.value(NAME)).isEqualTo("\"of-host\"");
  }

  @Test
  void the_context_of_the_environment_comes_before_the_current_one() {
    context("nas", engine("of-nas"));
    context("lab", engine("of-lab"));
    user.write(".docker/config.json", "{\"currentContext\":\"lab\"}");
    assertThat(user.value(NAME)).isEqualTo("\"of-lab\"");
    user.variable("DOCKER_CONTEXT", "nas");
    assertThat(user.value(NAME)).isEqualTo("\"of-nas\"");
  }

  @Test
  void a_rootless_engine_is_found_by_its_socket() {
    assumeThat(Path.of("/var/run/docker.sock")).doesNotExist();
    var folder = user.file("run/docker.sock").getParent();
    user.variable("XDG_RUNTIME_DIR", String.valueOf(folder));
    engine("run/docker");
    assertThat(user.value(NAME)).isEqualTo("\"run/docker\"");
  }

  @Test
  void a_recipe_names_a_context_as_it_names_a_connection() {
    context("nas", engine("of-nas"));
    user.variable("DOCKER_HOST", "unix:///nowhere.sock");
    assertThat(user.value("return (await docker('nas').version()).Name;", "docker=nas:read"))
        .isEqualTo("\"of-nas\"");
  }

  @Test
  void an_engine_that_a_recipe_spells_out_needs_its_address_granted() {
    var host = engine("mine");
    var body = "return (await docker({ host: '%s' }).version()).Name;".formatted(host);
    assertThat(user.failure(body, "docker:write"))
        .isEqualTo(
            """
            permission.denied: hearth:docker may not connect to unix:%1$s: it was not granted.
            Add `net: ['unix:%1$s']` to the `permissions` of the recipe, or run it with `--allow-net=unix:%1$s`."""
                .formatted(host.substring("unix://".length())));
    assertThat(user.value(body, "docker:write", "net=" + host.replace("://", ":")))
        .isEqualTo("\"mine\"");
  }

  @Test
  void without_an_engine_the_error_says_how_to_get_one() {
    user.variable("DOCKER_HOST", "unix:///nowhere/docker.sock");
    assertThat(user.failure(NAME))
        .isEqualTo(
            """
            docker.unreachable: No Docker engine answers at `unix:///nowhere/docker.sock`.
            Start it (`systemctl start docker`), or say where it is with `DOCKER_HOST`, `docker context use` or\
             `hearth connect add docker`.""");
  }

  @Test
  void an_engine_of_before_20_10_is_refused_and_one_that_is_too_new_is_met_at_its_oldest() {
    user.variable("DOCKER_HOST", engine("old", "1.40", "1.12"));
    assertThat(user.failure("await docker().containers.list();"))
        .startsWith("docker.engine-too-old: The engine at `unix://");
    user.variable("DOCKER_HOST", engine("new", "1.60", "1.52"));
    assertThat(user.value("return (await docker().info()).Path;")).isEqualTo("\"/v1.52/info\"");
    user.variable("DOCKER_HOST", engine("usual", "1.52", "1.44"));
    assertThat(user.value("return (await docker().info()).Path;")).isEqualTo("\"/v1.45/info\"");
  }

  /** An engine whose ping tells its API; whatever else it is asked, it tells the path of. */
  private String pinged(String newest) {
    return serve(
        "ping-" + newest,
        path ->
            path.equals("/_ping")
                ? HttpResponse.of(200, "text/plain", "OK").header("Api-Version", newest)
                : json(
                    "{\"ApiVersion\":\"1.60\",\"MinAPIVersion\":\"1.50\",\"Path\":\"%s\"}"
                        .formatted(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "1.41, /v1.41/info",
    "1.52, /v1.45/info",
    "1.53, /v1.50/info", // too new to know what it takes, so it is asked
    "x,    /v1.50/info",
  })
  void a_ping_tells_in_which_version_to_speak(String newest, String path) {
    user.variable("DOCKER_HOST", pinged(newest));
    assertThat(user.value("return (await docker().info()).Path;")).isEqualTo('"' + path + '"');
  }

  @Test
  void a_ping_tells_that_an_engine_is_too_old() {
    user.variable("DOCKER_HOST", pinged("1.40"));
    assertThat(user.failure("await docker().info();")).startsWith("docker.engine-too-old: ");
  }

  @Test
  void a_context_that_verifies_nothing_is_refused() {
    context("nas", "tcp://127.0.0.1:2376", true);
    assertThat(user.failure("await docker('nas').version();"))
        .startsWith(
            "docker.tls-unverified: The Docker context `nas` says not to verify who answers.");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://nas.lan,              tcp://nas.lan:2375",
    "tcp://[fd00::5]:2376,       tcp://[fd00::5]:2376",
    "https://nas.lan,            https://nas.lan:2376",
    "unix:///run/../run/d.sock,  unix:///run/d.sock",
    "ssh://root@nas.lan:2222,    ssh://root@nas.lan:2222",
    "ssh://nas/run/podman.sock,  ssh://nas/run/podman.sock",
  })
  void addresses_are_read_as_docker_reads_them(String written, String meant) {
    assertThat(EngineAddress.parse(written, false)).hasToString(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nas",
        "unix://docker.sock",
        "tcp://",
        "tcp://a b",
        "npipe:////./pipe/docker_engine",
        "ssh://-oProxyCommand=id",
        "ssh://nas?x=1",
        "ssh://root:pw@nas",
        "tcp://nas:0",
        "tcp://nas:99999"
      })
  void what_is_no_address_is_refused(String written) {
    assertThatThrownBy(() -> EngineAddress.parse(written, false))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("is not the address of a Docker engine.")
        .hasMessageNotContaining("pw@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../images", "a/b", "", ".", "..", "a\\b", "a\u0000b"})
  void no_name_breaks_out_of_its_place_in_a_path(String name) {
    assertThatThrownBy(() -> EngineCall.get("/containers/{}/json", name))
        .isInstanceOf(HearthException.class)
        .extracting(e -> ((HearthException) e).id())
        .isEqualTo("docker.path-segment");
  }
}
