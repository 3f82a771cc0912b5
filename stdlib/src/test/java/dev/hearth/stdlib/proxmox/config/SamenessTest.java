package dev.hearth.stdlib.proxmox.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wanted and what a server shows: when writing the one would change nothing. */
class SamenessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net0   | virtio,bridge=vmbr0              | virtio=BC:24:11:52:AD:73,bridge=vmbr0
          net0   | bridge=vmbr0,virtio=bc:24:11:52:ad:73 | virtio=BC:24:11:52:AD:73,bridge=vmbr0
          net0   | virtio,bridge=vmbr0,firewall=0   | virtio=BC:24:11:52:AD:73,bridge=vmbr0
          tags   | B,a;b                            | a;b
          cores  | 04                               | 4
          onboot | 0                                | 0
          memory | 2048                             | current=2048
          agent  | enabled=1                        | 1
          agent  | 1                                | enabled=1,fstrim_cloned_disks=0
          cpulimit | 0.50                           | 0.5
          scsi0  | local:vm-1-disk-0,size=9G        | local:vm-1-disk-0,size=1G
          scsi0  | local:vm-1-disk-0,ssd=on         | local:vm-1-disk-0,size=1G,ssd=1
          nameserver | 10.0.0.1 10.0.0.2            | 10.0.0.1,10.0.0.2
          ipconfig0 | gw=10.0.0.1,ip=10.0.0.5/24    | ip=10.0.0.5/24,gw=10.0.0.1
          smbios1 | serial=ABC                      | uuid=11111111-2222-3333-4444-555555555555,serial=ABC
          """)
  void the_same_said_differently_is_no_difference(String key, String wanted, String actual) {
    assertThat(QemuKeys.ofVersion(8).find(key).orElseThrow().same(wanted, actual)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net0   | virtio,bridge=vmbr0              | virtio=BC:24:11:52:AD:73,bridge=vmbr0,tag=5
          net0   | virtio=BC:24:11:00:00:01,bridge=vmbr0 | virtio=BC:24:11:52:AD:73,bridge=vmbr0
          net0   | e1000,bridge=vmbr0               | virtio=BC:24:11:52:AD:73,bridge=vmbr0
          tags   | a                                | a;b
          cores  | 2                                | 4
          memory | 2048                             | 4096
          agent  | 0                                | 1
          scsi0  | local:vm-1-disk-0                | local:vm-1-disk-1
          scsi0  | local:vm-1-disk-0                | local:vm-1-disk-0,size=1G,ssd=1
          """)
  void a_real_difference_is_one(String key, String wanted, String actual) {
    assertThat(QemuKeys.ofVersion(8).find(key).orElseThrow().same(wanted, actual)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"540672,528K", "2684354560,2560M", "74240,74240", "34359738368,32G", "0,0"})
  void sizes_are_written_as_short_as_they_stay_exact(long bytes, String text) {
    assertThat(DiskSize.text(bytes)).isEqualTo(text);
    assertThat(DiskSize.bytes(text)).isEqualTo(bytes);
  }
}
