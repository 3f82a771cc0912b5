package dev.hearth.stdlib.proxmox.sim.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules, names and options of the firewall, on all levels. */
class FirewallTest {
  private static final String CLUSTER = "/cluster/firewall";
  private static final String VM = "/nodes/pve/qemu/100/firewall";

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  private void rule(String level, String... fields) {
    root.done("POST", level + "/rules", fields);
  }

  @Test
  void a_new_rule_comes_first_and_is_off_until_it_is_switched_on() {
    rule(CLUSTER, "type=in", "action=ACCEPT", "comment=old");
    rule(CLUSTER, "type=in", "action=DROP", "comment=new", "pos=1", "enable=1");

    var rules = root.get(CLUSTER + "/rules");
    assertThat(rules.findValuesAsText("comment")).containsExactly("new", "old");
    assertThat(rules.findValuesAsText("enable")).containsExactly("1", "0");
  }

  @Test
  void a_rule_goes_in_front_of_the_one_that_was_there() {
    for (var name : new String[] {"c", "b", "a"}) {
      rule(CLUSTER, "type=in", "action=ACCEPT", "comment=" + name);
    }
    root.done("PUT", CLUSTER + "/rules/0", "moveto=2");
    assertThat(root.get(CLUSTER + "/rules").findValuesAsText("comment"))
        .containsExactly("b", "a", "c");
    root.done("PUT", CLUSTER + "/rules/0", "moveto=9");
    assertThat(root.get(CLUSTER + "/rules").findValuesAsText("comment"))
        .containsExactly("a", "c", "b");
  }

  @Test
  void a_change_in_ignorance_of_another_is_refused_and_changes_nothing() {
    rule(CLUSTER, "type=in", "action=ACCEPT", "comment=mine");
    var known = root.get(CLUSTER + "/rules").get(0).get("digest").asText();
    root.done("PUT", CLUSTER + "/rules/0", "comment=theirs", "digest=" + known);

    var stale = "500 detected modified configuration - file changed by other user? Try again.";
    assertThat(root.refused("PUT", CLUSTER + "/rules/0", "comment=mine", "digest=" + known))
        .isEqualTo(stale);
    assertThat(root.refused("DELETE", CLUSTER + "/rules/0?digest=" + known)).isEqualTo(stale);
    assertThat(root.get(CLUSTER + "/rules/0").get("comment").asText()).isEqualTo("theirs");
  }

  @Test
  void a_level_refuses_the_directions_and_names_that_it_has_not() {
    assertThat(root.refused("POST", VM + "/rules", "type=forward", "action=ACCEPT"))
        .isEqualTo(
            "400 Parameter verification failed."
                + " {\"type\":\"invalid rule type 'forward' for rule_env 'vm'\"}");
    assertThat(root.refused("POST", VM + "/rules", "type=in", "action=ACCEPT", "iface=eth0"))
        .contains("value does not match the regex pattern 'net\\\\d+'");
    assertThat(root.refused("POST", CLUSTER + "/rules", "type=in", "action=ACCEPT", "source=a1"))
        .contains("no such alias 'a1'");
  }

  @Test
  void addresses_are_read_as_the_real_one_reads_them() {
    assertThat(source("10.0.0.300"))
        .contains("invalid IP address: Invalid quad in IP address 10.0.0.300 - 300");
    assertThat(source("10.0.0.1,,10.0.0.2")).contains("Invalid chars in IP ");
    assertThat(source("10.0.0.1,2001:db8::1")).contains("detected mixed ipv4/ipv6 address list");
    assertThat(source("10.0.0.1-10.0.0.9,10.1.0.1")).contains("you can't use a range in a list");
    rule(CLUSTER, "type=in", "action=ACCEPT", "source=10.0.0.1-10.0.0.9");
    rule(CLUSTER, "type=in", "action=ACCEPT", "source=2001:db8::/32", "macro=ssh");
    var rule = root.get(CLUSTER + "/rules/0");
    assertThat(rule.get("macro").asText()).isEqualTo("SSH");
    assertThat(rule.get("ipversion").asInt()).isEqualTo(6);
  }

  private String source(String text) {
    return root.refused("POST", CLUSTER + "/rules", "type=in", "action=DROP", "source=" + text);
  }

  @Test
  void a_guest_finds_its_own_names_and_those_of_the_datacenter() {
    root.done("POST", CLUSTER + "/aliases", "name=lan", "cidr=10.0.0.0/8");
    root.done("POST", VM + "/ipset", "name=admins");
    root.done("POST", VM + "/ipset/admins", "cidr=10.0.0.0/24");
    root.done("POST", VM + "/ipset/admins", "cidr=lan", "nomatch=1");
    rule(VM, "type=in", "action=ACCEPT", "source=+admins", "dest=dc/lan");

    assertThat(root.refused("POST", VM + "/rules", "type=in", "action=DROP", "source=guest/lan"))
        .contains("no such alias 'guest/lan'");
    assertThat(root.get(VM + "/ipset/admins/10.0.0.0%2F24").get("cidr").asText())
        .isEqualTo("10.0.0.0/24");
    assertThat(root.refused("DELETE", VM + "/ipset/admins"))
        .isEqualTo("500 IPSet 'admins' is not empty");
    assertThat(root.get(VM + "/refs").findValuesAsText("ref")).containsExactly("lan", "+admins");
    root.done("DELETE", VM + "/ipset/admins?force=1");
    assertThat(root.get(VM + "/rules/0").get("errors").toString())
        .isEqualTo("{\"source\":\"no such ipset 'admins'\"}");
  }

  @Test
  void a_world_keeps_its_firewalls_and_a_guest_takes_its_own_along() {
    root.done("POST", "/nodes/pve/qemu", "vmid=100");
    root.done("PUT", VM + "/options", "enable=1");
    var kept = World.restore(root.world().save(), new SteppedClock());
    try (var again = new RootClient(kept)) {
      assertThat(again.get(VM + "/options").get("enable").asInt()).isOne();
      again.done("DELETE", "/nodes/pve/qemu/100");
      assertThat(again.get(VM + "/options").has("enable")).isFalse();
    }
  }
}
