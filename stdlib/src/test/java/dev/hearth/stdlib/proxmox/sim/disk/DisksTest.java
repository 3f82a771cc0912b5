package dev.hearth.stdlib.proxmox.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be made of the disks of a node, and what stands in the way. */
class DisksTest {
  private static final String DISKS = "/nodes/pve/disks";

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  private String used(String disk) {
    return StreamSupport.stream(root.get(DISKS + "/list").spliterator(), false)
        .filter(item -> item.path("devpath").asText().equals("/dev/" + disk))
        .findFirst()
        .orElseThrow()
        .path("used")
        .asText();
  }

  @Test
  void a_node_has_the_disk_of_its_system_and_empty_ones() {
    assertThat(root.get(DISKS + "/list?type=unused").size()).isEqualTo(4);
    assertThat(used("sda")).isEqualTo("BIOS boot");
    var parts = root.get(DISKS + "/list?include-partitions=1");
    assertThat(parts.get(0).get("used").asText()).isEqualTo("partitions");
    assertThat(parts.get(2).get("mounted").asInt()).isOne();
    assertThat(root.refused("GET", DISKS + "/smart?disk=/dev/sdz"))
        .isEqualTo("500 not a valid block device");
    assertThat(root.get(DISKS + "/smart?disk=/dev/sdb&healthonly=1").toString())
        .isEqualTo("{\"health\":\"OK\"}");
  }

  @Test
  void a_pool_of_disks_becomes_a_storage_and_the_disks_come_back() {
    assertThat(
            root.ended(
                "POST",
                DISKS + "/zfs",
                "name=tank",
                "raidlevel=mirror",
                "devices=/dev/sdb,/dev/sdc",
                "add_storage=1"))
        .isEqualTo("OK");

    assertThat(root.get(DISKS + "/zfs").get(0).get("health").asText()).isEqualTo("ONLINE");
    var vdev = root.get(DISKS + "/zfs/tank").get("children").get(0).get("children").get(0);
    assertThat(vdev.get("name").asText()).isEqualTo("mirror-0");
    assertThat(vdev.get("children").get(1).get("name").asText()).isEqualTo("/dev/sdc1");
    assertThat(root.get("/storage/tank").get("nodes").asText()).isEqualTo("pve");
    assertThat(root.get("/nodes/pve/scan/zfs").toString()).isEqualTo("[{\"pool\":\"tank\"}]");
    assertThat(root.get("/nodes/pve/storage/tank/status").get("active").asInt()).isOne();
    assertThat(used("sdb")).isEqualTo("ZFS");
    assertThat(root.refused("POST", DISKS + "/lvm", "name=vg1", "device=/dev/sdb"))
        .isEqualTo("500 device '/dev/sdb' is already in use");

    root.done("DELETE", DISKS + "/zfs/tank?cleanup-config=1&cleanup-disks=1");
    assertThat(root.refused("GET", "/storage/tank")).isEqualTo("500 storage 'tank' does not exist");
    assertThat(used("sdb")).isEmpty();
  }

  @Test
  void a_level_wants_its_number_of_disks() {
    assertThat(
            root.refused(
                "POST", DISKS + "/zfs", "name=t1", "raidlevel=raidz", "devices=/dev/sdb,/dev/sdc"))
        .isEqualTo("500 raidz needs at least 3 disks");
    assertThat(
            root.refused(
                "POST",
                DISKS + "/zfs",
                "name=t1",
                "raidlevel=raid10",
                "devices=/dev/sdb,/dev/sdc,/dev/sdd"))
        .isEqualTo("500 raid10 needs an even number of disks");
    assertThat(
            root.refused(
                "POST", DISKS + "/zfs", "name=t1", "raidlevel=single", "devices=/dev/sdb,/dev/sdc"))
        .isEqualTo("500 please give only one disk for single disk mode");
  }

  @Test
  void a_group_with_a_pool_in_it_cannot_be_wiped() {
    root.done("POST", DISKS + "/lvmthin", "name=fast", "device=/dev/sdd", "add_storage=1");
    assertThat(root.get("/storage/fast").get("thinpool").asText()).isEqualTo("fast");
    assertThat(root.get(DISKS + "/lvm").get("children").get(0).get("name").asText())
        .isEqualTo("fast");
    assertThat(root.refused("PUT", DISKS + "/wipedisk", "disk=/dev/sdd"))
        .isEqualTo("500 disk/partition '/dev/sdd' has a holder");
    assertThat(root.refused("PUT", DISKS + "/wipedisk", "disk=/dev/sda"))
        .isEqualTo("500 disk/partition '/dev/sda2' is mounted");
    assertThat(root.ended("DELETE", DISKS + "/lvmthin/slow?volume-group=fast"))
        .isEqualTo("no such thin pool fast/slow");
    root.done("DELETE", DISKS + "/lvmthin/fast?volume-group=fast");
    assertThat(root.get("/nodes/pve/scan/lvm").size()).isEqualTo(2);
    root.done("PUT", DISKS + "/wipedisk", "disk=/dev/sdd");
    assertThat(root.get("/nodes/pve/scan/lvm").size()).isOne();
  }

  @Test
  void a_mounted_disk_holds_files() {
    root.done("POST", DISKS + "/directory", "name=backup", "device=/dev/sde", "add_storage=1");
    assertThat(root.get(DISKS + "/directory").get(0).get("unitfile").asText())
        .isEqualTo("/etc/systemd/system/mnt-pve-backup.mount");
    assertThat(root.get("/nodes/pve/storage/backup/status").get("total").asLong())
        .isEqualTo(100L << 30);
    assertThat(
            root.refused(
                "POST", DISKS + "/directory", "name=backup", "device=/dev/sdb", "add_storage=1"))
        .isEqualTo("500 Storage ID 'backup' already exists on node pve");
    assertThat(root.refused("POST", DISKS + "/directory", "name=backup", "device=/dev/sdb"))
        .isEqualTo("500 the path for 'backup' is already mounted: /mnt/pve/backup (/dev/sde1)");
  }

  @Test
  void a_saved_world_keeps_what_is_on_its_disks() {
    root.done("POST", DISKS + "/lvm", "name=vg1", "device=/dev/sdb");
    var saved = root.simulator().save();
    assertThat(saved.toString()).contains("GROUP vg1");
  }

  @Test
  void around_a_node_are_the_servers_that_storages_use() {
    assertThat(root.refused("GET", "/nodes/pve/scan/nfs?server=nas.example"))
        .isEqualTo("500 unable to resolve address for server 'nas.example'");
    assertThat(root.refused("GET", "/nodes/pve/scan/nfs?server=192.0.2.9"))
        .isEqualTo(
            "500 command '/sbin/showmount --no-headers --exports 192.0.2.9' failed: exit code 1");
    root.done("POST", "/storage", "storage=nas", "type=nfs", "server=192.0.2.9", "export=/srv/x");
    assertThat(root.get("/nodes/pve/scan/nfs?server=192.0.2.9").toString())
        .isEqualTo("[{\"path\":\"/srv/x\",\"options\":\"*\"}]");
    assertThat(root.refused("GET", "/nodes/pve/scan/pbs?server=192.0.2.8&username=u&password=p"))
        .isEqualTo(
            "500 error fetching datastores - 500 Can't connect to 192.0.2.8:8007 (No route to host)");
  }
}
