package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.terraform.ReleaseMirror.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are installed from a mirror, and found again. */
class InstallTest {
  private static final SigningKey KEY = SigningKey.good();

  private UserHome user;
  private Path kept;
  private ReleaseMirror mirror;

  @BeforeEach
  void start(@TempDir Path home) throws IOException {
    mirror = new ReleaseMirror();
    kept = home.resolve("hearth/data/programs/terraform");
    user =
        new UserHome(home, "terraform")
            .write("keys.asc", KEY.armored())
            .variable("PATH", "/usr/bin:/bin")
            .variable("HEARTH_TERRAFORM_MIRROR", mirror.address())
            .variable("HEARTH_TERRAFORM_KEY", home.resolve("keys.asc").toString());
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  private static Release release(String name) {
    return Release.named(name);
  }

  /** A program that says which one it is, as the real one does. */
  private static String program(Release release) {
    return """
        #!/bin/sh
        echo '{"terraform_version": "%s", "platform": "%s"}'
        """
        .formatted(release.version(), release.product());
  }

  private void publish(String name) throws IOException {
    var release = release(name);
    mirror.publish(
        release,
        ReleaseMirror.zip(
            Item.text("LICENSE.txt", "yes"),
            Item.text(release.product().program(), program(release))),
        KEY);
  }

  private JsonNode value(String body) throws IOException {
    return TerraformProgram.MAPPER.readTree(user.value(body));
  }

  private String failure(String body) {
    return user.failure(body);
  }

  private List<String> left() throws IOException {
    if (!Files.exists(kept)) {
      return List.of();
    }
    try (var all = Files.list(kept)) {
      return all.map(String::valueOf).toList();
    }
  }

  @Test
  void the_real_program_is_installed_and_run() throws Exception {
    var real =
        Arrays.stream(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "terraform"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    mirror.publish(
        release("terraform-1.11.4"),
        ReleaseMirror.zip(new Item("terraform", Files.readAllBytes(real))),
        KEY);
    user.write("infra/main.tf", "output \"a\" {\n  value = 1\n}\n");
    var dir = user.path().resolve("infra");
    assertThat(
            user.value(
                """
                await terraform().install({ version: '1.11.4' });
                const infra = terraform({ dir: '%s' });
                await infra.init();
                await (await infra.plan()).apply();
                return [(await infra.version()).version, (await infra.output()).a];
                """
                    .formatted(dir),
                "terraform:write",
                "read=" + dir,
                "write=" + dir))
        .isEqualTo("[\"1.11.4\",1]");
  }

  @Test
  void an_installed_one_is_told_kept_alone_and_not_fetched_again() throws IOException {
    publish("terraform-1.11.4");
    var first = value("return terraform().install({ version: '1.11.4' });");
    assertThat(first.path("changed").asBoolean()).isTrue();
    assertThat(first.path("signedBy").asText()).isEqualTo(KEY.fingerprint());
    assertThat(first.path("from").asText())
        .isEqualTo(mirror.address() + "/1.11.4/" + release("1.11.4").archive().orElseThrow());
    var folder = Path.of(first.path("folder").asText());
    assertThat(folder).startsWith(kept);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("terraform"));
    }
    assertThat(Files.isExecutable(folder.resolve("terraform"))).isTrue();
    int asked = mirror.asked().size();
    assertThat(asked).isEqualTo(3);

    var again = value("return terraform().install({ version: '1.11.4' });");
    assertThat(again.path("changed").asBoolean()).isFalse();
    assertThat(again.path("folder")).isEqualTo(first.path("folder"));
    assertThat(mirror.asked()).hasSize(asked);
  }

