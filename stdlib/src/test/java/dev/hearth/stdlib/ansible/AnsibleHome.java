package dev.hearth.stdlib.ansible;

import dev.hearth.stdlib.UserHome;
import java.nio.file.Path;

/** A user with a folder of playbooks, who has Debian's Ansible and no configuration of it. */
final class AnsibleHome {
  /** An inventory as a recipe writes it: this machine, by Debian's own Python. */
  static final String LOCAL =
      "{ hosts: { here: { ansible_connection: 'local', ansible_python_interpreter: '/usr/bin/python3' } } }";

  private AnsibleHome() {}

  static UserHome in(Path folder) {
    return new UserHome(folder, "ansible").variable("PATH", "/usr/bin:/bin");
  }

  /** The start of a recipe's body: {@code book} is the playbook, {@code here} an inventory. */
  static String body(Path folder, String code) {
    return "const dir = '"
        + folder
        + "'; const here = "
        + LOCAL
        + "; const book = ansible({ dir }).playbook('site.yml');\n"
        + code;
  }

  static String[] grants(Path folder) {
    return new String[] {"ansible:write", "read=" + folder, "write=" + folder};
  }
}
