package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles and collections of others, by the real ansible-galaxy, from this machine alone. */
class RequirementsTest {
  private final Path home;
  private final UserHome user;

  RequirementsTest(@TempDir Path home) {
    this.home = home;
    this.user = AnsibleHome.in(home);
  }

  @BeforeEach
  void sources() throws Exception {
    role("1");
    program("git", "init", "-q", "-b", "main");
    commit();
    program("git", "tag", "v1");
    program("tar", "czf", home.resolve("tarred.tar.gz").toString(), "-C", home.toString(), "src");
    user.write(
        "acme/galaxy.yml",
        "namespace: acme\nname: tools\nversion: 1.2.3\nreadme: README.md\nauthors: [a]\n");
    user.write("acme/README.md", "x\n")
        .write("acme/meta/runtime.yml", "requires_ansible: '>=2.14'\n");
    user.write("project/requirements.yml", requirements("v1"));
    collection();
  }

  private void role(String word) {
    user.write("src/tasks/main.yml", "- debug: { msg: '" + word + "' }\n");
    user.write(
        "src/meta/main.yml",
        "galaxy_info: { author: a, description: d, license: MIT, min_ansible_version: '2.9' }\ndependencies: []\n");
  }

  private void collection() throws Exception {
    program(
        "ansible-galaxy",
        "collection",
        "build",
        "--force",
        home.resolve("acme").toString(),
        "--output-path=" + home);
  }

  private void commit() throws Exception {
    program("git", "add", ".");
    program("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x");
  }

  private String requirements(String version) {
    return """
    roles:
      - { name: tarred, src: "file://%1$s/tarred.tar.gz" }
      - { name: gitted, src: "git+file://%1$s/src", version: %2$s }
    collections:
      - { name: ../acme-tools-1.2.3.tar.gz, type: file }
    """
        .formatted(home, version);
  }

