package dev.hearth.stdlib.ansible;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.stdlib.UserHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A user with a folder of playbooks, who has Debian's Ansible and no configuration of it. */
final class AnsibleHome {
  /** An inventory as a recipe writes it: this machine, by Debian's own Python. */
  static final String LOCAL =
      "{ hosts: { here: { ansible_connection: 'local', ansible_python_interpreter: '/usr/bin/python3' } } }";

  private AnsibleHome() {}

  static UserHome in(Path folder) {
    return new UserHome(folder, "ansible").variable("PATH", "/usr/bin:/bin");
  }

  /** A user who has the newer Ansible that {@code .ci/lab-ansible} fetches. */
  static UserHome newer(Path folder) {
    var lab =
        Optional.ofNullable(System.getenv("HEARTH_LAB_CACHE"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "hearth-lab"))
            .resolve("ansible-1");
    assumeTrue(
        Files.exists(lab.resolve("complete")),
        "no newer Ansible for tests is at hand; `.ci/lab-ansible fetch` gets it, once");
    return in(folder).variable("PATH", lab.resolve("bin") + ":/usr/bin:/bin");
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
