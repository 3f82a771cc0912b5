package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.RunEvent;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What playbooks do by any Ansible that Hearth works with. */
abstract class PlaybookContract {
  final Path folder;
  final UserHome user;

  PlaybookContract(Path folder, UserHome user) {
    this.folder = folder;
    this.user = user;
  }

  private void site(String tasks) {
    user.write("site.yml", "- name: Site\n  hosts: all\n  gather_facts: false\n  tasks:\n" + tasks);
  }

  private String value(String code) {
    return user.value(AnsibleHome.body(folder, code), AnsibleHome.grants(folder));
  }

  private String failure(String code) {
    return user.failure(AnsibleHome.body(folder, code), AnsibleHome.grants(folder));
  }

  @Test
  void the_version_is_told() {
    assertThat(value("return ansible({ dir }).version();")).matches("\"2\\.[0-9]+\\..*\"");
  }

  @Test
  void each_outcome_is_counted_and_told_as_it_happens() throws IOException {
    site(
        """
            - name: writes
              ansible.builtin.copy: { content: "hello\\n", dest: "{{ place }}" }
            - name: says
              ansible.builtin.command: echo hi
              changed_when: false
            - name: not now
              ansible.builtin.debug: { msg: x }
              when: false
            - block:
                - name: breaks
                  ansible.builtin.command: /bin/false
              rescue:
                - name: mends
                  ansible.builtin.debug: { msg: mended }
            - name: does not matter
              ansible.builtin.command: /bin/false
              ignore_errors: true
            - name: again
              ansible.builtin.command: test -e {{ place }}.{{ tries | default('x') }}
              register: it
              until: it.rc == 0
              retries: 1
              delay: 0
              ignore_errors: true
        """);
    var told =
        JsonMapper.builder()
            .build()
            .readTree(
                value(
                    """
                    const run = book.run({ inventory: here, diff: true, extraVars: { place: dir + '/out' } });
                    const events = [];
                    for await (const { kind, task, stdout, diff, line, host, duration } of run) events.push({ kind, task, stdout, diff, line, host, duration });
                    return { events, ...(await run) };
                    """));
    var here = told.path("hosts").path("here");
    assertThat(here.toString())
        .isEqualTo(
            "{\"ok\":5,\"changed\":3,\"failed\":0,\"skipped\":1,\"unreachable\":0,\"rescued\":1,\"ignored\":2}");
    assertThat(told.path("changed").asBoolean()).isTrue();
    assertThat(told.path("changes").path(0).path("task").asText()).isEqualTo("writes");
    assertThat(told.path("changes").path(0).path("line").asInt()).isEqualTo(5);
    assertThat(told.path("events").findValuesAsText("kind"))
        .contains("play", "task", "changed", "ok", "skipped", "failed", "retry", "diff");
    assertThat(told.path("events").toString()).contains("\"stdout\":\"hi\"").contains("+hello");
    assertThat(folder.resolve("out")).hasContent("hello\n");
  }

  @Test
  void an_event_comes_before_the_playbook_goes_on() {
    site(
        """
            - name: first
              ansible.builtin.debug: { msg: x }
            - name: waits for who reads
              ansible.builtin.wait_for: { path: "{{ place }}", timeout: 60, sleep: 1 }
        """);
    user.imports("import { fs } from 'hearth:fs';");
    assertThat(
            value(
                """
                const run = book.run({ inventory: here, extraVars: { place: dir + '/go' } });
                for await (const { kind } of run) if (kind === 'ok') await fs.write(dir + '/go', 'go');
                return (await run).hosts.here.ok;
                """))
        .isEqualTo("2");
  }

