package dev.hearth.stdlib.ansible;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Playbooks of repositories, by the real git, from this machine alone. */
class RepositoryTest {
  private final Path home;
  private final UserHome user;

  RepositoryTest(@TempDir Path home) throws IOException {
    this.home = home.toRealPath();
    this.user = AnsibleHome.in(this.home);
  }

  @BeforeEach
  void repository() throws Exception {
    user.write("git/infra/site.yml", "- hosts: old\n");
    git("init", "-q", "-b", "main");
    commit();
    git("tag", "v1");
    user.write(
        "git/infra/site.yml",
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.copy: { content: \"{{ word }} {{ playbook_dir }}\", dest: \"%s/out\" }\n"
            .formatted(home));
    user.write("git/infra/group_vars/all.yml", "word: new\n");
    user.write("git/infra/roles/web/tasks/main.yml", "[]\n");
    user.write(
        "git/infra/requirements.yml",
        "roles: [{ name: own, src: 'git+file://%s/git/own' }]\n".formatted(home));
    commit();
  }

  private String git(String... words) throws Exception {
    return gitIn("infra", words);
  }

  private String gitIn(String repository, String... words) throws Exception {
    var command =
        Stream.concat(
                Stream.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"),
                Stream.of(words))
            .toList();
    var process =
        new ProcessBuilder(command)
            .directory(home.resolve("git").resolve(repository).toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  /** A role of others. */
  private void role() throws Exception {
    user.write("git/own/tasks/main.yml", "[]\n");
    user.write(
        "git/own/meta/main.yml", "galaxy_info: { author: a, description: d, license: MIT }\n");
    gitIn("own", "init", "-q", "-b", "main");
    gitIn("own", "add", ".");
    gitIn("own", "commit", "-qm", "x");
  }

  private void commit() throws Exception {
    git("add", ".");
    git("commit", "-qm", "x");
  }

  private String from(String ref) {
    return "const infra = ansible({ repository: 'file://%s/git/infra'%s });\n".formatted(home, ref);
  }

  private String value(String code) {
    return user.value(code, "ansible:write", "exec=git");
  }

  private String failure(String code) {
    return user.failure(code, "ansible:write", "exec=git");
  }

  @Test
  void what_a_repository_has_is_told_at_its_head_a_tag_and_a_commit() throws Exception {
    var what =
        "return [await infra.commit(), (await infra.playbooks()).map(({ file, plays }) => [file, plays[0].hosts]), (await infra.roles()).map(({ path }) => path)];";
    var head = "[\"" + git("rev-parse", "HEAD") + "\",[[\"site.yml\",\"all\"]],[\"roles/web\"]]";
    var old = "[\"" + git("rev-parse", "v1") + "\",[[\"site.yml\",\"old\"]],[]]";
    assertThat(value(from("") + what)).isEqualTo(head);
    assertThat(value(from(", ref: 'main'") + what)).isEqualTo(head);
    assertThat(value(from(", ref: 'v1'") + what)).isEqualTo(old);
    assertThat(value(from(", ref: '" + git("rev-parse", "v1") + "'") + what)).isEqualTo(old);
    assertThat(
            value(
                from(", dir: 'roles/web'")
                    + "return (await infra.roles()).map(({ path }) => path);"))
        .isEqualTo("[\".\"]");
    assertThat(value("return ansible().commit();")).isEqualTo("null");
  }

  @Test
  void a_playbook_of_it_is_run_and_the_checkout_is_gone_afterwards() throws Exception {
    role();
    var code =
        from("")
            + "const { installed } = await infra.requirements().install();\n"
            + "const { hosts } = await infra.playbook('site.yml').run({ inventory: %s });\n"
                .formatted(AnsibleHome.LOCAL)
            + "return [hosts.here.changed, installed.map(({ name }) => name), (await infra.roles()).map(({ name }) => name)];";
    assertThat(value(code)).isEqualTo("[1,[\"own\"],[\"own\",\"web\"]]");
    var words = Files.readString(home.resolve("out")).split(" ", -1);
    assertThat(words[0]).isEqualTo("new");
    assertThat(words[1]).contains("/hearth-ansible-");
    assertThat(Path.of(words[1])).doesNotExist();
  }

  @Test
  void hooks_of_the_users_templates_and_configuration_are_not_run() {
    var hooks = home.resolve("hooks");
    user.write("hooks/post-checkout", "#!/bin/sh\ntouch %s/hooked\n".formatted(home));
    assertThat(hooks.resolve("post-checkout").toFile().setExecutable(true)).isTrue();
    user.write(".gitconfig", "[core]\n  hooksPath = %s\n".formatted(hooks));
    assertThat(value(from("") + "return (await infra.playbooks()).length;")).isEqualTo("1");
    assertThat(home.resolve("hooked")).doesNotExist();
  }

  @Test
  void a_daemon_of_git_serves_it() throws Exception {
    try (var daemon = new GitDaemon(home.resolve("git"))) {
      var repository =
          "ansible({ repository: 'git://127.0.0.1:%d/infra', ref: 'v1' })".formatted(daemon.port());
      assertThat(value("return %s.commit();".formatted(repository)))
          .isEqualTo("\"" + git("rev-parse", "v1") + "\"");
    }
  }

  @Test
  void what_is_not_there_is_told() {
    assertThat(failure(from(", ref: 'nosuch'") + "await infra.commit();"))
        .startsWith("ansible.no-ref: The repository `file://")
        .contains("has no tag and no branch `nosuch`");
    assertThat(failure("await ansible({ repository: 'file:///nosuch' }).commit();"))
        .startsWith("ansible.program-failed: `git` failed: ");
    assertThat(failure(from(", ref: '" + "0".repeat(40) + "'") + "await infra.commit();"))
        .startsWith("ansible.program-failed: `git` failed: ");
  }

  @Test
  void a_repository_that_a_recipe_names_takes_the_right_to_run_git() {
    assertThat(user.failure(from("") + "await infra.playbooks();", "ansible:write"))
        .startsWith("permission.denied: ")
        .contains("run `git`");
  }

  @Test
  void addresses_and_names_of_strangers_run_nothing_and_lead_nowhere_else() throws Exception {
    for (var wrong :
        List.of(
            "repository: '--upload-pack=touch /tmp/x'",
            "repository: 'ext::sh -c x'",
            "repository: 'fd::17'",
            "repository: '/etc'",
            "repository: 'https://me:secret@example.org/x'",
            "repository: 'https://example.org/x\\ny'",
            "ref: 'v1'",
            "repository: 'https://example.org/x', ref: '-x'",
            "repository: 'https://example.org/x', ref: 'a..b'",
            "repository: 'https://example.org/x', ref: 'a b'",
            "repository: 'https://example.org/x', ref: '@{-1}'")) {
      assertThat(failure("await ansible({ %s }).commit();".formatted(wrong)))
          .as(wrong)
          .startsWith("ansible.option: ")
          .doesNotContain("secret");
    }
    assertThat(failure(from(", dir: '../..'") + "await infra.playbooks();"))
        .startsWith("ansible.option: `dir` leads out of the repository");
    Files.createSymbolicLink(home.resolve("git/infra/more.yml"), home.resolve("outside.yml"));
    user.write("outside.yml", "- hosts: secret\n");
    commit();
    assertThat(failure(from("") + "await infra.playbooks();"))
        .startsWith("ansible.outside: `more.yml` is a link that leads out of ");
    Files.createSymbolicLink(home.resolve("git/infra/up"), Path.of(".."));
    commit();
    assertThat(failure(from(", dir: 'up'") + "await infra.playbooks();"))
        .startsWith("ansible.option: `dir` leads out of the repository");
  }
}
