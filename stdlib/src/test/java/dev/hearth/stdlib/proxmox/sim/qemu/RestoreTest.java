package dev.hearth.stdlib.proxmox.sim.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Backups that become guests again. */
class RestoreTest {
  private final Lab lab = Lab.open().as(Lab.ROOT);

  private Lab.Outcome call(Lab as, String verb, String path, String form) {
    var target = "/api2/json/nodes/pve" + path;
    return as.new Outcome(as.answer(SimRequest.form(verb, target, as.headers(), form)));
  }

  private String backup(String options) {
    var outcome = call(lab, "POST", "/vzdump", "storage=local&compress=zstd&" + options);
    assertThat(outcome.said()).isEqualTo("task: OK");
    return newest().get("volid").asText();
  }

  private JsonNode newest() {
    var answer =
        lab.answer(
            SimRequest.of(
                "GET", "/api2/json/nodes/pve/storage/local/content?content=backup", lab.headers()));
    var data = lab.new Outcome(answer).data();
    return data.get(data.size() - 1);
  }

  @Test
  void a_vm_is_restored_as_it_was_when_it_was_saved() {
    lab.call(
            "POST",
            "",
            "vmid=100",
            "name=web",
            "memory=512",
            "scsi0=local:2,discard=on",
            "net0=virtio,bridge=vmbr0")
        .said();
    var before = lab.config(100);
    var volid = backup("vmid=100");
    lab.call("PUT", "/100/config", "name=changed", "memory=1024");

    var outcome = lab.call("POST", "", "vmid=100", "archive=" + volid, "force=1");

    assertThat(outcome.said()).isEqualTo("task: OK");
    for (var key : new String[] {"name", "memory", "scsi0", "net0", "smbios1"}) {
      assertThat(lab.config(100).path(key)).as(key).isEqualTo(before.path(key));
    }
    assertThat(lab.config(100, "vmgenid")).isNotEqualTo(before.path("vmgenid").asText());
    assertThat(lab.config(100, "lock")).isEqualTo("(absent)");
  }

  @Test
  void a_copy_can_be_unique_and_lie_elsewhere() {
    lab.call(
            "POST",
            "",
            "vmid=100",
            "scsi0=local:2",
            "ide2=local:cloudinit",
            "net0=virtio,bridge=vmbr0")
        .said();
    var volid = backup("vmid=100");

    var outcome =
        lab.call(
            "POST",
            "",
            "vmid=101",
            "archive=" + volid,
            "unique=1",
            "storage=local-lvm",
            "name=copy");

    assertThat(outcome.said()).isEqualTo("task: OK");
    assertThat(lab.config(101, "scsi0")).isEqualTo("local-lvm:vm-101-disk-0,size=2G");
    assertThat(lab.config(101, "ide2")).isEqualTo("local-lvm:vm-101-cloudinit,media=cdrom");
    assertThat(lab.config(101, "name")).isEqualTo("copy");
    assertThat(lab.config(101, "net0")).isNotEqualTo(lab.config(100, "net0"));
    assertThat(lab.config(101, "smbios1")).isNotEqualTo(lab.config(100, "smbios1"));
  }

  @Test
  void an_id_that_is_taken_is_not_overwritten_without_force_or_while_it_runs() {
    lab.call("POST", "", "vmid=100", "scsi0=local:1").said();
    var volid = backup("vmid=100");

    assertThat(lab.call("POST", "", "vmid=100", "archive=" + volid).said())
        .isEqualTo("500 unable to restore VM 100 - VM 100 already exists on node 'pve'");
    lab.call("POST", "/100/status/start").said();
    assertThat(lab.call("POST", "", "vmid=100", "archive=" + volid, "force=1").said())
        .isEqualTo("500 unable to restore VM 100 - vm is running");
    assertThat(lab.config(100, "lock")).isEqualTo("(absent)");
  }

