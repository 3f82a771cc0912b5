package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ansibles that Hearth installs: by the real pip, into real environments, from an index on
 * loopback.
 */
@WaitsFor("pip")
@Timeout(value = 5, unit = TimeUnit.MINUTES) // making an environment takes seconds of a whole core
class AnsibleInstallTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  private final Path home;
  private final UserHome user;
  private PackageIndex index;

  AnsibleInstallTest(@TempDir Path home) {
    this.home = home;
    this.user =
        AnsibleHome.in(home)
            .variable("PIP_CONFIG_FILE", "/dev/null")
            .variable("PIP_RETRIES", "0")
            .variable("PIP_NO_CACHE_DIR", "1");
  }

  @BeforeEach
  void start() throws IOException {
    index = new PackageIndex();
    user.variable("PIP_INDEX_URL", index.address());
  }

  @AfterEach
  void stop() {
    index.close();
  }

  private String value(String code) {
    return user.value(code, AnsibleHome.grants(home));
  }

  private String install(String options) {
    return value(
        "const { version, changed, packages } = await ansible().install(%s); return [version, changed, packages.map(({ name }) => name)];"
            .formatted(options));
  }

  private String failure(String options) {
    return user.failure(
        "await ansible().install(%s);".formatted(options), AnsibleHome.grants(home));
  }

  private List<String> left() {
    var programs = home.resolve("hearth/data/programs/ansible");
    if (!Files.exists(programs)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(programs)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_is_installed_runs_playbooks_and_is_there_the_second_time() throws IOException {
    var version = index.withInstalled();
    user.write(
        "site.yml",
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.copy: { content: \"{{ ansible_playbook_python }}\", dest: \"{{ playbook_dir }}/out\" }\n");
    assertThat(install("{ version: '%s' }".formatted(version)))
        .isEqualTo(
            "[\"%s\",true,[\"ansible-core\",\"cryptography\",\"jinja2\",\"markupsafe\",\"packaging\",\"pyyaml\",\"resolvelib\"]]"
                .formatted(version));
    assertThat(
            value(
                AnsibleHome.body(
                    home, "return (await book.run({ inventory: here })).hosts.here.changed;")))
        .isEqualTo("1");
    assertThat(Files.readString(home.resolve("out")))
        .startsWith(
            home.toRealPath().resolve("hearth/data/programs/ansible/" + version).toString());
    var files = left();
    assertThat(install("{ version: '%s' }".formatted(version)))
        .startsWith("[\"" + version + "\",false,");
    assertThat(left()).isEqualTo(files);
    assertThat(Files.getPosixFilePermissions(home.resolve("hearth/data/programs/ansible")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void a_lock_brings_exactly_what_it_says_and_versions_stand_side_by_side() throws IOException {
    index.with("ansible_core", "2.14.5", "ansible-playbook");
    index.with("more", "1.2", "more");
    var lock =
        value("return (await ansible().install({ version: '2.14.5', with: 'more==1.2' })).lock;");
    index.with("ansible_core", "2.15.0", "ansible-playbook");
    assertThat(install("{ version: '2.15.0' }")).isEqualTo("[\"2.15.0\",true,[\"ansible-core\"]]");
    assertThat(value("return ansible().version();")).isEqualTo("\"2.15.0\"");
    assertThat(value("return ansible({ dir: '%s', version: '2.14.5' }).version();".formatted(home)))
        .isEqualTo("\"2.14.5\"");
    assertThat(
            user.failure(
                "await ansible({ dir: '%s', version: '2.14.6' }).version();".formatted(home),
                AnsibleHome.grants(home)))
        .startsWith("ansible.not-installed: Hearth has not installed ansible-core `2.14.6`.");
    assertThat(value("return (await ansible().installed()).map(({ version }) => version);"))
        .isEqualTo("[\"2.15.0\",\"2.14.5\"]");
    var text = lock.substring(1, lock.length() - 1).replace("\\n", "\n");
    assertThat(text).containsPattern("(?m)^more==1\\.2 --hash=sha256:[0-9a-f]{64}$");
    user.write("ansible.lock", "# ours\n" + text.replace(" --hash", " \\\n    --hash"));
    var locked = "{ locked: '%s/ansible.lock' }".formatted(home);
    assertThat(install(locked)).startsWith("[\"2.14.5\",false,");
    assertThat(
            value(
                "return [await ansible().uninstall('2.14.5'), await ansible().uninstall('2.14.5')];"))
        .isEqualTo("[true,false]");
    assertThat(left()).hasSize(2);
    assertThat(install(locked)).isEqualTo("[\"2.14.5\",true,[\"ansible-core\",\"more\"]]");
    index.with("more", "1.2", "other"); // another file under the same version
    value("return ansible().uninstall('2.14.5');");
    assertThat(failure(locked))
        .startsWith("ansible.install-failed: ansible-core 2.14.5 could not be installed: ")
        .containsIgnoringCase("hashes");
    assertThat(left()).hasSize(2);
  }

  @Test
  void what_the_index_does_not_have_or_say_leaves_nothing() throws IOException {
    index.with("ansible_core", "2.14.5", "ansible-playbook");
    assertThat(failure("{ version: '2.14.6' }"))
        .startsWith("ansible.install-failed: ansible-core 2.14.6 could not be installed: ")
        .contains("from versions: 2.14.5");
    index.close();
    assertThat(failure("{ version: '2.14.5', index: '%s' }".formatted(index.address())))
        .startsWith("ansible.install-failed: ");
    assertThat(left()).isEmpty();
  }

  @Test
  void without_a_python_that_can_it_says_what_lacks() throws IOException {
    // Not below the folder for temporary files: the binding may write there, so no program there
    // counts.
    var bin = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "python");
    user.variable("PATH", bin.toString());
    var python = bin.resolve("python3");
    try {
      assertThat(failure("{}"))
          .startsWith(
              "ansible.python-missing: There is no Python on PATH that ansible-core runs on")
          .contains("there is none");
      Files.writeString(
          python,
          "#!/bin/sh\nexec /usr/bin/python3 -I -c \"import sys; sys.modules['ensurepip'] = None; exec(sys.argv[1])\" \"$3\"\n");
      assertThat(python.toFile().setExecutable(true)).isTrue();
      assertThat(failure("{}"))
          .startsWith("ansible.python-without-venv: Python 3.")
          .contains("cannot make virtual environments", "apt install python3.");
      assertThat(failure("{ version: '2.14.1' }")).startsWith("ansible.python-");
      assertThat(left()).isEmpty();
    } finally {
      Files.deleteIfExists(python);
      Files.delete(bin);
    }
  }

  @Test
  void words_of_strangers_are_no_options_addresses_or_paths_for_pip() {
    for (var wrong :
        List.of(
            "{ version: '-r x' }",
            "{ version: '1.0 @ http://example.org/x' }",
            "{ version: '2.14.18\\n--index-url=http://example.org' }",
            "{ version: '../2.14.18' }",
            "{ version: '2.9.27' }",
            "{ with: '--pre' }",
            "{ with: 'x @ file:///tmp/x' }",
            "{ with: 'x>=1' }",
            "{ with: 'x==1\\ny==2' }",
            "{ with: 'ansible-core==2.14.1' }",
            "{ index: 'https://me:secret@example.org/simple' }",
            "{ index: '--pre' }",
            "{ index: 'https://x\\ny' }",
            "{ nosuch: 1 }")) {
      assertThat(failure(wrong)).as(wrong).startsWith("ansible.option: ").doesNotContain("secret");
    }
    for (var line :
        List.of(
            "-r other.txt",
            "--index-url=http://example.org",
            "ansible-core==2.14.5",
            "ansible-core @ file:///x --hash=sha256:" + HASH,
            "-e .",
            "ansible-core==2.14.5 --hash=md5:0123",
            "ansible-core==2.14.5 --hash=sha256:" + HASH + " --pre")) {
      user.write("ansible.lock", line + "\n");
      assertThat(failure("{ locked: '%s/ansible.lock' }".formatted(home)))
          .as(line)
          .startsWith("ansible.package-lock: ");
    }
    user.write("ansible.lock", "more==1 --hash=sha256:" + HASH + "\n");
    assertThat(failure("{ locked: '%s/ansible.lock' }".formatted(home)))
        .startsWith("ansible.option: `locked` has no ansible-core");
    assertThat(left()).isEmpty();
  }

  @Test
  void the_commands_say_what_they_did() throws IOException {
    index.with("ansible_core", "2.14.5", "ansible-playbook");
    assertThat(command("install", "{ version: '2.14.5', with: [], sources: false }"))
        .contains("\"changed\":true", "\"packages\":[\"ansible-core==2.14.5\"]");
    assertThat(command("list", "{}")).contains("\"version\":\"2.14.5\"", "\"packages\":1");
    assertThat(command("remove", "{ version: '2.14.5' }")).contains("\"removed\":true");
    assertThat(command("list", "{}")).isEqualTo("[]");
  }

  /** What the recipe of a command returns. */
  private String command(String name, String params) throws IOException {
    var file = "/dev/hearth/stdlib/ansible/commands/" + name + ".js";
    try (var in = Objects.requireNonNull(AnsibleBinding.class.getResourceAsStream(file))) {
      var code = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var given =
          code.replaceFirst("(?s)export default (async )?", "const main = $1")
              .replace(", required: true", ""); // the parameters are given below
      var run =
          given + "\nexport default (context) => main({ ...context, params: " + params + " });\n";
      var result = user.runWhole(run, AnsibleHome.grants(home));
      assertThat(result.error()).as(run).isNull();
      return String.valueOf(result.value());
    }
  }

  @Test
  void a_recipe_can_neither_install_with_the_right_to_read_nor_touch_what_is_installed() {
    assertThat(user.failure("await ansible().install();", "ansible:read"))
        .startsWith("permission.denied: ");
    user.imports("import { fs } from 'hearth:fs';");
    assertThat(
            user.failure(
                "await fs.write('%s/hearth/data/programs/ansible/x.json', '{}');".formatted(home),
                AnsibleHome.grants(home)))
        .startsWith("permission.protected: ");
  }
}
