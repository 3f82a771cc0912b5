package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/** Datacenter options, jobs, HA, SDN, metrics, and the firewall at all its levels. */
final class ClusterArea implements Area {
  private static final String CLUSTER_FIREWALL = "/cluster/firewall";
  private static final String VM_FIREWALL = "/nodes/pve/qemu/840/firewall";

  @Override
  public Map<String, Integer> alike() {
    return Map.of("cluster", 302, "node", 53, "vm", 40);
  }

  @Override
  public Map<Integer, String> notCompared() {
    var calendar = "the lab's calendar took every event for midnight";
    var manager = "no manager of services ran in the lab, only its commands were tried";
    return Map.ofEntries(
        Map.entry(6034, "the request was cut in the recording"),
        Map.entry(6068, calendar),
        Map.entry(6069, calendar),
        Map.entry(6137, "the lab's node had not filled its list of guests"),
        Map.entry(6140, manager),
        Map.entry(6141, manager),
        Map.entry(6144, manager),
        Map.entry(6145, manager),
        Map.entry(6529, "the log counts what was left out of the recordings"),
        Map.entry(6531, "the list has tasks that were left out of the recordings"),
        Map.entry(6558, "the lab's machine had a device there"));
  }

  @Override
  public void before(int number, Offstage stage) {
    if (number == 6068) {
      addBackupJobs(stage);
    }
    firewallOfCluster(number, stage);
    firewallOfVm(number, stage);
    networks(number, stage);
    others(number, stage);
  }

  private static void others(int number, Offstage stage) {
    switch (number) {
      case 6035 ->
          stage.put(
              "/cluster/options",
              "description=dc note\nline 2",
              "bwlimit=clone=100,default=200",
              "console=xtermjs",
              "email_from=a@example.com",
              "http_proxy=http://127.0.0.1:3128",
              "notify=package-updates=always",
              "tag-style=case-sensitive=1,shape=full,color-map=prod:FF0000:FFFFFF;dev:00ff00,"
                  + "ordering=config");
      case 6046 -> createVm(stage);
      case 6123 -> {
        stage.post("/cluster/ha/groups", "group=labgrp", "nodes=pve");
        stage.post(
            "/cluster/ha/resources",
            "sid=vm:840",
            "group=labgrp",
            "state=stopped",
            "max_restart=2",
            "comment=x");
      }
      case 6132 -> stage.put("/cluster/ha/resources/vm:840", "state=started", "max_relocate=0");
      case 6149 -> {
        stage.byHand(world -> world.sections().remove("ha/resources"));
        stage.delete("/nodes/pve/qemu/840");
        createVm(stage);
      }
      default -> {
        // nothing was done
      }
    }
  }

  private static void createVm(Offstage stage) {
    stage.post(
        "/nodes/pve/qemu",
        "vmid=840",
        "name=clvm",
        "memory=64",
        "scsi0=local:1",
        "boot=order=scsi0");
  }

  private static void networks(int number, Offstage stage) {
    switch (number) {
      case 6432 -> {
        zone(stage, "zone=Zone", "type=simple");
        zone(stage, "zone=zdhcp", "type=simple", "dhcp=dnsmasq", "ipam=pve");
        zone(stage, "zone=zqinq", "type=qinq", "bridge=vmbr0", "tag=10");
        zone(stage, "zone=zsimple", "type=simple");
        zone(stage, "zone=zvlan", "type=vlan", "bridge=vmbr0");
        zone(stage, "zone=zvxlan", "type=vxlan", "mtu=1450", "peers=10.0.0.1,10.0.0.2");
      }
      default -> {
        // nothing was done
      }
    }
  }

  private static void zone(Offstage stage, String... fields) {
    stage.post("/cluster/sdn/zones", fields);
  }

  private static void addBackupJobs(Offstage stage) {
    job(
        stage,
        "id=lab-job",
        "schedule=sat 02:30",
        "vmid=840",
        "storage=local",
        "mode=snapshot",
        "compress=zstd",
        "prune-backups=keep-last=3",
        "notes-template={{guestname}}",
        "mailto=a@example.com",
        "mailnotification=failure",
        "comment=c");
    job(stage, "schedule=daily", "all=1", "storage=local");
    job(stage, "starttime=03:15", "dow=mon,tue", "all=1", "storage=local");
    job(stage, "id=lab-pool", "schedule=*/30", "pool=labpool", "storage=local");
    job(stage, "id=lab-us", "schedule=daily", "all=1", "storage=nosuch");
    job(stage, "id=lab-uv", "schedule=daily", "vmid=77777");
    job(stage, "id=lab-un", "schedule=daily", "all=1", "node=othernode");
    job(stage, "id=lab-dd", "schedule=daily", "all=1", "dumpdir=/tmp");
  }

  private static void job(Offstage stage, String... options) {
    stage.post("/cluster/backup", options);
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
