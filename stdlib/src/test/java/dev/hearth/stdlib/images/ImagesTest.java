package dev.hearth.stdlib.images;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:images} against the simulated mirrors. */
class ImagesTest {
  private final Path folder;
  private final RecipeTester tester;

  ImagesTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { images } from 'hearth:images';
        export const recipe = { permissions: { images: 'read' } };
        export default async () => { %s };
        """
            .formatted(body);
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe), RunRequest::simulated);
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    var result = run(body);
    assertThat(result.error()).isNull();
    return requireNonNull(result.value());
  }

  @Test
  void every_image_of_the_catalogue_has_a_newest_build_with_a_checksum() throws Exception {
    var all =
        value(
            """
            const found = [];
            for (const { id } of await images().list()) {
              const { checksum, algorithm } = await images().latest(id);
              found.push([id, checksum.length === (algorithm === 'sha512' ? 128 : 64)]);
            }
            return found;
            """);
    assertThat(all.size()).isGreaterThanOrEqualTo(60);
    assertThat(all).allSatisfy(one -> assertThat(one.get(1).asBoolean()).isTrue());
  }

  @Test
  void a_family_means_its_newest_release() throws Exception {
    assertThat(value("return (await images().get('debian')).id;")).hasToString("\"debian-13\"");
  }

  @Test
  void a_stored_name_has_the_suffix_that_proxmox_asks_for() throws Exception {
    assertThat(value("return (await images().latest('ubuntu-24.04')).filename;").asText())
        .matches("ubuntu-24\\.04-server-cloudimg-amd64-[0-9a-f]{12}\\.qcow2");
  }

  @Test
  void an_image_for_uefi_is_another_file_than_that_for_bios() throws Exception {
    var found =
        value(
            """
            const of = async (id, architecture) => (await images().latest(id, { architecture })).url.split('/').pop();
            return [await of('alpine-3.24'), await of('alpine-uefi', 'arm64')];
            """);
    assertThat(found)
        .hasToString(
            "[\"nocloud_alpine-3.24.1-x86_64-bios-cloudinit-r0.qcow2\",\"nocloud_alpine-3.24.1-aarch64-uefi-cloudinit-r0.qcow2\"]");
  }

  @Test
  void a_mistyped_name_is_answered_with_what_was_meant() throws Exception {
    run("await images().latest('debain-13');");
    assertThat(tester.error())
        .isEqualTo(
            """
            error: There is no image `debain-13` in the catalogue.            images.unknown
              at recipe.js:3:45
                 3 | export default async () => { await images().latest('debain-13'); };
                   |                                             ^
              hint: Did you mean `debian-13`?
            """);
  }

  @Test
  void an_architecture_that_the_vendor_lacks_is_refused() throws Exception {
    var error =
        requireNonNull(run("await images().latest('arch', { architecture: 'arm64' });").error());
    assertThat(error.hint()).isEqualTo("Use one of: amd64.");
  }

  @Test
  void a_filter_asks_for_all_that_it_says() throws Exception {
    var found =
        value(
            """
            const filter = { packageManager: 'dnf', firmware: 'uefi', architecture: 'arm64', family: 'rocky', release: '9' };
            return (await images().list(filter)).map((image) => image.id);
            """);
    assertThat(found).hasToString("[\"rocky-9\"]");
  }

  @Test
  void what_has_ended_can_be_asked_for_and_each_has_its_date() throws Exception {
    var ended =
        value(
            """
            const ended = await images().list({ status: 'end-of-life' });
            return ended.map(({ id, endOfLife, extendedUntil }) => [id, extendedUntil ?? endOfLife]);
            """);
    assertThat(ended.toString()).contains("[\"centos-7\",\"2024-06-30\"]");
    assertThat(ended)
        .allSatisfy(one -> assertThat(one.get(1).asText()).matches("20\\d\\d-\\d\\d-\\d\\d"));
  }

  @Test
  void what_gets_no_updates_is_warned_of() throws Exception {
    value("return (await images().latest('centos-7')).url;");
    assertThat(tester.log())
        .anySatisfy(
            line -> assertThat(line).contains("CentOS 7 gets no updates since 2024-06-30."));
  }

  @Test
  void a_status_that_there_is_none_of_is_refused() throws Exception {
    var error = requireNonNull(run("await images().list({ status: 'dead' });").error());
    assertThat(error.message() + error.hint()).contains("status");
  }

  private static final String GOLDEN =
      """
      {
        "families": {
          "golden": {
            "name": "Golden {release}",
            "architectures": { "amd64": "x86_64" },
            "image": "https://images.example.org/golden-{release}-{build}-{arch}.qcow2",
            "checksums": { "url": "https://images.example.org/SHA256SUMS", "format": "coreutils", "algorithm": "sha256" },
            "format": "qcow2", "user": "admin", "packageManager": "apt", "init": "systemd",
            "firmware": ["uefi"], "cpuLevel": "x86-64-v2", "diskGiB": 8, "memoryMiB": 1024,
            "releases": [{ "release": "1" }, { "release": "2", "quirks": ["No IPv6."] }]
          }
        }
      }
      """;

  @Test
  void images_of_ones_own_are_given_as_an_object() throws Exception {
    assertThat(value("return (await images(" + GOLDEN + ").get('golden')).name;"))
        .hasToString("\"Golden 2\"");
    assertThat(value("return (await images(" + GOLDEN + ").get('debian-13')).name;"))
        .hasToString("\"Debian 13\"");
  }

  @Test
  void all_that_is_wrong_with_ones_own_is_told_at_once() throws Exception {
    var wrong =
        GOLDEN
            .replace("\"x86-64-v2\"", "\"v9\"")
            .replace("https://images.example.org/SHA", "http://images.example.org/SHA")
            .replace("\"user\"", "\"usr\"");
    var error = requireNonNull(run("await images(" + wrong + ").list();").error());
    var messages = new ArrayList<String>();
    messages.add(error.message());
    error.also().forEach(more -> messages.add(more.message()));
    assertThat(messages)
        .containsExactlyInAnyOrder(
            "The catalogue `object` has a fault at `families.golden.usr`: there is no field `usr`;"
                + " `user` is the closest.",
            "The catalogue `object` has a fault at `families.golden.checksums.url`:"
                + " `http://images.example.org/SHA256SUMS` has to begin with https://.",
            "The catalogue `object` has a fault at `families.golden.cpuLevel`: `cpuLevel` is `v9`,"
                + " and has to be x86-64-v1, x86-64-v2 or x86-64-v3.");
  }

  @Test
  void a_file_of_ones_own_is_wrong_in_a_line() throws Exception {
    var file =
        Files.writeString(folder.resolve("own.json"), GOLDEN.replace("[\"uefi\"]", "[\"efi\"]"));
    var recipe =
        """
        import { images } from 'hearth:images';
        export const recipe = { permissions: { images: 'read', read: ['%1$s'] } };
        export default () => images({ file: '%1$s' }).list();
        """
            .formatted(file);
    tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe),
        request -> request.simulated().allow("read=" + file));
    assertThat(tester.error())
        .contains(
            "The catalogue `%s` has a fault at `families.golden.firmware` in line 9: `firmware` is"
                .formatted("own.json"))
        .contains("has to be one of bios, uefi.");
  }

  @Test
  void a_file_that_is_no_json_is_wrong_in_a_line_too() {
    var error =
        catchThrowableOfType(
            HearthException.class,
            () -> CatalogueReader.read("own.json", "{\n  \"families\": {,}\n}"));
    assertThat(error.id()).isEqualTo("images.not-json");
    assertThat(error.sentence()).isEqualTo("The catalogue `own.json` is not JSON from line 2 on.");
  }

  @Test
  void an_image_of_ones_own_needs_the_way_to_its_host() throws Exception {
    var error = requireNonNull(run("await images(" + GOLDEN + ").latest('golden');").error());
    assertThat(error.message()).contains("images.example.org:443");
  }

  private void written(String text) throws IOException {
    var config = Files.createDirectories(folder.resolve("home/config"));
    Files.writeString(config.resolve("images.json"), text);
  }

  @Test
  void what_the_user_wrote_down_is_there_without_a_grant_to_read_it() throws Exception {
    written(GOLDEN);
    var found =
        value(
            """
            const of = async (id) => { const { origin, overrides } = await images().get(id); return [origin, overrides]; };
            return [await of('golden-2'), await of('debian-13')];
            """);
    assertThat(found).hasToString("[[\"user\",null],[\"shipped\",null]]");
  }

  private static String kept(String image, String more) {
    return GOLDEN
        .replace("https://images.example.org/golden-{release}-{build}-{arch}.qcow2", image)
        .replaceFirst("\"checksums\": \\{[^}]*}", more);
  }

  @Test
  void an_image_that_never_changes_has_its_checksum_with_it_and_asks_nobody() throws Exception {
    var digest = "ab".repeat(32);
    written(kept("http://nas.lan/golden-{release}.qcow2", "\"checksum\": \"" + digest + "\""));
    var found =
        value(
            "const { url, checksum, algorithm, filename } = await images().latest('golden'); return [url, checksum, algorithm, filename];");
    assertThat(found)
        .hasToString(
            "[\"http://nas.lan/golden-2.qcow2\",\"%s\",\"sha256\",\"golden-2-abababababab.qcow2\"]"
                .formatted(digest));
  }

  @Test
  void a_checksum_is_of_one_file() throws Exception {
    var more =
        "\"checksum\": \"%s\", \"index\": { \"url\": \"https://nas.lan/\" }"
            .formatted("AB".repeat(32));
    written(
        kept("http://nas.lan/golden-{build}.qcow2", more)
            .replace("\"x86_64\"", "\"x86_64\", \"arm64\": \"b\""));
    var error = requireNonNull(run("await images().list();").error());
    var faults = new ArrayList<>(List.of(error.message()));
    error.also().forEach(other -> faults.add(other.message()));
    assertThat(faults.stream().map(fault -> fault.replaceFirst("^.* in line \\d+: ", "")))
        .containsExactlyInAnyOrder(
            "`http://nas.lan/golden-{build}.qcow2` is no web address of one file.",
            "`index` has no place beside a `checksum`.",
            "one `checksum` is that of one architecture.",
            "`checksum` is `%s`, and has to be a SHA-256 or SHA-512 in small letters."
                .formatted("AB".repeat(32)));
  }

  @Test
  void what_overrides_is_told_with_what_it_hides() throws Exception {
    written(
        GOLDEN.replace("{ \"release\": \"1\" }", "{ \"release\": \"1\", \"id\": \"debian-13\" }"));
    var recipes = GOLDEN.replace("{ \"release\": \"1\" }, ", "");
    var found =
        value(
            """
            const told = ({ id, name, origin, overrides }) => [id, name, origin, overrides];
            const all = [...(await images().list()), ...(await images(%s).list({ family: 'golden' }))];
            return all.filter(({ id }) => ['debian-13', 'golden-2'].includes(id)).map(told);
            """
                .formatted(recipes));
    assertThat(found)
        .hasToString(
            "[[\"debian-13\",\"Golden 1\",\"user\",\"shipped\"],[\"golden-2\",\"Golden 2\",\"user\",null],"
                + "[\"debian-13\",\"Golden 1\",\"user\",\"shipped\"],[\"golden-2\",\"Golden 2\",\"recipe\",\"user\"]]");
  }

  @Test
  void a_fault_of_the_users_file_is_told_with_file_line_and_field() throws Exception {
    written(GOLDEN.replace("\"diskGiB\": 8", "\"diskGiB\": \"8\""));
    var error = requireNonNull(run("await images().list();").error());
    assertThat(error.message())
        .isEqualTo(
            "The catalogue `%s` has a fault at `families.golden.diskGiB` in line 9: `diskGiB` has to"
                    .formatted(folder.resolve("home/config/images.json"))
                + " be a whole number above 0.");
    assertThat(error.kind()).isEqualTo(ErrorKind.USAGE);
  }

  @Test
  void a_users_file_that_is_no_json_is_told_with_its_line() throws Exception {
    written("{\n  \"families\": {,}\n}");
    var error = requireNonNull(run("await images().list();").error());
    assertThat(error.message())
        .isEqualTo(
            "%s is not valid JSON: the mistake is at line 2, column 16."
                .formatted(folder.resolve("home/config/images.json")));
  }

  @Test
  void a_users_file_that_is_wrong_is_not_in_the_way_of_who_needs_no_images() throws Exception {
    written("{\n  \"families\": {,}\n}");
    assertThat(value("return 6 * 7;").asInt()).isEqualTo(42);
    written(GOLDEN.replace("\"diskGiB\": 8", "\"diskGiB\": \"8\""));
    assertThat(value("return 6 * 7;").asInt()).isEqualTo(42);
  }

  @Test
  void a_users_file_that_others_may_write_is_refused() throws Exception {
    written(GOLDEN);
    Files.setPosixFilePermissions(
        folder.resolve("home/config"), PosixFilePermissions.fromString("rwxrwxrwx"));
    var error = requireNonNull(run("await images().list();").error());
    assertThat(error.code()).isEqualTo("storage.folder-open-to-others");
  }

  @Test
  void the_hosts_that_the_user_wrote_down_are_open_to_this_module_alone() throws Exception {
    written(GOLDEN.replace("\"user\"", "\"seen\": { \"build\": \"7\" }, \"user\""));
    assertThat(value("return (await images().latest('golden')).url;").asText())
        .isEqualTo("https://images.example.org/golden-2-7-x86_64.qcow2");
    var recipe =
        """
        import { http } from 'hearth:http';
        export const recipe = { permissions: { images: 'read' } };
        export default () => http.get('https://images.example.org/SHA256SUMS');
        """;
    var refused =
        tester.run(Files.writeString(folder.resolve("get.js"), recipe), RunRequest::simulated);
    assertThat(requireNonNull(refused.error()).code()).startsWith("permission.");
    var read =
        """
        import { fs } from 'hearth:fs';
        export const recipe = { permissions: { read: ['%1$s'] } };
        export default () => fs.read('%1$s/home/config/images.json');
        """
            .formatted(folder);
    var kept =
        tester.run(
            Files.writeString(folder.resolve("read.js"), read), request -> request.allow("all"));
    assertThat(requireNonNull(kept.error()).code()).startsWith("permission.");
  }
}
