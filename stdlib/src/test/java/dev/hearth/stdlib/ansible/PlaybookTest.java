package dev.hearth.stdlib.ansible;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Playbooks, run by the real Ansible on this machine. */
class PlaybookTest extends PlaybookContract {
  PlaybookTest(@TempDir Path folder) {
    super(folder, AnsibleHome.in(folder));
  }
}
