package dev.hearth.stdlib.proxmox.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is wanted of a guest, held against what it is. A dash stands for a key that is not there.
 */
class ComparisonTest {
  private static List<Difference> differences(
      KeyTable keys, String key, @Nullable String wanted, @Nullable String is) {
    var actual = new HashMap<String, String>();
    if (is != null && !is.equals("-")) {
      actual.put(key, is);
    }
    Map<String, @Nullable String> all = new HashMap<>();
    all.put(key, wanted == null || wanted.equals("-") ? null : wanted);
    return new Comparison(keys, actual).differences(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net0        | tag=20,rate=1,bridge=vmbr0,model=virtio | virtio=BC:24:11:72:55:A9,bridge=vmbr0,rate=1.00,tag=20
          net0        | virtio,bridge=vmbr0,link_down=no        | virtio=BC:24:11:72:55:A9,bridge=vmbr0
          scsi0       | local-lvm:8                             | local-lvm:vm-100-disk-0,size=8G
          scsi0       | local-lvm:8                             | local-lvm:base-100-disk-0,size=8192M
          scsi0       | volume=local-lvm:0.5                    | local-lvm:vm-100-disk-0,size=512M
          scsi0       | local-lvm:1.001                         | local-lvm:vm-100-disk-0,size=1028M
          scsi0       | local:1,format=qcow2,ssd=on             | local:100/vm-100-disk-0.qcow2,size=1G,ssd=1
          scsi0       | local:1,backup=1,replicate=1            | local:100/vm-100-disk-0.raw,size=1G
          scsi0       | local-lvm:0,import-from=local:import/a.qcow2 | local-lvm:vm-100-disk-0,size=3G
          scsi0       | local-lvm:0,import-from=local:import/a.qcow2,size=3G | local-lvm:vm-100-disk-0,size=3G
          efidisk0    | local-lvm:1,efitype=4m                  | local-lvm:vm-100-disk-1,efitype=4m,size=4M
          tpmstate0   | none                                    | -
          ide2        | local:cloudinit                         | local:100/vm-100-cloudinit.qcow2,media=cdrom
          ide2        | local-lvm:cloudinit                     | local-lvm:vm-100-cloudinit,media=cdrom,size=4M
          ide2        | cdrom                                   | cdrom,media=cdrom
          ide2        | media=cdrom,file=local:iso/a.iso        | local:iso/a.iso,media=cdrom,size=74240
          ipconfig0   | ip6=2001:DB8::5/64,gw6=2001:db8::1      | gw6=2001:DB8::1,ip6=2001:db8::5/64
          agent       | enabled=yes,type=virtio                 | 1
          agent       | 0                                       | -
          boot        | order=scsi0;net0                        | order=scsi0;net0
          boot        | cdn                                     | legacy=cdn
          tags        | B a,b                                   | a;b
          cpu         | kvm64                                   | -
          cpu         | cputype=host                            | host
          memory      | 512                                     | -
          onboot      | 0                                       | -
          scsihw      | lsi                                     | -
          machine     | pc                                      | -
          hotplug     | usb;disk network                        | -
          hotplug     | 1                                       | disk,usb,network
          startup     | down=60,order=1                         | 1,down=60
          nameserver  | 10.0.0.1,2001:DB8::1                    | 10.0.0.1 2001:db8::1
          cipassword  | secret                                  | **********
          description | -                                       | -
          smbios1     | serial=ABC                              | uuid=11111111-2222-3333-4444-555555555555,serial=ABC
          """)
  void what_a_vm_is_already_is_no_difference(String key, String wanted, String is) {
    assertThat(differences(QemuKeys.ofVersion(8), key, wanted, is)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rootfs     | local:2                     | local:100/vm-100-disk-0.raw,size=2G
          mp0        | mp=/data,volume=local-lvm:1 | local-lvm:vm-100-disk-1,mp=/data,size=1G
          mp0        | local:1,mp=/data,size=4G    | local:100/vm-100-disk-1.raw,mp=/data,size=1G
          mp0        | /tmp,mp=/host               | /tmp,mp=/host
          net0       | bridge=vmbr0,name=eth0      | name=eth0,bridge=vmbr0,hwaddr=BC:24:11:94:E7:A8,type=veth
          features   | nesting=1,keyctl=0          | nesting=1
          features   | nesting=0                   | -
          nameserver | 10.0.0.1,10.0.0.2           | 10.0.0.1 10.0.0.2
          swap       | 512                         | -
          """)
  void what_a_container_is_already_is_no_difference(String key, String wanted, String is) {
    assertThat(differences(LxcKeys.ofVersion(8), key, wanted, is)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net0      | virtio,bridge=vmbr1       | virtio=BC:24:11:72:55:A9,bridge=vmbr0,tag=5 | virtio=BC:24:11:72:55:A9,bridge=vmbr1
          net0      | e1000,bridge=vmbr0        | virtio=BC:24:11:72:55:A9,bridge=vmbr0   | e1000=BC:24:11:72:55:A9,bridge=vmbr0
          net0      | virtio=BC:24:11:00:00:01  | virtio=BC:24:11:72:55:A9                | virtio=BC:24:11:00:00:01
          net1      | virtio,bridge=vmbr0       | -                                       | virtio,bridge=vmbr0
          smbios1   | serial=ABC                | uuid=11111111-2222-3333-4444-555555555555 | serial=ABC,uuid=11111111-2222-3333-4444-555555555555
          scsi0     | local-lvm:8,ssd=1         | local-lvm:vm-100-disk-0,size=8G         | local-lvm:vm-100-disk-0,size=8G,ssd=1
          scsi0     | local-lvm:8               | local-lvm:vm-100-disk-0,discard=on,size=8G | local-lvm:vm-100-disk-0,size=8G
          scsi0     | local-lvm:8               | none,media=cdrom                        | local-lvm:8
          scsi1     | local-lvm:0,import-from=local:import/a.qcow2,size=9G | -            | local-lvm:0,import-from=local:import/a.qcow2
          ide2      | none,media=cdrom          | local:iso/a.iso,media=cdrom,size=74240  | none,media=cdrom
          ide2      | local-lvm:cloudinit       | local:100/vm-100-cloudinit.qcow2,media=cdrom | local-lvm:cloudinit
          ipconfig0 | ip=dhcp                   | -                                       | ip=dhcp
          agent     | 1                         | -                                       | 1
          boot      | order=net0;scsi0          | order=scsi0;net0                        | order=net0;scsi0
          watchdog  | model=i6300esb            | -                                       | model=i6300esb
          tags      | a                         | a;b                                     | a
          cipassword | secret                   | -                                       | secret
          memory    | 2GiB                      | 1024                                    | 2048
          scsi1     | local-lvm:8GiB,ssd=1      | -                                       | local-lvm:8,ssd=1
          description | -                       | old                                     | -
          """)
  void a_difference_says_what_to_send_and_keeps_what_the_server_made(
      String key, String wanted, String is, String sent) {
    assertThat(differences(QemuKeys.ofVersion(8), key, wanted, is))
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.way()).isEqualTo(Difference.Way.SET);
              assertThat(difference.wanted()).isEqualTo(sent.equals("-") ? null : sent);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scsi0 | local-lvm:16                      | local-lvm:vm-100-disk-0,size=8G    | GROW  | 16G
          scsi0 | local-lvm:8.5                     | local-lvm:vm-100-disk-0,size=8G    | GROW  | 8704M
          scsi0 | local-lvm:vm-100-disk-0,size=9G   | local-lvm:vm-100-disk-0,size=8G    | GROW  | 9G
          scsi0 | local-lvm:0,import-from=local:import/a.qcow2,size=9G | local-lvm:vm-100-disk-0,size=3G | GROW | 9G
          scsi0 | local-lvm:4                       | local-lvm:vm-100-disk-0,size=8G    | FIXED | 4G
          scsi0 | local:8                           | local-lvm:vm-100-disk-0,size=8G    | MOVE  | local
          scsi0 | local:8,format=qcow2              | local:100/vm-100-disk-0.raw,size=8G | FIXED | local:8,format=qcow2
          """)
  void disks_grow_and_are_never_made_anew(
      String key, String wanted, String is, Difference.Way way, String to) {
    assertThat(differences(QemuKeys.ofVersion(8), key, wanted, is))
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.way()).isEqualTo(way);
              assertThat(difference.wanted()).isEqualTo(to);
            });
  }

  @Test
  void keys_that_are_not_wanted_are_not_looked_at() {
    var actual = Map.of("cores", "4", "memory", "2048", "net0", "virtio=BC:24:11:72:55:A9");
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("cores", "4");
    assertThat(new Comparison(QemuKeys.ofVersion(8), actual).differences(wanted)).isEmpty();
  }

  @Test
  void a_windows_machine_that_was_pinned_is_still_the_wanted_one() {
    var actual = Map.of("ostype", "win11", "machine", "pc-q35-9.2+pve1");
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("machine", "q35");
    assertThat(new Comparison(QemuKeys.ofVersion(8), actual).differences(wanted)).isEmpty();
    wanted.put("machine", "pc");
    assertThat(new Comparison(QemuKeys.ofVersion(8), actual).differences(wanted)).hasSize(1);
  }

  @Test
  void keys_that_are_kept_under_another_name_are_found_there() {
    var actual =
        Map.of("ide2", "none,media=cdrom", "sockets", "2", "sshkeys", "ssh-rsa%20AAA%2B%0A");
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put("cdrom", "none");
    wanted.put("smp", "2");
    wanted.put("sshkeys", "ssh-rsa AAA+");
    assertThat(new Comparison(QemuKeys.ofVersion(8), actual).differences(wanted)).isEmpty();
  }

  @Test
  void a_password_is_not_shown() {
    assertThat(differences(QemuKeys.ofVersion(8), "cipassword", "secret", "-"))
        .singleElement()
        .hasToString("cipassword none -> ***");
  }
}
