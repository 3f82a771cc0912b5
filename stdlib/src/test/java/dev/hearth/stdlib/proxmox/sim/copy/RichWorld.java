package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import java.time.Duration;
import java.util.Map;

/** A cluster with something of everything in it, made by requests as people make it. */
final class RichWorld {
  private final RootClient root;
  private final int major;

  private RichWorld(RootClient root, int major) {
    this.root = root;
    this.major = major;
  }

  static RootClient ofVersion(int major) {
    var world =
        WorldBuilder.cluster(new SteppedClock(), major, 3)
            .storage(
                new StorageConfig(
                    "tank", "zfspool", Map.of("pool", "tank", "content", "images,rootdir")),
                1L << 40)
            .file("local:import/debian.qcow2", 300 << 20, 2L << 30)
            .file("local:iso/debian.iso", 600 << 20, 600 << 20)
            .file("local:vztmpl/alpine-3.22-default_20250617_amd64.tar.xz", 3 << 20, 3 << 20)
            .build();
    var rich = new RichWorld(new RootClient(world), major);
    rich.access();
    rich.guests();
    rich.networks();
    rich.firewall();
    rich.cluster();
    rich.root.pass(Duration.ofMinutes(5));
    return rich.root;
  }

  private void post(String path, String... params) {
    root.done("POST", path, params);
  }

  private void put(String path, String... params) {
    root.done("PUT", path, params);
  }

  private void access() {
    post("/access/groups", "groupid=admins", "comment=all of them");
    post(
        "/access/users",
        "userid=alice@pve",
        "password=alice-secret",
        "groups=admins",
        "email=alice@example.com",
        "comment=Alice");
    post("/access/users", "userid=bob@pam", "enable=0", "expire=1900000000", "firstname=Bob");
    post("/access/users/alice@pve/token/ci", "privsep=1", "comment=for builds");
    post("/access/users/root@pam/token/hearth", "privsep=1");
    post("/access/roles", "roleid=Reader", "privs=VM.Audit,Datastore.Audit");
    put("/access/acl", "path=/vms", "groups=admins", "roles=Reader", "propagate=0");
    put("/access/acl", "path=/", "tokens=alice@pve!ci", "roles=PVEAuditor");
    post(
        "/access/domains",
        "realm=corp",
        "type=ldap",
        "server1=ldap.example.com",
        "base_dn=dc=example,dc=com",
        "user_attr=uid",
        "password=bind-secret",
        "comment=the company");
    post(
        "/access/domains",
        "realm=sso",
        "type=openid",
        "issuer-url=https://sso.example.com",
        "client-id=pve",
        "client-key=openid-secret");
    post("/pools", "poolid=lab", "comment=the lab");
  }

  private void guests() {
    post(
        "/nodes/pve1/qemu",
        "vmid=100",
        "name=web",
        "memory=2048",
        "cores=2",
        "scsihw=virtio-scsi-single",
        "scsi0=local-lvm:8",
        "ide2=local:iso/debian.iso,media=cdrom",
        "net0=virtio,bridge=vmbr0,firewall=1",
        "boot=order=scsi0",
        "tags=web;prod",
        "agent=1",
        "description=The web server\nwith two lines",
        "pool=lab");
    post("/nodes/pve1/qemu/100/snapshot", "snapname=before", "description=before the change");
    post("/nodes/pve1/qemu/100/status/start");
    put("/nodes/pve1/qemu/100/config", "memory=4096", "delete=tags");
    post(
        "/nodes/pve1/qemu",
        "vmid=9000",
        "name=template",
        "scsi0=local:0,import-from=local:import/debian.qcow2,format=qcow2",
        "ide2=local:cloudinit",
        "ciuser=debian",
        "cipassword=guest-secret",
        "ipconfig0=ip=dhcp");
    post("/nodes/pve1/qemu/9000/snapshot", "snapname=raw");
    root.done("DELETE", "/nodes/pve1/qemu/9000/snapshot/raw");
    post("/nodes/pve1/qemu/9000/template");
    post("/nodes/pve1/qemu/9000/clone", "newid=101", "name=linked");
    post("/nodes/pve1/qemu/101/snapshot", "snapname=first");
    post("/nodes/pve2/qemu", "vmid=102", "name=shared", "scsi0=shared:4,format=qcow2");
    post("/nodes/pve2/qemu/102/status/start");
    post("/nodes/pve2/qemu/102/status/suspend");
    post(
        "/nodes/pve3/lxc",
        "vmid=200",
        "hostname=dns",
        "ostemplate=local:vztmpl/alpine-3.22-default_20250617_amd64.tar.xz",
        "password=container-secret",
        "rootfs=local-lvm:2",
        "net0=name=eth0,bridge=vmbr0,ip=10.0.0.5/24",
        "tags=dns");
    post("/nodes/pve3/lxc/200/snapshot", "snapname=clean");
    post("/nodes/pve3/lxc/200/status/start");
    post("/nodes/pve1/qemu", "vmid=103", "name=copied", "scsi0=tank:4");
    post(
        "/nodes/pve1/replication".replace("/nodes/pve1", "/cluster"),
        "id=103-0",
        "type=local",
        "target=pve2");
    put("/pools/lab", "storage=tank");
    post("/nodes/pve1/vzdump", "vmid=100", "storage=shared", "notes-template=by hand");
    post("/nodes/pve3/vzdump", "vmid=200", "storage=shared", "compress=zstd", "protected=1");
  }

