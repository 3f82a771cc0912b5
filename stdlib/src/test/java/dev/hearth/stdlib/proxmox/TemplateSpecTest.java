package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
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

  private static TemplateMark mark(long vmid) {
    return new TemplateMark(vmid, "debian", "local:import/a.qcow2", "a-build");
  }

  /** What would be changed where a configuration stands, for people. */
  private static List<String> changes(String wanted, String config) throws Exception {
    var there = JsonMapper.builder().build().readTree(config);
    var spec = spec(wanted);
    return TemplateConfig.of(spec).changes(spec, mark(9000), there).stream()
        .map(TemplateConfig.Change::toString)
        .toList();
  }

  private static final String AS_PROXMOX_SAYS =
      """
      {"memory":"2048","cores":2,"cpu":"x86-64-v2-AES","agent":"1","tags":"a;b;hearth",
       "net0":"virtio=BC:24:11:52:AD:73,bridge=vmbr0,firewall=1","ipconfig0":"ip=dhcp",
       "sshkeys":"ssh-ed25519%%20AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ%%2BA5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK%%20x%%0Assh-ed25519%%20AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ%%2BA5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK%%20y%%0A","description":"Built for the lab.\\n\\n%s\\n"}
      """
          .formatted(mark(9000).under(null).replace("\"", "\\\""));

  @Test
  void what_means_the_same_is_no_difference() throws Exception {
    var wanted =
        "\"tags\":[\"b\",\"A\"],\"sshKeys\":[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK y \",\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK x\"],\"notes\":\"Built for the lab.\"";
    assertThat(changes(wanted, AS_PROXMOX_SAYS)).isEmpty();
  }

  @Test
  void each_difference_is_told_in_the_words_of_the_specification() throws Exception {
    var wanted =
        "\"memory\":4096,\"vlan\":7,\"user\":\"ops\",\"tags\":[\"a\",\"b\"],\"sshKeys\":[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK x\"],\"agent\":false";
    assertThat(changes(wanted, AS_PROXMOX_SAYS))
        .containsExactly(
            "memory 2048 -> 4096",
            "agent 1 -> enabled=0",
            "network virtio=BC:24:11:52:AD:73,bridge=vmbr0,f… -> virtio=BC:24:11:52:AD:73,bridge=vmbr0,f…",
            "user none -> ops",
            "sshKeys ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGd… -> ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGd…",
            "notes Built for the lab. -> none");
  }

  @Test
  void a_network_card_keeps_its_address_and_what_others_gave_it() throws Exception {
    var there = JsonMapper.builder().build().readTree(AS_PROXMOX_SAYS);
    var spec =
        spec(
            "\"bridge\":\"vmbr1\",\"vlan\":7,\"tags\":[\"a\",\"b\"],\"sshKeys\":[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK x\",\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK y\"]");
    var net =
        TemplateConfig.of(spec).changes(spec, mark(9000), there).stream()
            .filter(change -> change.key().equals("net0"))
            .findFirst()
            .orElseThrow();
    assertThat(net.wanted()).isEqualTo("virtio=BC:24:11:52:AD:73,bridge=vmbr1,firewall=1,tag=7");
  }

  @Test
  void a_mark_is_found_below_notes() {
    var notes = mark(9000).under("Built for the lab.");
    assertThat(TemplateMark.in(9000, notes)).hasValue(mark(9000));
    assertThat(TemplateMark.notesIn(notes)).isEqualTo("Built for the lab.");
  }

  @Test
  void a_clone_inherits_the_notes_and_is_not_ours() {
    var notes = mark(9000).under(null);
    assertThat(TemplateMark.in(9001, notes)).isEmpty();
    assertThat(TemplateMark.in(9000, notes.replace("}", ""))).isEmpty();
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
          "\"ipconfig\":\"ip=10.0.0.5\"",
          "\"user\":\"a,b\"",
          "\"nameserver\":\"foo\"",
          "\"sshKeys\":[\"hello\"]",
          "\"sshKeys\":[\"ssh-ed25519 AAAAhello me\"]",
          "\"sshKeys\":[\"ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK\"]",
          "\"ipconfig\":\"ip=dhcp,gw=10.0.0.1\"",
          "\"sshKeys\":[\"a\\nb\"]",
          "\"tags\":[\"a;b\"]",
          "\"notes\":\"{\\\"managedBy\\\":\\\"hearth\\\"}\""
        }) {
      assertThatThrownBy(() -> spec(bad)).hasMessageContaining("The template's");
    }
  }
}
