package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project has, known by reading it. */
class ProjectDiscoveryTest {
  private final Path folder;
  private final UserHome user;

  ProjectDiscoveryTest(@TempDir Path home) {
    this.folder = home.resolve("project");
    this.user = AnsibleHome.in(home);
    user.file("project/x");
  }

  private JsonNode found(String call) throws IOException {
    var code = "return ansible({ dir: '%s' }).%s;".formatted(folder, call);
    return JsonMapper.builder().build().readTree(user.value(code, grants()));
  }

  private String failure(String call) {
    return user.failure("await ansible({ dir: '%s' }).%s;".formatted(folder, call), grants());
  }

  private String[] grants() {
    return new String[] {"ansible:read", "read=" + folder};
  }

  private void write(String path, String text) {
    user.write("project/" + path, text);
  }

  @Test
  void playbooks_are_told_with_their_plays_imports_and_variables() throws IOException {
    write(
        "site.yml",
        """
        ---
        - import_playbook: playbooks/db.yml
        - name: Web
          hosts: [web, "!web3"]
          tags: front
          vars: { port: 8080, sealed: !vault "$ANSIBLE_VAULT;1.1;AES256", raw: !unsafe "{{ x }}" }
          vars_files: [more.yml]
          vars_prompt:
            - { name: token, prompt: The token }
            - { name: color, private: no, default: green }
          roles:
            - common
            - { role: nginx, tags: [nginx] }
          tasks:
            - block:
                - ansible.builtin.include_role: { name: extra }
                  tags: [a, b]
        """);
    write("playbooks/db.yml", "- hosts: db\n  tasks: []\n");
    write("compose.yaml", "services: { a: !reset null }\n");
    write("tasks.yml", "- debug: { msg: hello }\n");
    write("vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6161: {\n");
    var books = found("playbooks()");
    assertThat(books.findValuesAsText("file")).containsExactly("site.yml", "playbooks/db.yml");
    var site = books.path(0);
    assertThat(site.path("imports").toString())
        .isEqualTo("[{\"playbook\":\"playbooks/db.yml\",\"line\":2}]");
    var play = site.path("plays").path(0);
    assertThat(play.path("name").asText()).isEqualTo("Web");
    assertThat(play.path("hosts").asText()).isEqualTo("web,!web3");
    assertThat(play.path("line").asInt()).isEqualTo(3);
    assertThat(play.path("tags").toString()).isEqualTo("[\"a\",\"b\",\"front\",\"nginx\"]");
    assertThat(play.path("roles").toString()).isEqualTo("[\"common\",\"nginx\",\"extra\"]");
    assertThat(play.path("variableFiles").toString()).isEqualTo("[\"more.yml\"]");
    assertThat(play.path("variables").toString())
        .isEqualTo(
            "[{\"name\":\"port\",\"value\":8080,\"prompt\":null,\"secret\":false},"
                + "{\"name\":\"sealed\",\"value\":{\"__ansible_vault\":\"$ANSIBLE_VAULT;1.1;AES256\"},\"prompt\":null,\"secret\":false},"
                + "{\"name\":\"raw\",\"value\":{\"__ansible_unsafe\":\"{{ x }}\"},\"prompt\":null,\"secret\":false},"
                + "{\"name\":\"token\",\"value\":null,\"prompt\":\"The token\",\"secret\":true},"
                + "{\"name\":\"color\",\"value\":\"green\",\"prompt\":\"color\",\"secret\":false}]");
    assertThat(found("playbooks('playbooks')").findValuesAsText("file"))
        .containsExactly("playbooks/db.yml");
  }

