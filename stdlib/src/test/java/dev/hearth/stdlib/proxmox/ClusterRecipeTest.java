package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster, its firewall, networks and services as recipes see them, against the simulator. */
class ClusterRecipeTest {
  private final RecipeBody recipe;

  ClusterRecipeTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder);
  }

  private void cluster(int major) throws Exception {
    var world = WorldBuilder.cluster(new SteppedClock(), major, 3).build();
    Files.writeString(
        recipe.world(),
        JsonNodeFactory.instance.objectNode().set("proxmox", world.save()).toString());
  }

  @Test
  void a_vm_moves_with_its_disks_and_its_handle_is_where_it_is_then() throws Exception {
    cluster(8);
    assertThat(
            recipe.value(
                """
                const vm = await pve.vms.create({ node: 'pve1', vmid: 100, scsi0: 'local-lvm:1' });
                await vm.start();
                const refusal = await failure(() => vm.migrate({ target: 'pve2' }));
                const moved = await vm.migrate({ target: 'pve2', 'with-local-disks': true });
                const { status } = await moved.status();
                return [moved, status, refusal.startsWith('proxmox.task-failed'), (await moved.metrics()).length,
                  (await pve.cluster.resources({ type: 'vm' })).map(({ node }) => node)];
                """))
        .isEqualTo("[{\"vmid\":100,\"node\":\"pve2\"},\"running\",true,70,[\"pve2\"]]");
  }

  @Test
  void a_replication_job_is_made_once_and_changed_only_where_it_differs() throws Exception {
    cluster(8);
    assertThat(
            recipe.value(
                """
                const { vmid } = await pve.vms.create({ node: 'pve1', vmid: 100 });
                const job = { id: `${vmid}-0`, target: 'pve2', schedule: '*/30', comment: 'copies' };
                const dry = await pve.replication.ensure(job, { dryRun: true });
                const none = await pve.replication.find(job.id);
                const first = await pve.replication.ensure(job);
                const again = await pve.replication.ensure(job);
                const other = await pve.replication.ensure({ ...job, schedule: '*/15', comment: null });
                const spelled = await pve.replication.ensure({ id: job.id, target: 'pve2', schedule: '*/15', disable: false });
                const elsewhere = await failure(() => pve.replication.ensure({ ...job, target: 'pve3' }));
                return [dry.changed, none, first.changed, again, other, spelled.changed, elsewhere, (await pve.replication.list()).length];
                """))
        .isEqualTo(
            "[true,null,true,{\"changed\":false,\"before\":{\"schedule\":\"*/30\",\"comment\":\"copies\"},"
                + "\"after\":{\"schedule\":\"*/30\",\"comment\":\"copies\"}},"
                + "{\"changed\":true,\"before\":{\"schedule\":\"*/30\",\"comment\":\"copies\"},"
                + "\"after\":{\"schedule\":\"*/15\"}},false,"
                + "\"proxmox.fixed: The target of replication job `100-0` is pve2 and cannot become pve3.\",1]");
  }

  @Test
  void what_is_chosen_when_a_thing_is_made_is_not_overlooked_later() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.storages.ensure({ storage: 'backup', type: 'dir', path: '/srv/backup', content: ['backup'] });
                await pve.sdn.zones.ensure({ zone: 'lab', type: 'vlan', bridge: 'vmbr0' });
                return [
                  await failure(() => pve.storages.ensure({ storage: 'backup', type: 'nfs' })),
                  await failure(() => pve.sdn.zones.ensure({ zone: 'lab', type: 'simple' })),
                  (await pve.storages.ensure({ storage: 'backup', type: 'dir', content: ['backup'] })).changed,
                  (await pve.sdn.zones.ensure({ zone: 'lab', type: 'vlan', bridge: 'vmbr0' })).changed,
                ];
                """))
        .isEqualTo(
            "[\"proxmox.fixed: The type of storage `backup` is dir and cannot become nfs.\","
                + "\"proxmox.fixed: The type of zone `lab` is vlan and cannot become simple.\",false,false]");
  }

  @Test
  void services_are_kept_on_nodes_by_a_rule_since_version_9() throws Exception {
    cluster(9);
    assertThat(
            recipe.value(
                """
                await pve.vms.create({ node: 'pve1', vmid: 100 });
                await pve.ha.resources.ensure({ sid: 'vm:100', state: 'stopped' });
                const spec = { name: 'here', nodes: ['pve1', 'pve2'], resources: ['vm:100'] };
                const first = await pve.ha.keepOn(spec);
                const second = await pve.ha.keepOn({ ...spec, nodes: ['pve2', 'pve1'] });
                const third = await pve.ha.keepOn({ ...spec, nodes: ['pve3'] });
                const [{ nodes, type }] = await pve.ha.rules.list();
                return [first.changed, second.changed, third.changed, nodes, type];
                """))
        .isEqualTo("[true,false,true,\"pve3\",\"node-affinity\"]");
  }

  @Test
  void a_rule_is_changed_by_what_differs_alone_and_keeps_its_type() throws Exception {
    cluster(9);
    assertThat(
            recipe.value(
                """
                await pve.vms.create({ node: 'pve1', vmid: 100 });
                await pve.ha.resources.ensure({ sid: 'vm:100', state: 'stopped' });
                const spec = { rule: 'here', type: 'node-affinity', nodes: ['pve1'], resources: ['vm:100'] };
                await pve.ha.rules.ensure(spec);
                const { changed } = await pve.ha.rules.ensure({ rule: 'here', nodes: ['pve2'], strict: true });
                const other = await failure(() => pve.ha.rules.ensure({ ...spec, type: 'resource-affinity' }));
                const [{ nodes, type, strict }] = await pve.ha.rules.list();
                return [changed, nodes, type, strict, other];
                """))
        .isEqualTo(
            "[true,\"pve2\",\"node-affinity\",1,\"proxmox.fixed: The type of HA rule `here` is"
                + " node-affinity and cannot become resource-affinity.\"]");
  }

  @Test
  void a_bridge_is_ensured_once_and_waits_until_it_is_applied_on_purpose() throws Exception {
    assertThat(
            recipe.value(
                """
                const { bridges, network } = pve.node('pve');
                const spec = { iface: 'vmbr1', cidr: '10.1.0.1/24', autostart: true, comments: 'lab' };
                const first = await bridges.ensure(spec);
                const second = await bridges.ensure(spec);
                const third = await bridges.ensure({ ...spec, cidr: '10.1.0.2/24' }, { apply: true });
                const fourth = await bridges.ensure({ iface: 'vmbr1', comments: null });
                await network.revert();
                const { cidr, comments } = await bridges.find('vmbr1');
                return [first, second, third.after.cidr, third.pending, fourth.changed, cidr, comments];
                """))
        .isEqualTo(
            "[{\"changed\":true,\"before\":null,\"after\":{\"cidr\":\"10.1.0.1/24\",\"autostart\":1,"
                + "\"comments\":\"lab\"},\"pending\":true},"
                + "{\"changed\":false,\"before\":{\"cidr\":\"10.1.0.1/24\",\"autostart\":1,"
                + "\"comments\":\"lab\"},\"after\":{\"cidr\":\"10.1.0.1/24\",\"autostart\":1,"
                + "\"comments\":\"lab\"},\"pending\":true},"
                + "\"10.1.0.2/24\",false,true,\"10.1.0.2/24\",\"lab\\n\"]");
  }

  @Test
  void vlans_and_bonds_are_ensured_as_bridges_are() throws Exception {
    assertThat(
            recipe.value(
                """
                const { network } = pve.node('pve');
                for (const iface of ['eth1', 'eth2']) await network.ensure({ iface, type: 'eth' });
                const bond = { iface: 'bond0', type: 'bond', slaves: ['eth2', 'eth1'], bond_mode: 'active-backup', autostart: true };
                const vlan = { iface: 'vmbr0.20', type: 'vlan', cidr: '10.20.0.1/24', autostart: true };
                const told = [];
                for (const spec of [bond, vlan]) {
                  const [first, again] = [await network.ensure(spec), await network.ensure(spec)];
                  told.push([first.changed, first.pending, again.changed]);
                }
                const changed = await network.ensure({ ...vlan, cidr: '10.20.0.2/24' }, { apply: true });
                return [told, changed.before.cidr, changed.after.cidr, changed.pending,
                  (await network.ensure({ ...bond, slaves: 'eth1 eth2' })).changed,
                  await failure(() => network.ensure({ ...vlan, type: 'bridge' }))];
                """))
        .isEqualTo(
            "[[[true,true,false],[true,true,false]],\"10.20.0.1/24\",\"10.20.0.2/24\",false,false,"
                + "\"proxmox.fixed: The type of network interface `vmbr0.20` is vlan and cannot become bridge.\"]");
  }

  @Test
  void a_subnet_that_waits_to_be_applied_is_noticed() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.sdn.zones.ensure({ zone: 'lab', type: 'simple' });
                await pve.sdn.vnets.ensure({ vnet: 'web', zone: 'lab' });
                await pve.sdn.apply();
                const before = await pve.sdn.pending();
                const subnet = { subnet: '10.9.0.0/24', gateway: '10.9.0.1' };
                const made = await pve.sdn.subnets('web').ensure(subnet);
                const waits = await pve.sdn.pending();
                await pve.sdn.apply();
                return [before, made.changed, waits, await pve.sdn.pending(), (await pve.sdn.subnets('web').ensure(subnet)).changed];
                """))
        .isEqualTo("[false,true,true,false,false]");
  }

  @Test
  void nodes_and_storages_are_found_by_name_and_tell_their_figures() throws Exception {
    assertThat(
            recipe.value(
                """
                return [(await pve.nodes.find('pve')).status, await pve.nodes.find('nowhere'), (await pve.nodes.get('pve')).node,
                  (await failure(() => pve.nodes.get('nowhere'))).split(':')[0], (await pve.storage('local-lvm').metrics()).length > 0];
                """))
        .isEqualTo("[\"online\",null,\"pve\",\"proxmox.node-not-found\",true]");
  }

  @Test
  void rules_are_ensured_as_a_list_in_its_order_on_every_level() throws Exception {
    assertThat(
            recipe.value(
                """
                const vm = await pve.vms.create({ node: 'pve', vmid: 100 });
                const told = [];
                for (const { rules } of [pve.cluster.firewall, pve.node('pve').firewall, vm.firewall]) {
                  await rules.create({ type: 'in', action: 'DROP', comment: 'old' });
                  const wanted = [
                    { type: 'in', action: 'ACCEPT', proto: 'tcp', dport: '22', comment: 'ssh' },
                    { type: 'in', action: 'ACCEPT', macro: 'HTTPS', enable: false },
                  ];
                  const first = await rules.ensure(wanted);
                  const second = await rules.ensure(wanted);
                  told.push([first.changed, second.changed, first.after.map((rule) => [rule.dport ?? rule.macro, rule.enable])]);
                }
                return told;
                """))
        .isEqualTo(
            "[[true,false,[[\"22\",1],[\"HTTPS\",0]]],[true,false,[[\"22\",1],[\"HTTPS\",0]]],"
                + "[true,false,[[\"22\",1],[\"HTTPS\",0]]]]");
  }

  @Test
  void names_and_options_of_the_firewall_are_ensured() throws Exception {
    assertThat(
            recipe.value(
                """
                const { aliases, ipsets, options, groups } = pve.cluster.firewall;
                const twice = async (work) => [(await work()).changed, (await work()).changed];
                const done = [
                  await twice(() => aliases.ensure({ name: 'lan', cidr: '10.0.0.0/8', comment: 'home' })),
                  await twice(() => aliases.ensure({ name: 'lan', cidr: '10.0.0.0/16' })),
                  await twice(() => ipsets.ensure({ name: 'admins', entries: ['10.0.0.1', { cidr: 'lan', nomatch: true }] })),
                  await twice(() => ipsets.ensure({ name: 'admins', entries: ['10.0.0.1'] })),
                  await twice(() => options.ensure({ policy_in: 'DROP', enable: 0 })),
                ];
                await groups.create({ group: 'web' });
                await groups.rules('web').ensure([{ type: 'in', action: 'ACCEPT', macro: 'HTTP' }]);
                return [done, (await aliases.find('LAN')).comment, await options.get().then(({ policy_in }) => policy_in)];
                """))
        .isEqualTo(
            "[[[true,false],[true,false],[true,false],[true,false],[true,false]],\"home\",\"DROP\"]");
  }

  @Test
  void networks_hold_once_they_are_applied() throws Exception {
    assertThat(
            recipe.value(
                """
                const { zones, vnets, subnets } = pve.sdn;
                const twice = async (work) => [(await work()).changed, (await work()).changed];
                const done = [
                  await twice(() => zones.ensure({ zone: 'lab', type: 'vlan', bridge: 'vmbr0', mtu: 1450 })),
                  await twice(() => vnets.ensure({ vnet: 'web', zone: 'lab', tag: 20 })),
                  await twice(() => subnets('web').ensure({ subnet: '10.0.0.0/24', gateway: '10.0.0.1', snat: true })),
                  await twice(() => vnets.ensure({ vnet: 'web', tag: 30 })),
                ];
                const before = await pve.sdn.pending();
                await pve.sdn.apply();
                return [done, before, await pve.sdn.pending()];
                """))
        .isEqualTo("[[[true,false],[true,false],[true,false],[true,false]],true,false]");
  }

  @Test
  void resources_are_kept_on_nodes_and_released() throws Exception {
    assertThat(
            recipe.value(
                """
                await pve.vms.create({ node: 'pve', vmid: 100 });
                const twice = async (work) => [(await work()).changed, (await work()).changed];
                const done = [
                  await twice(() => pve.ha.resources.ensure({ sid: 'vm:100', state: 'stopped' })),
                  await twice(() => pve.ha.keepOn({ name: 'here', nodes: ['pve'], resources: ['vm:100'] })),
                ];
                const { group } = await pve.ha.resources.get('vm:100');
                await pve.ha.resources.delete('vm:100');
                return [done, group, (await pve.ha.status()).length, await pve.ha.resources.find('vm:100')];
                """))
        .isEqualTo("[[[true,false],[true,false]],\"here\",1,null]");
  }

  @Test
  void a_node_is_set_up_and_a_metrics_server_is_told() throws Exception {
    assertThat(
            recipe.value(
                """
                const node = pve.node('pve');
                await node.dns.update({ search: 'lab', dns1: '10.0.0.1' });
                await node.time.set('Europe/Berlin');
                await node.service('cron').restart();
                const server = { id: 'g1', type: 'graphite', server: '10.0.0.9', port: 2003 };
                const first = await pve.metricsServers.ensure(server);
                const second = await pve.metricsServers.ensure({ ...server, port: 2004 });
                const third = await pve.metricsServers.ensure({ ...server, port: 2004 });
                const figures = await node.metrics({ timeframe: 'day' });
                return [await node.dns.get(), first.changed, second.changed, third.changed, figures.length,
                  await failure(() => node.hosts.update({ data: 'x', digest: '0' }))];
                """))
        .isEqualTo(
            "[{\"search\":\"lab\",\"dns1\":\"10.0.0.1\"},true,true,false,70,"
                + "\"proxmox.config-changed: Somebody else changed the"
                + " configuration meanwhile, so `POST /nodes/pve/hosts` did nothing.\"]");
  }
}
