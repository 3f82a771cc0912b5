package dev.hearth.stdlib.proxmox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Property strings: how they are read, refused and written. */
class PropertyStringTest {
  private static String problem(String key, String value) {
    return QemuKeys.ofVersion(8).find(key).orElseThrow().type().problem(value, key).orElse("taken");
  }

  @Test
  void a_network_card_is_written_with_its_model_and_address_first_and_the_rest_in_order() {
    var card = NetFormat.NET.parse("tag=20,rate=1,bridge=vmbr0,model=vmxnet3");
    assertThat(card.with("macaddr", "BC:24:11:72:55:A9"))
        .hasToString("vmxnet3=BC:24:11:72:55:A9,bridge=vmbr0,rate=1,tag=20");
    assertThat(NetFormat.NET.parse("macaddr=BC:24:11:00:00:0C,model=e1000"))
        .hasToString("e1000=BC:24:11:00:00:0C");
    assertThat(NetFormat.NET.parse("bridge=b,virtio=bc:24:11:00:00:0a"))
        .hasToString("virtio=bc:24:11:00:00:0a,bridge=b");
  }

  @Test
  void a_drive_is_written_with_its_volume_first_and_aliases_under_their_own_name() {
    assertThat(DriveFormats.SCSI.parse("ssd=1,volume=local:1,iops_rd_length=4,cache=none"))
        .hasToString("local:1,cache=none,iops_rd_max_length=4,ssd=1");
  }

  @Test
  void words_stand_for_booleans_inside_property_strings_only_after_a_key() {
    assertThat(NetFormat.NET.parse("virtio,firewall=yes,link_down=Off"))
        .hasToString("virtio,firewall=1,link_down=0");
    assertThat(problem("agent", "enabled=on")).isEqualTo("taken");
    assertThat(problem("agent", "on"))
        .isEqualTo(
            """
            invalid format - format error
            agent.enabled: type check ('boolean') failed - got 'on'
            """);
    assertThat(problem("onboot", "yes")).isEqualTo("type check ('boolean') failed - got 'yes'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net5    | virtio,tag=5000    | net5.tag: value must have a maximum value of 4094
          net1    | virtio,colour=red  | net1.colour: property is not defined in schema and the schema does not allow additional properties
          net0    | bridge=vmbr7       | net0.model: property is missing and it is not optional
          sata3   | size=1G            | sata3.file: property is missing and it is not optional
          scsi30  | a1:1,discard=maybe | scsi30.discard: value 'maybe' does not have a value in the enumeration 'ignore, on'
          memory  | 15                 | memory.current: value must have a minimum value of 16
          ipconfig31 | gw=192.168.7.1  | ipconfig31.ip: missing property - 'ipconfig31.gw' requires this property
          ide1    | a1:1,iothread=1    | ide1.iothread: property is not defined in schema and the schema does not allow additional properties
          """)
  void a_wrong_value_is_named_by_its_path(String key, String value, String expected) {
    assertThat(problem(key, value)).isEqualTo("invalid format - format error\n" + expected + "\n");
  }

  @Test
  void all_wrong_values_of_one_string_are_told_at_once() {
    assertThat(problem("net0", "bogus,tag=0,mtu=70000"))
        .startsWith("invalid format - format error\nnet0.model: value 'bogus' does not")
        .contains("\nnet0.mtu: value must have a maximum value of 65520\n")
        .endsWith("\nnet0.tag: value must have a minimum value of 1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scsi0  | a1:1,a1:2           | duplicate key in comma-separated list property: file
          scsi0  | a1:1,ssd=1,ssd=0    | duplicate key in comma-separated list property: ssd
          audio0 | AC97                | value without key, but schema does not define a default key
          boot   | order=              | missing key in comma-separated list property
          net0   | virtio=BC:24:11:00:00:0A,e1000=BC:24:11:00:00:0B | key alias 'model' is already defined
          """)
  void a_string_that_cannot_be_split_is_refused_whole(String key, String value, String expected) {
    assertThat(problem(key, value)).isEqualTo("invalid format - " + expected + "\n");
    assertThatThrownBy(() -> NetFormat.NET.parse("=x"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("missing key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"net32", "scsi31", "ide4", "net", "net00", "net-1", "usb14", "numa8", "foo"})
  void keys_beyond_the_last_number_do_not_exist(String key) {
    assertThat(QemuKeys.ofVersion(9).find(key)).isEmpty();
  }

  @Test
  void versions_differ_where_proxmox_does() {
    assertThat(QemuKeys.ofVersion(7).find("ciupgrade")).isEmpty();
    assertThat(QemuKeys.ofVersion(8).find("ciupgrade")).isPresent();
    assertThat(QemuKeys.ofVersion(8).find("allow-ksm")).isEmpty();
    assertThat(QemuKeys.ofVersion(9).find("allow-ksm")).isPresent();
    assertThat(problem("machine", "q35,aw-bits=48")).contains("not defined in schema");
    var machine = QemuKeys.ofVersion(9).find("machine").orElseThrow().type();
    assertThat(machine.problem("q35,aw-bits=48", "machine")).isEmpty();
  }

  @Test
  void hostile_lengths_are_judged_without_a_crash() {
    assertThat(problem("net0", "virtio,trunks=" + "1;".repeat(50_000) + "x")).contains("regex");
    assertThat(problem("name", "a.".repeat(50_000))).contains("DNS name");
    assertThat(problem("affinity", "1,".repeat(50_000))).contains("cpuset");
    assertThat(problem("tags", "a;".repeat(100_000))).isEqualTo("taken");
    assertThat(problem("cpulimit", "9".repeat(5_000))).contains("maximum value of 128");
    assertThat(problem("cpulimit", "1e999999999")).contains("maximum value of 128");
    assertThat(problem("machine", "pc-q35" + ".1".repeat(50_000))).contains("regex");
  }
}
