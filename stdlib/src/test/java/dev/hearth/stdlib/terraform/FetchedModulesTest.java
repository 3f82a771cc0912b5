package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that the real program fetches from real repositories and from a registry. */
class FetchedModulesTest {
  private UserHome user;
  private Path repository;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    user =
        new UserHome(home, "terraform")
            .imports("import { fetchModules } from 'hearth:terraform';")
            .variable("PATH", String.valueOf(System.getenv("PATH")))
            .write("terraform.rc", "")
            .variable("TF_CLI_CONFIG_FILE", home.resolve("terraform.rc").toString())
            .write("modules/main.tf", "variable \"size\" {\n  type = number\n}\n")
            .write("modules/modules/vm/main.tf", "variable \"name\" {\n}\n");
    repository = home.resolve("modules");
    git("init", "-q", "-b", "main");
    commit("v1.0.0");
  }

  private String git(String... words) throws Exception {
    var command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b"));
    command.addAll(List.of(words));
    var process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  private String commit(String tag) throws Exception {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", tag);
    git("tag", tag);
    return git("rev-parse", "HEAD");
  }

  private String address() {
    return "git::file://" + repository;
  }

  private String value(String source, String more) {
    return user.value(
        """
        const { modules, ...told } = await fetchModules('%s', %s);
        return [told, modules.map(({ path, root, module, problem }) => [path, root, module?.dir, module?.variables.map(({ name }) => name), problem])];
        """
            .formatted(source, more));
  }

  private List<String> left() {
    var all = user.path().resolve("hearth/data/programs/terraform").toFile().list();
    return all == null ? List.of() : List.of(all);
  }

  @Test
  void modules_of_a_repository_are_told_with_the_commit() throws Exception {
    var first = git("rev-parse", "HEAD");
    user.write("modules/more.tf", "variable \"later\" {\n}\n");
    var second = commit("v1.1.0");
    var source = address() + "?ref=v1.0.0";
    assertThat(value(source, "{}"))
        .isEqualTo(
            ("[{\"source\":\"%1$s\",\"version\":null,\"commit\":\"%2$s\"},[[\".\",true,\"%1$s\",[\"size\"],null],"
                    + "[\"modules/vm\",true,\"%3$s//modules/vm?ref=v1.0.0\",[\"name\"],null]]]")
                .formatted(source, first, address()));
    assertThat(value(address() + "//modules/vm", "{}"))
        .as("the head of a branch, and a folder in it")
        .isEqualTo(
            "[{\"source\":\"%1$s\",\"version\":null,\"commit\":\"%2$s\"},[[\".\",true,\"%1$s\",[\"name\"],null]]]"
                .formatted(address() + "//modules/vm", second));
    assertThat(left()).isEmpty();
  }

  @Test
  void what_terraform_cannot_fetch_is_told_by_its_source_and_nothing_is_left() {
    var source = address() + "?ref=v9";
    assertThat(user.failure("return fetchModules('" + source + "');"))
        .startsWith("terraform.failed: Terraform cannot fetch `" + source + "`: ");
    assertThat(left()).isEmpty();
  }

  @Test
  void links_that_lead_out_of_a_module_are_not_followed() throws Exception {
    user.write("private/main.tf", "variable \"private\" {\n}\n");
    Files.createSymbolicLink(repository.resolve("evil.tf"), user.path().resolve("private/main.tf"));
    Files.createSymbolicLink(repository.resolve("evil"), user.path().resolve("private"));
    commit("v2.0.0");
    assertThat(value(address() + "?ref=v2.0.0", "{}"))
        .contains("[\"size\"]")
        .doesNotContain("private\"");
    assertThat(user.failure("return fetchModules('" + address() + "//evil?ref=v2.0.0');", "all"))
        .matches("(?s)terraform\\.(leads-outside|failed): .*");
    assertThat(left()).isEmpty();
  }

  @Test
  void a_source_that_is_none_or_means_something_else_is_refused() {
    var told =
        user.value(
            """
            const sources = ['./modules', '../modules', '/etc', 'file:///etc', 'FILE:///etc', '~/modules', '-x', 'git::-x', 'git::--upload-pack=touch evil',
              'git::ssh://-oProxyCommand=touch/x', 'git::ssh://a@-oProxyCommand=touch/x', 'git::https://git.lan/x?ref=--upload-pack=touch',
              'a${path.module}', 'a%{if true}b', 'a\\nb', 'a\\0b', '', 'git::https://anna:geheim@git.lan/x'];
            const codes = [];
            for (const source of sources) {
              try { await fetchModules(source); codes.push(source); } catch ({ code, message }) { codes.push(code, /geheim/.test(message)); }
            }
            return [...new Set(codes)];
            """);
    assertThat(told).isEqualTo("[\"terraform.option-value\",false]");
    assertThat(left()).isEmpty();
  }

  @Test
  void it_needs_what_changing_needs() {
    assertThat(user.failure("return fetchModules('" + address() + "');", "terraform:read"))
        .startsWith("permission.denied");
  }

  @Test
  void a_registry_gives_the_version_that_was_asked_for() throws Exception {
    var commit = git("rev-parse", "HEAD");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::registry);
    server.start();
    try {
      user.write(
          "terraform.rc",
          "host \"modules.test\" {\n  services = {\n    \"modules.v1\" = \"http://127.0.0.1:%d/v1/\"\n  }\n}\n"
              .formatted(server.getAddress().getPort()));
      var source = "modules.test/hearth/vm/proxmox";
      assertThat(value(source, "{ version: '~> 1.0' }"))
          .startsWith(
              "[{\"source\":\"%s\",\"version\":\"1.0.0\",\"commit\":\"%s\"},[[\".\",true,\"%s\",[\"size\"],null],"
                  .formatted(source, commit, source))
          .contains("\"" + source + "//modules/vm\"");
      assertThat(user.failure("return fetchModules('" + source + "', { version: '~> 3.0' });"))
          .startsWith("terraform.failed: Terraform cannot fetch `" + source + "`: ");
      assertThat(user.failure("return fetchModules('" + source + "', { version: '\\n' });"))
          .startsWith("terraform.option-value: ");
    } finally {
      server.stop(0);
    }
  }

  private void registry(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/v1/hearth/vm/proxmox/versions" -> {
          var body =
              "{\"modules\":[{\"versions\":[{\"version\":\"1.0.0\"},{\"version\":\"2.0.0\"}]}]}"
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        }
        case "/v1/hearth/vm/proxmox/1.0.0/download" -> {
          exchange.getResponseHeaders().set("X-Terraform-Get", address() + "?ref=v1.0.0");
          exchange.sendResponseHeaders(204, -1);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }
}