  @Test
  void check_tells_what_would_change_and_changes_nothing() {
    site("    - ansible.builtin.copy: { content: new, dest: \"{{ place }}\" }\n");
    assertThat(
            value(
                """
                const kinds = [];
                const run = book.check({ inventory: here, extraVars: { place: dir + '/out' } });
                for await (const { kind } of run) kinds.push(kind);
                return [(await run).changed, kinds.includes('diff')];
                """))
        .isEqualTo("[true,true]");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void a_failed_task_is_an_error_with_its_place() {
    site("    - name: breaks\n      ansible.builtin.command: sh -c 'echo bad >&2; exit 3'\n");
    assertThat(failure("await book.run({ inventory: here });"))
        .startsWith("ansible.task-failed: Task `breaks` failed on `here`: non-zero return code.\n");
    assertThat(
            value(
                """
                try { await book.run({ inventory: here }); }
                catch ({ details: d }) { return [d.file, d.line, d.host, d.module, d.taskErrors, d.hosts.here.failed]; }
                """))
        .isEqualTo(
            "[\"" + folder + "/site.yml\",5,\"here\",\"ansible.builtin.command\",\"bad\",1]");
  }

  @Test
  void a_host_that_is_not_there_is_unreachable() {
    site("    - ansible.builtin.ping: {}\n");
    assertThat(
            failure(
                "await book.run({ inventory: { hosts: { gone: { ansible_host: '127.0.0.1', ansible_port: 1 } } } });"))
        .startsWith("ansible.unreachable: Host `gone` is unreachable: ");
  }

  @Test
  void what_cannot_be_read_is_named_with_its_line() {
    user.write("site.yml", "- hosts: all\n  tasks:\n    - nosuchmodule_x: {}\n");
    assertThat(failure("await book.run({ inventory: here });"))
        .startsWith("ansible.syntax: ")
        .contains("site.yml` line 3");
  }

  @Test
  void no_log_hides_what_a_task_said() {
    site("    - ansible.builtin.command: echo hidden-words\n      no_log: true\n");
    assertThat(
            value(
                """
                const all = [];
                const run = book.run({ inventory: here, diff: true });
                for await (const event of run) all.push(event);
                return all;
                """))
        .contains("hidden by no_log")
        .doesNotContain("hidden-words");
  }

  @Test
  void secrets_among_variables_are_in_no_list_of_processes_and_are_not_left() throws IOException {
    site(
        """
            - ansible.builtin.shell: cat /proc/[0-9]*/cmdline /proc/$PPID/environ > {{ place }} || true
        """);
    var _ =
        value(
            "await book.run({ inventory: here, extraVars: { place: dir + '/seen', token: 'v3ry-s3cret-token' } });");
    assertThat(Files.readString(folder.resolve("seen"), StandardCharsets.ISO_8859_1))
        .contains("ansible-playbook")
        .doesNotContain("v3ry-s3cret-token");
    assertThat(left()).isEmpty();
  }

  /** The private folders of the last run that are still there. */
  private List<String> left() {
    var folders =
        user.audited().stream()
            .filter(
                each -> each.startsWith("write=" + Project.TEMPORARY.resolve("hearth-ansible-")))
            .toList();
    assertThat(folders).isNotEmpty();
    return folders.stream().filter(each -> Files.exists(Path.of(each.substring(6)))).toList();
  }

  @Test
  void a_signal_ends_it_with_all_that_it_started() throws IOException {
    site(
        """
            - ansible.builtin.shell: echo $$ > {{ place }} && exec sleep 600
        """);
    user.imports("import { fs } from 'hearth:fs';");
    assertThat(
            failure(
                """
                const stop = new AbortController();
                const run = book.run({ inventory: here, extraVars: { place: dir + '/pid' }, signal: stop.signal });
                run.catch(() => {});
                while (!(await fs.exists(dir + '/pid'))) await new Promise((done) => setTimeout(done, 20));
                stop.abort(new Error('enough'));
                await run;
                """))
        .contains("enough");
    var pid = Files.readString(folder.resolve("pid")).strip();
    assertThat(commandLine(pid)).as("where nobody reaps the dead, they have none").isEmpty();
    assertThat(left()).isEmpty();
  }

  private static String commandLine(String pid) throws IOException {
    var file = Path.of("/proc", pid, "cmdline");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void a_time_limit_ends_it() {
    site("    - ansible.builtin.command: sleep 600\n");
    assertThat(failure("await book.run({ inventory: here, timeout: '3s' });"))
        .startsWith("process.timed-out: ");
  }

  @Test
  void what_could_be_an_option_or_a_file_is_none() {
    site("    - ansible.builtin.ping: {}\n");
    for (var wrong :
        new String[] {
          "{ limit: '@/etc/passwd' }",
          "{ tags: ['a,b'] }",
          "{ forks: 0 }",
          "{ inventory: { hosts: { '-x': {} } } }",
          "{ inventory: { hosts: { 'a\\nb': {} } } }",
          "{ inventory: { 'no-group': { hosts: ['a'] } } }",
          "{ vault: { id: '@x', password: 'p' } }",
          "{ vault: { id: 'x' } }",
          "{ nosuch: 1 }",
          "{ inventory: 'a\\0b' }",
        }) {
      assertThat(failure("await book.run(" + wrong + ");"))
          .as(wrong)
          .startsWith("ansible.option: ");
    }
    assertThat(failure("await book.run({ inventory: here, limit: '-nowhere' });"))
        .startsWith("ansible.refused: ");
    assertThat(failure("await book.run({ inventory: here, user: 'a\\0b' });"))
        .startsWith("process.malformed: ");
    assertThat(failure("await ansible({ dir }).playbook('-h').run({ inventory: here });"))
        .startsWith("ansible.no-file: ");
  }

  @Test
  void a_recipe_reads_and_runs_what_it_was_granted() {
    site("    - ansible.builtin.ping: {}\n");
    var body = AnsibleHome.body(folder, "await book.run({ inventory: here });");
    assertThat(user.failure(body, "ansible:read")).startsWith("permission.");
    assertThat(user.failure(body, "ansible:write")).startsWith("permission.").contains("read");
    assertThat(
            user.failure(
                "await ansible({ dir: '" + folder + "', program: '" + folder + "' }).version();",
                AnsibleHome.grants(folder)))
        .startsWith("permission.")
        .contains("ansible-playbook");
  }

  @Test
  void the_users_configuration_counts() {
    site("    - ansible.builtin.ping: {}\n");
    user.write("ansible.cfg", "[defaults]\ninventory = mine.ini\n");
    user.write(
        "mine.ini", "mine ansible_connection=local ansible_python_interpreter=/usr/bin/python3\n");
    assertThat(value("return (await book.run()).hosts.mine.ok;")).isEqualTo("1");
  }

  @Test
  void the_log_tells_the_tasks() {
    site("    - name: greets\n      ansible.builtin.ping: {}\n");
    var _ = value("await book.run({ inventory: here });");
    assertThat(user.events().stream().map(RunEvent::toString))
        .anyMatch(it -> it.contains("Task greets"));
  }
}