  @Test
  void the_newest_is_run_unless_a_connection_says_which_and_path_comes_last() throws IOException {
    for (var name :
        List.of("terraform-1.9.8", "terraform-1.11.4", "terraform-1.11.0", "opentofu-1.8.5")) {
      publish(name);
    }
    var version = "return terraform().version();";
    user.write("bin/terraform", program(release("terraform-0.0.1")));
    assertThat(user.file("bin/terraform").toFile().setExecutable(true)).isTrue();
    user.variable("PATH", user.path().resolve("bin") + ":/usr/bin:/bin");
    assertThat(value(version).path("version").asText()).isEqualTo("0.0.1");

    value(
        """
        for (const version of ['1.9.8', '1.11.4', '1.11.0']) await terraform().install({ version });
        """);
    assertThat(value(version).path("version").asText()).isEqualTo("1.11.4");
    value("await terraform().install({ version: '1.8.5', opentofu: true });");
    assertThat(value(version)).hasToString("{\"version\":\"1.8.5\",\"platform\":\"opentofu\"}");
    assertThat(
            value(
                "return (await terraform().installed()).map(({ product, version, selected }) => [product, version, selected]);"))
        .hasToString(
            "[[\"opentofu\",\"1.8.5\",true],[\"terraform\",\"1.11.4\",false],[\"terraform\",\"1.11.0\",false],[\"terraform\",\"1.9.8\",false]]");

    user.variable("HEARTH_TERRAFORM_VERSION", "1.9.8");
    assertThat(value(version).path("version").asText()).isEqualTo("1.9.8");
    user.variable("HEARTH_TERRAFORM_VERSION", "opentofu-1.8.5");
    assertThat(value(version).path("platform").asText()).isEqualTo("opentofu");
    user.variable("HEARTH_TERRAFORM_VERSION", "1.9.9");
    assertThat(failure(version))
        .startsWith("terraform.not-installed: `terraform-1.9.9` was not installed by Hearth.");
    user.variable("HEARTH_TERRAFORM_PROGRAM", "terraform");
    assertThat(failure(version))
        .startsWith("terraform.setting-wrong: `version` of this connection of terraform");
    user.variable("HEARTH_TERRAFORM_VERSION", "");
    assertThat(value(version).path("version").asText()).isEqualTo("0.0.1");
  }

  @Test
  void one_can_be_removed() throws IOException {
    publish("opentofu-1.8.5");
    assertThat(
            value(
                """
                await terraform().install({ version: '1.8.5', opentofu: true });
                const which = { opentofu: true };
                return [await terraform().uninstall('1.8.5'), await terraform().uninstall('1.8.5', which), await terraform().uninstall('1.8.5', which), await terraform().installed()];
                """))
        .hasToString("[false,true,false,[]]");
    assertThat(left()).isEmpty();
  }

  /** What is refused leaves nothing, and what is right afterwards is installed all the same. */
  private void refused(Consumer<Release> spoil, String told) throws IOException {
    publish("terraform-1.11.4");
    spoil.accept(release("1.11.4"));
    assertThat(failure("return terraform().install({ version: '1.11.4' });")).startsWith(told);
    assertThat(left()).isEmpty();
  }

  private String of(String file) {
    return mirror.address() + "/1.11.4/" + file;
  }

  private static String archive() {
    return release("1.11.4").archive().orElseThrow();
  }

  @Test
  void an_archive_that_is_not_what_was_signed_is_refused() throws IOException {
    var other = ReleaseMirror.zip(Item.text("terraform", "#!/bin/sh\nrm -rf /\n"));
    refused(
        release -> mirror.put(release, archive(), other),
        "terraform.checksum-wrong: `%s` has the SHA-256 `%s`, and its maker signed `"
            .formatted(of(archive()), ReleaseMirror.sha256(other)));
  }