  private void networks() {
    post(
        "/nodes/pve1/network",
        "iface=vmbr1",
        "type=bridge",
        "cidr=10.1.0.1/24",
        "autostart=1",
        "comments=for guests");
    put("/nodes/pve1/network");
    put("/nodes/pve2/dns", "search=example.com", "dns1=192.0.2.1");
    put("/nodes/pve2/time", "timezone=Europe/Berlin");
    put("/nodes/pve3/config", "description=in the cellar");
    post("/nodes/pve3/hosts", "data=127.0.0.1 localhost\n192.0.2.12 pve3\n");
    post("/cluster/sdn/zones", "zone=lab", "type=vlan", "bridge=vmbr0");
    post("/cluster/sdn/vnets", "vnet=web", "zone=lab", "tag=20", "alias=the web");
    post("/cluster/sdn/vnets/web/subnets", "subnet=10.9.0.0/24", "type=subnet", "gateway=10.9.0.1");
    post(
        "/cluster/sdn/dns",
        "dns=ns",
        "type=powerdns",
        "key=dns-secret",
        "url=http://192.0.2.53:8081/api");
    post(
        "/cluster/sdn/ipams",
        "ipam=nb",
        "type=netbox",
        "url=https://nb.example/api",
        "token=ipam-secret");
    if (major >= 9) {
      post(
          "/cluster/sdn/fabrics/fabric", "id=core", "protocol=openfabric", "ip_prefix=10.8.0.0/24");
      post(
          "/cluster/sdn/fabrics/node/core",
          "node_id=pve1",
          "protocol=openfabric",
          "ip=10.8.0.1",
          "interfaces=name=eth0");
    }
    put("/cluster/sdn");
    put("/cluster/sdn/vnets/web", "tag=21");
    post("/cluster/sdn/zones", "zone=new", "type=simple");
  }

  private void firewall() {
    put("/cluster/firewall/options", "enable=1", "policy_in=DROP");
    post("/cluster/firewall/aliases", "name=LAN", "cidr=10.0.0.0/8", "comment=inside");
    post("/cluster/firewall/ipset", "name=admins", "comment=who may");
    post("/cluster/firewall/ipset/admins", "cidr=10.0.0.7");
    post("/cluster/firewall/ipset/admins", "cidr=10.0.0.8", "nomatch=1", "comment=not this one");
    post("/cluster/firewall/groups", "group=web", "comment=web servers");
    post("/cluster/firewall/groups/web", "type=in", "action=ACCEPT", "macro=HTTPS", "enable=1");
    post("/cluster/firewall/rules", "type=in", "action=ACCEPT", "source=+admins", "enable=1");
    post("/nodes/pve1/firewall/rules", "type=in", "action=DROP", "proto=tcp", "dport=3128");
    put("/nodes/pve1/firewall/options", "log_level_in=info", "nf_conntrack_max=65536");
    put("/nodes/pve1/qemu/100/firewall/options", "enable=1", "dhcp=0");
    post("/nodes/pve1/qemu/100/firewall/rules", "type=group", "action=web", "enable=1");
    post("/nodes/pve1/qemu/100/firewall/aliases", "name=me", "cidr=10.0.0.20");
    post("/nodes/pve3/lxc/200/firewall/ipset", "name=clients");
    if (major >= 8) {
      put("/cluster/sdn/vnets/web/firewall/options", "enable=1");
    }
  }

  private void cluster() {
    put(
        "/cluster/options",
        "keyboard=de",
        "description=Home",
        "next-id=lower=500,upper=600",
        "migration=secure,network=10.0.0.0/8",
        "mac_prefix=BC:24:12",
        "registered-tags=prod;web",
        "user-tag-access=user-allow=list,user-allow-list=a;b",
        "http_proxy=http://me:proxy-secret@proxy.example.com:3128");
    if (major >= 9) {
      post("/cluster/ha/resources", "sid=vm:102", "state=started", "comment=kept up");
      post(
          "/cluster/ha/rules",
          "rule=here",
          "type=node-affinity",
          "resources=vm:102",
          "nodes=pve2:2,pve3");
    } else {
      post("/cluster/ha/groups", "group=here", "nodes=pve2:2,pve3", "restricted=1");
      post("/cluster/ha/resources", "sid=vm:102", "group=here", "state=started");
    }
    post(
        "/cluster/backup",
        "id=nightly",
        "schedule=02:30",
        "all=1",
        "storage=shared",
        "mode=snapshot",
        "prune-backups=keep-daily=7,keep-last=3");
    post(
        "/cluster/metrics/server/graphs",
        "type=influxdb",
        "server=metrics.example.com",
        "port=8089",
        "token=metrics-secret");
    if (major >= 8) {
      var all = "/cluster/notifications";
      post(
          all + "/endpoints/gotify", "name=push", "server=http://192.0.2.5", "token=gotify-secret");
      post(all + "/matchers", "name=errors", "target=push", "match-severity=error,warning");
      put(all + "/matchers/default-matcher", "comment=changed");
      post(
          "/cluster/mapping/pci",
          "id=gpu",
          "map=node=pve1,path=0000:01:00.0,id=10de:1b80",
          "description=the card");
    }
    post("/cluster/jobs/realm-sync/corp", "realm=corp", "schedule=daily", "scope=users");
    post(
        "/cluster/acme/account",
        "name=default",
        "contact=admin@example.com",
        "directory=https://ca.sim/directory");
    post(
        "/cluster/acme/plugins",
        "id=dns",
        "type=dns",
        "api=cf",
        "data=Q0ZfVG9rZW49YWNtZS1zZWNyZXQ=");
  }
}
