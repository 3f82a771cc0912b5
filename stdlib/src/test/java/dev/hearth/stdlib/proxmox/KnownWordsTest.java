package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a real server, and what they are known for. */
class KnownWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Configuration file 'nodes/pve/qemu-server/999.conf' does not exist | vm-not-found | VM 999 does not exist.
          unable to find configuration file for VM 999 on node 'pve' | vm-not-found | VM 999 does not exist.
          unable to create VM 200 - VM 200 already exists on node 'pve' | vm-exists | VM 200 exists already.
          unable to create VM 210: config file already exists | vm-exists | VM 210 exists already.
          VM 200 is running - destroy failed | vm-running | VM 200 is running.
          VM 200 is not running | vm-not-running | VM 200 is not running.
          VM 200 not running | vm-not-running | VM 200 is not running.
          Configuration file 'nodes/pve/lxc/999.conf' does not exist | ct-not-found | Container 999 does not exist.
          CT 300 already exists on node 'pve' | ct-exists | Container 300 exists already.
          VM 200 already exists on node 'pve' | vm-exists | VM 200 exists already.
          unable to create VM 300 - CT 300 already exists on node 'pve' | vm-exists | VM 300 exists already.
          CT 300 already running | ct-running | Container 300 is running.
          unable to destroy CT 300 - container is running | ct-running | Container 300 is running.
          CT 300 not running | ct-not-running | Container 300 is not running.
          you can't start a CT if it's a template | ct-is-template | The container is a template, which cannot do that.
          you can't convert a template to a template | vm-is-template | The VM is a template, which cannot do that.
          storage 'nosuch' does not exist | storage-not-found | There is no storage `nosuch`.
          no such cluster node 'nosuch' | node-not-found | There is no node `nosuch`.
          hostname lookup 'othernode' failed - failed to get address info | node-not-found | There is no node `othernode`.
          QEMU guest agent is not running | agent-not-running | The guest agent of the VM does not answer.
          refusing to override existing file '/var/lib/vz/import/dl1.qcow2' | volume-exists | The file exists already on the node: /var/lib/vz/import/dl1.qcow2.
          """)
  void words_of_a_real_server_get_a_code(String words, String code, String sentence) {
    var failure = KnownWords.failure(words).orElseThrow();
    assertThat(failure.id()).isEqualTo("proxmox." + code);
    assertThat(failure.sentence()).isEqualTo(sentence);
  }

  @Test
  void only_locks_are_worth_waiting_for() {
    assertThat(KnownWords.isContention("VM is locked (backup)")).isTrue();
    assertThat(KnownWords.isContention("CT is locked (backup)")).isTrue();
    assertThat(
            KnownWords.isContention(
                "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"))
        .isTrue();
    assertThat(KnownWords.isContention("VM quit/powerdown failed - got timeout")).isFalse();
    assertThat(KnownWords.isContention("storage 'x' does not exist")).isFalse();
  }

  @Test
  void other_words_are_passed_on_as_they_are() {
    assertThat(KnownWords.failure("SSH public key validation error")).isEmpty();
  }
}