  @Test
  void checksums_that_another_key_signed_are_refused_before_anything_is_fetched()
      throws IOException {
    refused(
        release -> {
          try {
            mirror.publish(
                release, ReleaseMirror.zip(Item.text("terraform", "x")), SigningKey.good());
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        "terraform.signature-wrong: The signature `%s` does not count: it was not made with the key %s."
            .formatted(of("terraform_1.11.4_SHA256SUMS.sig"), KEY.fingerprint()));
    assertThat(mirror.asked()).doesNotContain(archive());
  }

  @Test
  void the_checksums_of_another_version_are_refused() throws IOException {
    publish("terraform-1.9.8");
    var old = "%s  terraform_1.9.8_linux_amd64.zip\n".formatted("0".repeat(64));
    refused(
        release ->
            mirror
                .put(release, release.checksums(), old.getBytes(UTF_8))
                .put(release, release.signature(), KEY.sign(old)),
        "terraform.no-checksum: `%s` has no checksum of `%s`."
            .formatted(of("terraform_1.11.4_SHA256SUMS"), archive()));
  }

  @Test
  void an_archive_that_breaks_off_and_a_file_that_is_not_there_are_told() throws IOException {
    refused(
        release -> mirror.cut(release, archive(), 20),
        "terraform.not-had: `%s` cannot be had: ".formatted(of(archive())));
    refused(
        release -> mirror.take(release, release.signature()),
        "terraform.not-had: `%s` cannot be had: it was answered with 404 Not Found."
            .formatted(of("terraform_1.11.4_SHA256SUMS.sig")));
  }

  @Test
  void a_mirror_that_sends_elsewhere_is_followed_only_where_that_is_granted() throws IOException {
    try (var other = new ReleaseMirror()) {
      refused(
          release -> mirror.move(release, archive(), other.address() + "/x"),
          "permission.denied: ");
    }
  }

  @Test
  void a_mirror_that_does_not_answer_is_told() throws IOException {
    mirror.close();
    refused(
        release -> {},
        "terraform.not-had: `%s` cannot be had: ".formatted(of("terraform_1.11.4_SHA256SUMS")));
  }

  @Test
  void the_makers_key_counts_where_no_other_is_named() throws IOException {
    user.variable("HEARTH_TERRAFORM_KEY", "");
    refused(
        release -> {},
        "terraform.signature-wrong: The signature `%s` does not count: it was not made with the key C874011F0AB405110D02105534365D9472D7468F."
            .formatted(of("terraform_1.11.4_SHA256SUMS.sig")));
  }

  @Test
  void a_key_that_cannot_be_read_is_told() throws IOException {
    user.write("keys.asc", "none");
    refused(
        release -> {},
        "terraform.key-not-read: In `%s` there is no public key of OpenPGP."
            .formatted(user.path().resolve("keys.asc")));
    user.variable("HEARTH_TERRAFORM_KEY", "keys.asc");
    refused(release -> {}, "terraform.setting-wrong: `key` of this connection of terraform");
  }

  @Test
  void of_an_archive_the_program_is_taken_and_nothing_else() throws IOException {
    var release = release("1.11.4");
    mirror.publish(
        release,
        ReleaseMirror.zip(
            Item.text("../../evil", "x"),
            Item.text("/tmp/evil", "x"),
            Item.text("bin/terraform", "x"),
            Item.text("terraform", program(release))),
        KEY);
    var folder =
        Path.of(
            value("return terraform().install({ version: '1.11.4' });").path("folder").asText());
    assertThat(folder.toFile().list()).containsExactly("terraform");
    assertThat(kept.toFile().list())
        .containsExactlyInAnyOrder(String.valueOf(folder.getFileName()), "terraform-1.11.4.json");
    assertThat(folder.resolve("terraform")).hasContent(program(release));
  }

  private void refusedArchive(byte[] archive, String told) throws IOException {
    refused(
        release -> mirror.publish(release, archive, KEY),
        "terraform.archive-wrong: `%s` is no archive with `terraform`: %s."
            .formatted(of(archive()), told));
  }

  @Test
  void an_archive_without_the_program_or_that_is_none_is_told() throws IOException {
    refusedArchive(ReleaseMirror.zip(Item.text("terraform.exe", "x")), "it is not in there");
    refusedArchive("no archive".getBytes(UTF_8), "it is not in there");
    refusedArchive(ReleaseMirror.zip(Item.text("terraform", "")), "it is empty");
    var whole = ReleaseMirror.zip(Item.text("terraform", "x".repeat(100_000)));
    refusedArchive(Arrays.copyOf(whole, whole.length / 3), "it is damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.11",
        "v1.11.4",
        "",
        "../1.11.4",
        "1.11.4/../..",
        "-1.2.3",
        "1.11.4\n",
        "latest"
      })
  void what_is_no_version_is_refused_before_anything_is_asked(String version) throws IOException {
    assertThat(
            failure(
                "return terraform().install({ version: %s });"
                    .formatted(TerraformProgram.MAPPER.writeValueAsString(version))))
        .startsWith("terraform.version-wrong: ");
    assertThat(mirror.asked()).isEmpty();
  }

  @Test
  void reading_alone_does_not_install_and_no_recipe_touches_what_is_installed() throws IOException {
    publish("terraform-1.11.4");
    assertThat(user.failure("return terraform().install({ version: '1.11.4' });", "terraform:read"))
        .startsWith("permission.denied");
    var folder =
        value("return terraform().install({ version: '1.11.4' });").path("folder").asText();
    user.imports("import { fs } from 'hearth:fs';");
    assertThat(user.failure("return fs.write('%s/terraform', 'x');".formatted(folder), "all"))
        .startsWith("permission.protected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "mirror.lan", "https://a:b@mirror.lan", "https://x/?a=b", "x y"})
  void a_mirror_that_is_no_address_is_refused(String address) throws IOException {
    user.variable("HEARTH_TERRAFORM_MIRROR", address);
    refused(release -> {}, "terraform.setting-wrong: `mirror` of this connection of terraform");
  }
}