  @Test
  void roles_are_told_with_what_they_take() throws IOException {
    write(
        "roles/web/meta/argument_specs.yml",
        """
        argument_specs:
          main:
            short_description: Serves pages
            options:
              port: { type: int, required: yes, description: Where it listens, choices: [80, 8080] }
              names: { type: list, elements: str }
              key: { no_log: true }
              tls: { type: dict, options: { cert: { type: path } } }
        """);
    write(
        "roles/web/meta/main.yml",
        """
        galaxy_info: { description: A web server, galaxy_tags: [web], min_ansible_version: "2.14" }
        collections: [community.general]
        dependencies: [common, { role: tls, version: 1.2.0, src: "https://example.org/tls" }]
        """);
    write("roles/web/defaults/main.yml", "names: [a]\nother: 1\n");
    write("roles/common/tasks/main.yml", "[]\n");
    write(
        "roles/common/defaults/main.yml",
        "a: yes\nmode: 0644\nb: text\nlist: []\nnone:\nsealed: !vault x\n");
    write("roles/none/README.md", "no role\n");
    var roles = found("roles()");
    assertThat(roles.findValuesAsText("path")).containsExactly("roles/common", "roles/web");
    var web = roles.path(1);
    assertThat(web.path("description").asText()).isEqualTo("A web server");
    assertThat(web.path("entryPoints").path(0).path("description").asText())
        .isEqualTo("Serves pages");
    assertThat(web.path("tags").toString()).isEqualTo("[\"web\"]");
    assertThat(web.path("collections").toString()).isEqualTo("[\"community.general\"]");
    assertThat(web.path("dependencies").toString())
        .isEqualTo(
            "[{\"role\":\"common\",\"version\":null,\"source\":null},"
                + "{\"role\":\"tls\",\"version\":\"1.2.0\",\"source\":\"https://example.org/tls\"}]");
    var port = web.path("arguments").path(0);
    assertThat(port.toString())
        .isEqualTo(
            "{\"name\":\"port\",\"type\":\"int\",\"elements\":null,\"required\":true,\"default\":null,"
                + "\"choices\":[80,8080],\"description\":\"Where it listens\",\"secret\":false,\"declared\":true,\"options\":[]}");
    assertThat(web.path("arguments").path(1).path("default").toString()).isEqualTo("[\"a\"]");
    assertThat(web.path("arguments").path(2).path("secret").asBoolean()).isTrue();
    assertThat(web.path("arguments").path(3).path("options").path(0).path("type").asText())
        .isEqualTo("path");
    var common = roles.path(0).path("arguments");
    assertThat(common.findValuesAsText("type"))
        .containsExactly("bool", "int", "str", "list", "raw", "str");
    assertThat(common.path(1).path("default").asInt())
        .as("octal, as Ansible reads it")
        .isEqualTo(420);
  }

  @Test
  void collections_are_told_with_their_versions_and_roles() throws IOException {
    var place = "collections/ansible_collections/acme/tools/";
    write(
        place + "MANIFEST.json",
        "{\"collection_info\": {\"version\": \"1.2.3\", \"description\": \"Tools\", \"dependencies\": {\"acme.base\": \">=1\"}}}");
    write(place + "roles/fix/tasks/main.yml", "[]\n");
    write("collections/ansible_collections/acme/own/galaxy.yml", "version: 0.1.0\n");
    assertThat(found("collections()").toString())
        .isEqualTo(
            "[{\"name\":\"acme.own\",\"version\":\"0.1.0\",\"path\":\"collections/ansible_collections/acme/own\",\"description\":null,\"dependencies\":{},\"roles\":[]},"
                + "{\"name\":\"acme.tools\",\"version\":\"1.2.3\",\"path\":\"collections/ansible_collections/acme/tools\",\"description\":\"Tools\",\"dependencies\":{\"acme.base\":\">=1\"},\"roles\":[\"fix\"]}]");
    assertThat(found("roles()").findValuesAsText("name")).containsExactly("acme.tools.fix");
  }

  @Test
  void what_a_stranger_wrote_to_do_harm_is_refused_by_name() throws IOException {
    write("site.yml", "- &a\n  hosts: all\n  vars: { again: *a }\n");
    assertThat(failure("playbooks()"))
        .startsWith("ansible.yaml: `site.yml` cannot be read, at line");
    var bomb =
        new StringBuilder("- hosts: all\n  vars:\n    a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("    a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    write("site.yml", bomb.toString());
    assertThat(failure("playbooks()")).startsWith("ansible.yaml: ");
    write("site.yml", "- hosts: all\n  tasks: [\n");
    assertThat(failure("playbooks()")).startsWith("ansible.yaml: ").contains("`site.yml`");
    write("site.yml", "#" + "x".repeat(5 << 20) + "\n");
    assertThat(failure("playbooks()")).startsWith("ansible.file-too-large: `site.yml` has ");
    Files.delete(folder.resolve("site.yml"));
    user.write("outside.yml", "- hosts: secret\n");
    Files.createSymbolicLink(folder.resolve("site.yml"), folder.resolve("../outside.yml"));
    assertThat(failure("playbooks()")).startsWith("permission.");
    assertThat(
            user.failure(
                "await ansible({ dir: '%s' }).playbooks();".formatted(folder),
                "ansible:read",
                "read=" + user.path()))
        .startsWith("ansible.outside: `site.yml` is a link that leads out of ");
    assertThat(failure("playbooks('../outside.yml')")).startsWith("ansible.option: ");
    assertThat(failure("playbooks('nosuch')")).startsWith("ansible.no-file: ");
  }

  @Test
  void a_folder_that_is_named_needs_the_right_to_read_it() {
    var code = "await ansible({ dir: '%s' }).roles();".formatted(folder);
    assertThat(user.failure(code, "ansible:read")).startsWith("permission.").contains("read");
  }
}
