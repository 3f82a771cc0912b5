package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** When two specifications are the same template, and what is refused in one. */
class TemplateSpecTest {
  private static TemplateSpec spec(String more) throws JsonProcessingException {
    var json =
        """
        {"node":"pve","storage":"local","image":{"volid":"local:import/a.qcow2"}%s}
        """
            .formatted(more.isEmpty() ? "" : "," + more);
    return JsonMapper.builder().build().readValue(json, TemplateSpec.class);
  }

  @Test
  void defaults_order_and_case_make_no_difference() throws Exception {
    var plain = spec("\"tags\":[\"b\",\"A\"],\"sshKeys\":[\"x\",\"y\"]");
    var spelled = spec("\"memory\":2048,\"tags\":[\"a\",\"B\"],\"sshKeys\":[\"y \",\"x\"]");
    assertThat(plain.hash()).isEqualTo(spelled.hash());
    assertThat(plain.hash()).isNotEqualTo(spec("\"memory\":4096").hash());
  }

  @Test
  void a_mark_is_found_below_notes_and_says_what_differs() throws Exception {
    var mark = TemplateMark.of(9000, "debian", spec(""));
    var found = TemplateMark.in(9000, mark.under("Built for the lab.")).orElseThrow();
    assertThat(found).isEqualTo(mark);
    assertThat(found.differences(spec(""))).isEmpty();
    assertThat(found.differences(spec("\"memory\":4096,\"vlan\":7")))
        .containsExactly("memory 2048 -> 4096", "vlan 0 -> 7");
  }

  @Test
  void a_clone_inherits_the_notes_and_is_not_ours() throws Exception {
    var notes = TemplateMark.of(9000, "debian", spec("")).under(null);
    assertThat(TemplateMark.in(9001, notes)).isEmpty();
    assertThat(TemplateMark.in(9000, notes.replace("}", ""))).isEmpty();
  }

  @Test
  void secrets_and_keys_are_not_in_the_notes() throws Exception {
    var spec = spec("\"password\":\"hunter22\",\"sshKeys\":[\"ssh-ed25519 AAAA me\"]");
    assertThat(TemplateMark.of(9000, "debian", spec).under(null))
        .doesNotContain("hunter22")
        .doesNotContain("AAAA");
  }

  @Test
  void values_cannot_add_options_of_their_own() {
    for (var bad :
        new String[] {
          "\"bridge\":\"vmbr0,firewall=0\"",
          "\"cpu\":\"host,hidden=1\"",
          "\"diskSize\":\"10\"",
          "\"vlan\":5000",
          "\"bios\":\"uefi\"",
          "\"sshKeys\":[\"a\\nb\"]",
          "\"tags\":[\"a;b\"]",
          "\"notes\":\"{\\\"managedBy\\\":\\\"hearth\\\"}\""
        }) {
      assertThatThrownBy(() -> spec(bad)).hasMessageContaining("The template's");
    }
  }
}
