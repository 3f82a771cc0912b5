package dev.hearth.stdlib.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same playbooks on ansible-core 2.19, which tells callbacks of results in another form. */
class NewerPlaybookTest extends PlaybookContract {
  NewerPlaybookTest(@TempDir Path folder) {
    super(folder, AnsibleHome.newer(folder));
  }

  @Test
  void it_is_the_newer_one() {
    var code = AnsibleHome.body(folder, "return ansible({ dir }).version();");
    assertThat(user.value(code, AnsibleHome.grants(folder))).startsWith("\"2.19.");
  }

  @Test
  void what_a_module_returns_and_a_loop_does_is_told() {
    user.write(
        "site.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.command: "echo {{ item }}"
              loop: [a, b]
              changed_when: item == 'b'
        """);
    var code =
        """
        const items = [];
        for await (const { kind, item, state, stdout } of book.run({ inventory: here })) if (kind === 'item') items.push([item, state, stdout]);
        const { results } = await ansible({ dir }).module('command', 'echo alone', { inventory: here });
        return [items, results.here.stdout, results.here.rc];
        """;
    assertThat(user.value(AnsibleHome.body(folder, code), AnsibleHome.grants(folder)))
        .isEqualTo("[[[\"a\",\"ok\",\"a\"],[\"b\",\"changed\",\"b\"]],\"alone\",0]");
  }
}
