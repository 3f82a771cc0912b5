package dev.hearth.stdlib.proxmox.sim.sdn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What virtual networks are helped by, and who may change them while somebody else does. */
class FabricsTest {
  private static final String SDN = "/cluster/sdn";

  private final RootClient root = RootClient.ofVersion(9);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void an_evpn_zone_needs_the_one_evpn_controller() {
    var zone = new String[] {"zone=ev", "type=evpn", "controller=ctl", "vrf-vxlan=10000"};
    assertThat(root.refused("POST", SDN + "/zones", zone))
        .isEqualTo("500 create sdn zone object failed: controller ctl don't exist");
    assertThat(root.refused("POST", SDN + "/controllers", "controller=ctl", "type=evpn"))
        .isEqualTo("500 missing value for required option 'asn'");
    root.done(
        "POST",
        SDN + "/controllers",
        "controller=ctl",
        "type=evpn",
        "asn=65000",
        "peers=192.0.2.10");
    root.done("POST", SDN + "/zones", zone);

    assertThat(root.get(SDN + "/controllers?pending=1").get(0).get("state").asText())
        .isEqualTo("new");
    root.done("PUT", SDN);
    assertThat(root.get(SDN + "/controllers?running=1").get(0).get("asn").asInt()).isEqualTo(65000);
    assertThat(
            root.refused(
                "POST",
                SDN + "/controllers",
                "controller=two",
                "type=evpn",
                "asn=1",
                "peers=192.0.2.10"))
        .isEqualTo(
            "500 create sdn controller object failed: only 1 global evpn controller can be"
                + " defined");
    assertThat(root.refused("DELETE", SDN + "/controllers/ctl"))
        .isEqualTo("500 delete sdn controller object failed: controller ctl is used by ev");
  }

  @Test
  void a_server_that_does_not_answer_is_not_taken() {
    assertThat(
            root.refused(
                "POST",
                SDN + "/dns",
                "dns=ns",
                "type=powerdns",
                "key=k",
                "url=http://localhost:8081/api/v1/servers/localhost"))
        .isEqualTo(
            "500 create sdn dns object failed: dns api error: Invalid response from server: 500"
                + " Can't connect to localhost:8081 (Connection refused)");
    root.done(
        "POST", SDN + "/dns", "dns=ns", "type=powerdns", "key=k", "url=http://192.0.2.53:8081/api");
    root.done(
        "POST", SDN + "/ipams", "ipam=nb", "type=netbox", "url=https://nb.example/api", "token=t");
    assertThat(root.get(SDN + "/ipams").size()).isEqualTo(2);
    assertThat(root.refused("PUT", SDN + "/ipams/nb", "delete=token"))
        .isEqualTo("500 update sdn ipam object failed: unable to delete required option 'token'");
    root.done("DELETE", SDN + "/ipams/nb");
    assertThat(root.refused("GET", SDN + "/ipams/nb")).isEqualTo("500 sdn 'nb' does not exist");
    root.done("DELETE", SDN + "/ipams/pve");
    assertThat(root.get(SDN + "/ipams/pve").get("type").asText()).isEqualTo("pve");
  }

  @Test
  void who_holds_the_lock_changes_alone() {
    root.done("POST", SDN + "/zones", "zone=lab", "type=simple");
    assertThat(root.refused("POST", SDN + "/lock"))
        .isEqualTo(
            "500 could not acquire lock for SDN config: configuration contains pending changes");
    root.done("PUT", SDN);
    var token = root.done("POST", SDN + "/lock").asText();

    assertThat(root.refused("POST", SDN + "/vnets", "vnet=web", "zone=lab"))
        .isEqualTo("500 create sdn vnet object failed: invalid lock token provided!");
    root.done("POST", SDN + "/vnets", "vnet=web", "zone=lab", "lock-token=" + token);
    assertThat(root.get(SDN + "/dry-run?node=pve").get("interfaces-diff").asText())
        .contains("+auto web");

    root.done("POST", SDN + "/rollback", "lock-token=" + token);
    assertThat(root.get(SDN + "/vnets").size()).isZero();
    root.done("POST", SDN + "/vnets", "vnet=web", "zone=lab");
  }

  @Test
  void nodes_of_a_fabric_stay_within_its_network() {
    root.done(
        "POST", SDN + "/fabrics/fabric", "id=core", "protocol=openfabric", "ip_prefix=10.9.0.0/24");
    assertThat(
            root.refused(
                "POST",
                SDN + "/fabrics/node/core",
                "node_id=pve",
                "protocol=openfabric",
                "ip=10.8.0.1"))
        .isEqualTo("500 node IP 10.8.0.1 is outside the IP prefix 10.9.0.0/24 of the fabric");
    root.done(
        "POST",
        SDN + "/fabrics/node/core",
        "node_id=pve",
        "protocol=openfabric",
        "ip=10.9.0.1",
        "interfaces=name=eth0");
    var all = root.get(SDN + "/fabrics/all");
    assertThat(all.get("fabrics").get(0).get("id").asText()).isEqualTo("core");
    assertThat(all.get("nodes").get(0).get("interfaces").toString()).isEqualTo("[\"name=eth0\"]");
    assertThat(root.get("/nodes/pve/sdn/fabrics/core/interfaces").size()).isZero();
    root.done("PUT", SDN);
    assertThat(root.get("/nodes/pve/sdn/fabrics/core/interfaces").get(0).get("name").asText())
        .isEqualTo("eth0");
    assertThat(root.refused("GET", SDN + "/fabrics/fabric/edge"))
        .isEqualTo("500 fabric 'edge' does not exist in configuration");
    root.done("DELETE", SDN + "/fabrics/fabric/core");
    assertThat(root.get(SDN + "/fabrics/node").size()).isZero();
  }

  @Test
  void an_address_is_taken_once() {
    root.done("POST", SDN + "/zones", "zone=lab", "type=simple", "ipam=pve", "dhcp=dnsmasq");
    root.done("POST", SDN + "/vnets", "vnet=web", "zone=lab");
    root.done(
        "POST",
        SDN + "/vnets/web/subnets",
        "subnet=10.7.0.0/24",
        "type=subnet",
        "gateway=10.7.0.1");
    var ip = new String[] {"zone=lab", "ip=10.7.0.9", "mac=BC:24:11:00:00:09"};
    assertThat(root.refused("POST", SDN + "/vnets/web/ips", ip))
        .isEqualTo("500 can't find any subnet for ip 10.7.0.9");
    root.done("PUT", SDN);
    root.done("POST", SDN + "/vnets/web/ips", ip);
    assertThat(root.refused("POST", SDN + "/vnets/web/ips", ip))
        .isEqualTo("500 IP '10.7.0.9' already exist");
    var taken = root.get(SDN + "/ipams/pve/status");
    assertThat(taken.get(0).get("gateway").asInt()).isOne();
    assertThat(taken.get(1).get("mac").asText()).isEqualTo("BC:24:11:00:00:09");
    root.done("DELETE", SDN + "/vnets/web/ips?zone=lab&ip=10.7.0.9");
    assertThat(root.refused("DELETE", SDN + "/vnets/web/ips?zone=lab&ip=10.7.0.9"))
        .isEqualTo("500 IP '10.7.0.9' does not exist in IPAM DB");
  }
}