  private void program(String... command) throws Exception {
    var process =
        new ProcessBuilder(command)
            .directory(home.resolve("src").toFile())
            .redirectErrorStream(true)
            .start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String[] grants(Path home) {
    return new String[] {"ansible:write", "read=" + home, "write=" + home};
  }

  private String install(String options) {
    return user.value(
        "return ansible({ dir: '%s/project' }).requirements().install(%s);"
            .formatted(home, options),
        grants(home));
  }

  private String failure(String options) {
    return user.failure(
        "await ansible({ dir: '%s/project' }).requirements().install(%s);".formatted(home, options),
        grants(home));
  }

  private Path at(String path) {
    return home.resolve("project").resolve(path);
  }

  private void nothing_is_left() throws IOException {
    try (Stream<Path> all = Files.list(home.resolve("project"))) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".hearth"));
    }
  }

  @Test
  void what_is_asked_for_is_installed_once_and_locked() throws IOException {
    var first = install("{ offline: true, timeout: '5m' }");
    assertThat(first)
        .contains(
            "\"name\":\"tarred\"",
            "\"name\":\"gitted\"",
            "\"name\":\"acme.tools\",\"version\":\"1.2.3\"")
        .startsWith("{\"changed\":true");
    assertThat(at("roles/gitted/tasks/main.yml")).content().contains("'1'");
    assertThat(at("roles/tarred/tasks/main.yml")).exists();
    assertThat(at("collections/ansible_collections/acme/tools/MANIFEST.json")).exists();
    assertThat(Files.readString(at("requirements.lock.json")))
        .containsPattern("\"commit\" : \"[0-9a-f]{40}\"")
        .containsPattern("\"archiveSha256\" : \"[0-9a-f]{64}\"");
    assertThat(install("{ offline: true }")).startsWith("{\"changed\":false");
    nothing_is_left();
  }

  @Test
  void a_lock_holds_what_moved_and_refuses_what_drifted() throws Exception {
    user.write("project/requirements.yml", requirements("main"));
    install("{ offline: true }");
    role("2");
    commit();
    Files.writeString(at("roles/gitted/tasks/main.yml"), "changed by hand\n");
    assertThat(install("{ locked: true, offline: true }")).startsWith("{\"changed\":true");
    assertThat(at("roles/gitted/tasks/main.yml")).content().contains("'1'");
    assertThat(failure("{ offline: true }"))
        .startsWith("ansible.installed-differs: `gitted` is at ");
    assertThat(install("{ offline: true, force: true }")).startsWith("{\"changed\":true");
    assertThat(at("roles/gitted/tasks/main.yml")).content().contains("'2'");
    user.write("acme/more.md", "more\n");
    collection();
    assertThat(failure("{ locked: true, offline: true }"))
        .startsWith("ansible.lock-drift: ")
        .contains("has another archive");
    user.write("project/requirements.yml", "roles: []\n");
    assertThat(failure("{ locked: true }"))
        .startsWith("ansible.lock-drift: ")
        .contains("is in the lock and not asked for");
    Files.writeString(at("requirements.lock.json"), "{}");
    assertThat(failure("{ locked: true }")).startsWith("ansible.lock-unreadable: ");
    Files.delete(at("requirements.lock.json"));
    assertThat(failure("{ locked: true }")).startsWith("ansible.lock-missing: ");
    nothing_is_left();
  }

  @Test
  void requirements_of_strangers_reach_nothing_else() throws IOException {
    for (var wrong :
        new String[] {
          "roles: [{ name: '../../x', src: 'file:///x.tar.gz' }]",
          "roles: [{ name: x, src: '--upload-pack=touch /tmp/x', scm: git }]",
          "roles: [{ name: x, src: 'https://me:secret@example.org/x', scm: git }]",
          "roles: [{ name: x, src: 'hg+https://example.org/x', scm: hg }]",
          "roles: [{ name: x, version: '-v' }]",
          "collections: [{ name: 'no' }]",
          "collections: [{ name: x, type: magic }]",
          "collections: [{ version: 1 }]",
          "roles: [{ name: x, src: 'git+file://" + home + "/src', version: nosuch }]",
        }) {
      user.write("project/requirements.yml", wrong + "\n");
      assertThat(failure("{}"))
          .as(wrong)
          .startsWith("ansible.requirement: ")
          .doesNotContain("secret");
    }
    user.write("project/requirements.yml", "roles: [geerlingguy.nginx]\n");
    assertThat(failure("{ offline: true }")).startsWith("ansible.requirement: ");
    user.write("project/requirements.yml", "roles: [{ src: 'file:///etc/x.tar.gz' }]\n");
    assertThat(failure("{}")).startsWith("permission.");
    assertThat(failure("{ nosuch: 1 }")).startsWith("ansible.option: ");
    nothing_is_left();
    user.write("project/requirements.yml", requirements("v1"));
    assertThat(
            user.failure(
                "await ansible({ dir: '%s/project' }).requirements().install();".formatted(home),
                "ansible:write",
                "read=" + home))
        .startsWith("permission.")
        .contains("write");
  }

  @Test
  void what_is_asked_for_is_listed() {
    user.write(
        "project/requirements.yml",
        "roles:\n  - acme.web,1.2\n  - { src: 'https://example.org/a/b.git', scm: git, version: main }\ncollections:\n  - acme.tools\n  - { name: acme.base, version: '>=1', source: 'https://galaxy.example.org' }\n");
    assertThat(
            user.value(
                "const { roles, collections } = await ansible({ dir: '%s/project' }).requirements().list(); return [roles, collections].flat().map(({ name, from, source, version }) => [name, from, source, version]);"
                    .formatted(home),
                grants(home)))
        .isEqualTo(
            "[[\"acme.web\",\"galaxy\",null,\"1.2\"],[\"b\",\"git\",\"https://example.org/a/b.git\",\"main\"],[\"acme.tools\",\"galaxy\",null,null],[\"acme.base\",\"galaxy\",\"https://galaxy.example.org\",\">=1\"]]");
  }
}
