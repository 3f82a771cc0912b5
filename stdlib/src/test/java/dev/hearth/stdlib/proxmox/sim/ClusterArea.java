package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Datacenter options, jobs, HA, SDN, metrics, and the firewall at all its levels. */
final class ClusterArea implements Area {
  private static final String CLUSTER_FIREWALL = "/cluster/firewall";
  private static final String VM_FIREWALL = "/nodes/pve/qemu/840/firewall";

  @Override
  public Map<String, Integer> alike() {
    return Map.of("cluster", 122, "node", 53, "vm", 40);
  }

  @Override
  public void before(int number, Offstage stage) {
    firewallOfCluster(number, stage);
    firewallOfVm(number, stage);
  }

  private static void firewallOfCluster(int number, Offstage stage) {
    switch (number) {
      case 6226 -> stage.byHand(world -> world.firewalls().remove("cluster"));
      case 6243 -> stage.post(CLUSTER_FIREWALL + "/ipset", "name=set2", "comment=s");
      case 6291 -> stage.byHand(world -> world.firewall("node/pve").rules().clear());
      case 6409 -> stage.delete(CLUSTER_FIREWALL + "/groups/web/0");
      default -> {
        // nothing was done
      }
    }
  }

  private static void firewallOfVm(int number, Offstage stage) {
    switch (number) {
      case 6303 ->
          rule(
              stage,
              "type=in",
              "action=ACCEPT",
              "proto=tcp",
              "dport=22",
              "source=10.0.0.0/8",
              "comment=ssh",
              "enable=1");
      case 6304 -> rule(stage, "type=out", "action=DROP", "macro=HTTP");
      case 6306 ->
          rule(
              stage,
              "type=in",
              "action=REJECT",
              "proto=icmp",
              "icmp-type=echo-request",
              "pos=1",
              "log=info");
      case 6319 -> rule(stage, "type=in", "action=ACCEPT", "proto=tcp", "dport=80:85,443");
      case 6320 -> rule(stage, "type=in", "action=ACCEPT", "proto=tcp", "dport=https");
      case 6324 -> rule(stage, "type=group", "action=nosuchgrp");
      case 6329 -> rule(stage, "type=in", "action=ACCEPT", "iface=net0");
      case 6330 -> rule(stage, "type=in", "action=ACCEPT", "enable=2");
      case 6335 -> stage.put(VM_FIREWALL + "/rules/0", "comment=upd", "enable=0");
      case 6337 -> stage.put(VM_FIREWALL + "/rules/0", "moveto=2");
      case 6344, 6372 -> stage.byHand(world -> world.firewall("guest/840").rules().clear());
      case 6369 -> rule(stage, "type=in", "action=ACCEPT", "source=guest/web9");
      case 6388 -> {
        stage.byHand(world -> world.firewall("guest/840").aliases().clear());
        stage.post(VM_FIREWALL + "/ipset", "name=set2", "comment=s");
      }
      case 6389 -> stage.byHand(world -> world.firewall("cluster").ipsets().clear());
      case 6406 -> rule(stage, "type=group", "action=web", "iface=net0", "enable=1");
      default -> {
        // nothing was done
      }
    }
  }

  private static void rule(Offstage stage, String... fields) {
    stage.post(VM_FIREWALL + "/rules", fields);
  }
}
