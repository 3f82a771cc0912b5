package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ensure} and {@code plan} of VMs and containers, as recipes see them. */
class EnsureGuestTest {
  private static final String BEFORE =
      """
      const web = {
        name: 'web', node: 'pve', memory: '1GiB', cores: 2, agent: 'enabled=1', onboot: 0, cpu: 'host',
        net0: 'virtio,bridge=vmbr0,firewall=0', scsi0: 'local-lvm:8,ssd=1', scsihw: 'virtio-scsi-pci',
        ide2: 'local-lvm:cloudinit', ipconfig0: 'gw=10.0.0.1,ip=10.0.0.5/24', boot: 'order=scsi0',
        tags: ['web', 'Lab', 'web'], ciuser: 'ops', cipassword: 'hush', description: 'a\\nb\\n',
      };
      """;

  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(
          WorldBuilder.standard(Clock.system())
              .file("local:import/cloud.qcow2", 300L << 20, 3L << 30)
              .file("local:vztmpl/alpine.tar.zst", 1_078_455, 2_017_280)
              .build(),
          ImageSource.none());
  private final RecipeBody recipe;

  EnsureGuestTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder, simulator, Clock.system(), BEFORE);
  }

  @Test
  void what_is_wanted_is_made_once_and_is_then_so() throws Exception {
    var made =
        recipe.data(
            """
            const planned = await pve.vms.plan(web);
            const none = await pve.vms.list();
            const first = await pve.vms.ensure(web);
            const mac = (await pve.vm(first).config()).net0;
            const again = await pve.vms.ensure(web);
            const byId = await pve.vms.ensure({ ...web, vmid: first.vmid, node: undefined });
            const kept = (await pve.vm(first).config()).net0 === mac;
            return { planned, none: none.length, first, again, byId, kept, all: (await pve.vms.list()).length };
            """);
    assertThat(made.path("none").asInt()).isZero();
    assertThat(made.at("/planned/actions").toString()).isEqualTo("[\"create\"]");
    assertThat(made.at("/planned/vmid").isNull()).isTrue();
    assertThat(made.at("/planned/after/cipassword").asText()).isEqualTo("***");
    assertThat(made.at("/first/changed").asBoolean()).isTrue();
    assertThat(made.at("/first/before").isNull()).isTrue();
    assertThat(made.at("/first/after/tags").asText()).isEqualTo("lab;web");
    assertThat(made.at("/first/after/memory").asText()).isEqualTo("1024");
    assertThat(made.toString()).doesNotContain("hush");
    for (var again : new String[] {"again", "byId"}) {
      assertThat(made.path(again).path("changed").asBoolean()).as(again).isFalse();
      assertThat(made.path(again).path("differences")).isEmpty();
      assertThat(made.path(again).path("actions")).isEmpty();
      assertThat(made.path(again).path("unchecked").toString()).isEqualTo("[\"cipassword\"]");
    }
    assertThat(made.path("kept").asBoolean()).isTrue();
    assertThat(made.path("all").asInt()).isEqualTo(1);
  }

  @Test
  void one_name_that_is_ensured_many_times_at_once_is_made_once() throws Exception {
    var told =
        recipe.data(
            """
            const all = await Promise.all(Array.from({ length: 5 }, () => pve.vms.ensure(web)));
            return [all.filter(({ changed }) => changed).length, (await pve.vms.list()).length];
            """);
    assertThat(told).hasToString("[1,1]");
  }

  @Test
  void only_what_differs_is_changed_and_null_removes() throws Exception {
    var changed =
        recipe.data(
            """
            const { vmid } = await pve.vms.ensure(web);
            const mac = /BC:24:11[0-9A-F:]+/.exec((await pve.vm(vmid).config()).net0)[0];
            const wanted = {
              vmid, memory: 2048, net0: 'virtio,bridge=vmbr0,tag=5', scsi0: 'local-lvm:10', ciuser: null, tags: 'lab web',
            };
            const plan = await pve.vms.ensure(wanted, { dryRun: true });
            const done = await pve.vms.ensure(wanted);
            const { net0, scsi0, cores, ciuser } = await pve.vm(vmid).config();
            return { plan, done, net0: net0.replace(mac, 'MAC'), scsi0, cores, ciuser, again: await pve.vms.ensure(wanted) };
            """);
    assertThat(changed.at("/plan/differences"))
        .extracting(JsonNode::asText)
        .map(text -> text.replaceAll("BC:24:11(:[0-9A-F]{2}){3}", "MAC"))
        .containsExactly(
            "memory 1024 -> 2048",
            "net0 virtio=MAC,bridge=vmbr0,firewall=0 -> virtio=MAC,bridge=vmbr0,tag=5",
            "scsi0 local-lvm:vm-100-disk-0,size=8G,ssd=1 -> local-lvm:vm-100-disk-0,size=8G",
            "scsi0 8G -> 10G",
            "ciuser ops -> none");
    assertThat(changed.at("/plan/actions").toString()).isEqualTo("[\"change\",\"resize\"]");
    assertThat(changed.at("/done/actions").toString()).isEqualTo("[\"change\",\"resize\"]");
    assertThat(changed.at("/done/needs").isNull()).isTrue();
    assertThat(changed.at("/done/before/memory").asText()).isEqualTo("1024");
    assertThat(changed.at("/done/after/memory").asText()).isEqualTo("2048");
    assertThat(changed.at("/done/before/ciuser").asText()).isEqualTo("ops");
    assertThat(changed.at("/done/after/ciuser").isNull()).isTrue();
    assertThat(changed.path("net0").asText()).isEqualTo("virtio=MAC,bridge=vmbr0,tag=5");
    assertThat(changed.path("scsi0").asText()).isEqualTo("local-lvm:vm-100-disk-0,size=10G");
    assertThat(changed.path("cores").asInt()).isEqualTo(2);
    assertThat(changed.has("ciuser")).isFalse();
    assertThat(changed.at("/again/changed").asBoolean()).isFalse();
  }

  @Test
  void what_waits_for_a_reboot_is_named_before_and_after_and_done_on_demand() throws Exception {
    var told =
        recipe.data(
            """
            const made = { ...web, scsi0: 'local-lvm:0,import-from=local:import/cloud.qcow2,size=12GiB' };
            const { vmid, after } = await pve.vms.ensure(made);
            const vm = pve.vm(vmid);
            await vm.start();
            const wanted = { vmid, cores: 4, name: 'web2', memory: 1024 };
            const plan = await pve.vms.plan(wanted);
            const done = await pve.vms.ensure(wanted);
            const uptimeKept = (await vm.status()).cpus;
            const again = await pve.vms.ensure(wanted);
            const rebooted = await pve.vms.ensure(wanted, { reboot: true });
            return { made: after.scsi0, remade: await pve.vms.plan({ ...made, name: 'web2', cores: 4 }), plan, done, uptimeKept, again, rebooted, cpus: (await vm.status()).cpus };
            """);
    assertThat(told.path("made").asText()).isEqualTo("local-lvm:vm-100-disk-0,size=12G");
    assertThat(told.at("/remade/differences")).isEmpty();
    for (var at : new String[] {"plan", "done", "again"}) {
      assertThat(told.path(at).path("needs").asText()).as(at).isEqualTo("reboot");
      assertThat(told.path(at).path("pending").toString()).as(at).isEqualTo("[\"cores\"]");
    }
    assertThat(told.at("/uptimeKept").asInt()).isEqualTo(2);
    assertThat(told.at("/again/changed").asBoolean()).isFalse();
    assertThat(told.at("/rebooted/actions").toString()).isEqualTo("[\"reboot\"]");
    assertThat(told.at("/rebooted/needs").isNull()).isTrue();
    assertThat(told.path("cpus").asInt()).isEqualTo(4);
  }

  @Test
  void a_disk_never_shrinks_nor_moves_by_itself_and_nothing_else_is_done_either() throws Exception {
    var refused =
        recipe.data(
            """
            const { vmid } = await pve.vms.ensure(web);
            const error = await caught(() => pve.vms.ensure({ vmid, cores: 4, scsi0: 'local-lvm:4,ssd=1' }));
            const moved = await caught(() => pve.vms.ensure({ vmid, cores: 4, scsi0: 'local:8,ssd=1' }));
            return [error, moved.message, (await pve.vm(vmid).config()).cores];
            """);
    assertThat(refused.at("/0/code").asText()).isEqualTo("proxmox.guest-fixed");
    assertThat(refused.at("/0/message").asText())
        .isEqualTo("VM 100 cannot become what is wanted: `scsi0` has 8G and cannot shrink to 4G.");
    assertThat(refused.at("/1").asText())
        .isEqualTo("VM 100 is not where it is wanted: scsi0 storage local-lvm -> local.");
    assertThat(refused.at("/2").asInt()).isEqualTo(2);
  }

  @Test
  void a_failed_write_tells_what_did_change() throws Exception {
    var told =
        recipe.data(
            """
            const { vmid } = await pve.vms.ensure({ ...web, ide2: 'none,media=cdrom' });
            return caught(() => pve.vms.ensure({ vmid, ide2: null, ide0: 'nowhere:cloudinit', cores: 3 }));
            """);
    assertThat(told.path("code").asText()).isEqualTo("proxmox.storage-not-found");
    assertThat(told.at("/details/changed").toString()).isEqualTo("[\"cores\",\"ide2\"]");
    assertThat(told.path("hint").asText())
        .isEqualTo(
            "Mind that this did change all the same: `cores`, `ide2`. List the storages"
                + " with `pve.storages.list()`.");
  }

  @Test
  void a_specification_that_is_none_is_refused_with_all_that_is_wrong() throws Exception {
    var refused =
        recipe.data(
            """
            return [
              (await caught(() => pve.vms.ensure({ name: 'a', node: 'pve', corse: 2, nett0: 'x' }))).message,
              (await caught(() => pve.vms.ensure({ node: 'pve', cores: 2 }))).message,
              (await caught(() => pve.vms.ensure({ name: 'a' }))).message,
              (await caught(() => pve.vms.ensure({ name: 'a', net0: { bridge: 'vmbr0' } }))).message,
              (await caught(() => pve.cts.ensure({ vmid: 'x' }))).message,
            ];
            """);
    assertThat(refused)
        .extracting(JsonNode::asText)
        .containsExactly(
            "This is not a specification of a VM: there is no `corse` (did you mean `cores`?); there"
                + " is no `nett0` (did you mean `net0`?).",
            "This is not a specification of a VM: neither `vmid` nor `name` says which one it is.",
            "This is not a specification of a VM: it is not there yet, and no `node` says where.",
            "The parameter `net0` is an object, which Proxmox cannot take.",
            "This is not a specification of a container: `vmid` is no whole number.");
  }

  @Test
  void a_container_is_made_once_and_changed_where_it_differs() throws Exception {
    var told =
        recipe.data(
            """
            const dns = {
              hostname: 'dns', node: 'pve', ostemplate: 'local:vztmpl/alpine.tar.zst', password: 'hush-hush', unprivileged: true,
              rootfs: 'local-lvm:1', memory: '256MiB', swap: 512, net0: 'bridge=vmbr0,name=eth0,ip=dhcp',
              features: 'nesting=1', nameserver: ['10.0.0.1', '10.0.0.2'], description: 'mine', mp0: 'local-lvm:1,mp=/srv',
            };
            const first = await pve.cts.ensure(dns);
            const again = await pve.cts.ensure(dns);
            await pve.ct(first).start();
            const more = await pve.cts.ensure({ ...dns, rootfs: 'local-lvm:2', memory: 512, features: 'nesting=0' });
            const fixed = await caught(() => pve.cts.ensure({ ...dns, rootfs: 'local-lvm:2', unprivileged: 0 }));
            return { first, again, more, fixed };
            """);
    assertThat(told.at("/first/changed").asBoolean()).isTrue();
    assertThat(told.at("/again/differences")).isEmpty();
    assertThat(told.at("/again/changed").asBoolean()).isFalse();
    assertThat(told.at("/more/actions").toString()).isEqualTo("[\"change\",\"resize\"]");
    assertThat(told.at("/more/pending").toString()).isEqualTo("[\"features\"]");
    assertThat(told.at("/more/after/memory").asText()).isEqualTo("512");
    assertThat(told.at("/more/after/rootfs").asText()).contains("size=2G");
    assertThat(told.at("/fixed/message").asText())
        .isEqualTo(
            "Container 100 cannot become what is wanted: `unprivileged` can only be chosen when the"
                + " container is made.");
    assertThat(told.toString()).doesNotContain("hush-hush");
  }
}