  @Test
  void a_disk_that_is_not_backed_up_is_not_restored() {
    lab.call("POST", "", "vmid=100", "scsi0=local:1", "scsi1=local:1,backup=0").said();
    var volid = backup("vmid=100");

    lab.call("POST", "", "vmid=101", "archive=" + volid).said();

    assertThat(lab.config(101, "scsi0")).isEqualTo("local:101/vm-101-disk-0.raw,size=1G");
    assertThat(lab.config(101, "scsi1")).isEqualTo("(absent)");
  }

  @Test
  void a_guest_is_locked_while_it_is_saved_and_free_again() {
    lab.call("POST", "", "vmid=100", "scsi0=local:1").said();
    lab.simulator
        .world()
        .lock()
        .holding(
            () ->
                Objects.requireNonNull(lab.simulator.world().guests().get(100))
                    .config()
                    .put("lock", "migrate"));

    var outcome = call(lab, "POST", "/vzdump", "storage=local&vmid=100");

    assertThat(outcome.said()).isEqualTo("task: job errors");
    assertThat(outcome.log()).contains("ERROR: Backup of VM 100 failed - VM is locked (migrate)");
  }

  @Test
  void a_container_is_restored_too() {
    var containers = lab.containers();
    var template = "ostemplate=local:vztmpl/alpine-3.19_3.19.0_amd64.tar.zst";
    containers
        .call(
            "POST",
            "",
            "vmid=200",
            template,
            "rootfs=local:1",
            "hostname=dns",
            "unprivileged=1",
            "mp0=local:1,mp=/data,backup=1",
            "mp1=local:1,mp=/scratch")
        .said();
    var volid = backup("vmid=200");
    assertThat(volid).matches("local:backup/vzdump-lxc-200-.*\\.tar\\.zst");

    var outcome =
        containers.call(
            "POST",
            "",
            "vmid=201",
            "ostemplate=" + volid,
            "restore=1",
            "hostname=dns2",
            "storage=local2");

    assertThat(outcome.said()).isEqualTo("task: OK");
    assertThat(containers.config(201, "hostname")).isEqualTo("dns2");
    assertThat(containers.config(201, "rootfs")).isEqualTo("local2:201/vm-201-disk-0.raw,size=1G");
    assertThat(containers.config(201, "mp0")).startsWith("local2:201/vm-201-disk-1.raw,");
    assertThat(containers.config(201, "mp1")).isEqualTo("(absent)");
    assertThat(containers.config(201, "unprivileged")).isEqualTo("1");
    assertThat(containers.call("POST", "/201/status/start").said()).isEqualTo("task: OK");
  }

  @Test
  void a_backup_of_one_kind_is_not_restored_as_another() {
    lab.call("POST", "", "vmid=100", "scsi0=local:1").said();
    var volid = backup("vmid=100");

    var outcome = lab.containers().call("POST", "", "vmid=201", "ostemplate=" + volid, "restore=1");

    assertThat(outcome.said())
        .isEqualTo(
            "task: unable to restore CT 201 - can't restore a backup of type 'qemu' as 'lxc'");
  }

  @Test
  void the_configuration_in_a_backup_can_be_read() {
    lab.call("POST", "", "vmid=100", "name=web", "scsi0=local:1").said();
    var volid = backup("vmid=100");

    var answer =
        lab.answer(
            SimRequest.of(
                "GET", "/api2/json/nodes/pve/vzdump/extractconfig?volume=" + volid, lab.headers()));

    assertThat(lab.new Outcome(answer).data().asText())
        .contains("name: web\n")
        .contains("scsi0: local:100/vm-100-disk-0.raw,size=1G\n");
  }

  @Test
  void backups_survive_saving_and_loading_a_world() {
    lab.call("POST", "", "vmid=100", "name=web", "scsi0=local:1").said();
    var volid = backup("vmid=100");
    var world = lab.simulator.world();

    var loaded = World.restore(world.save(), world.clock());

    var volume = loaded.storages().volume("pve", volid).orElseThrow();
    assertThat(Objects.requireNonNull(volume.archive()).config()).containsEntry("name", "web");
  }
}
