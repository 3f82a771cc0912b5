package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /nodes/{node}/services}: what runs on a node beside its guests. */
final class ServiceMethods {
  private static final Map<String, String> DESCRIPTIONS = descriptions();
  private static final Set<String> ESSENTIAL = Set.of("pve-cluster", "pvedaemon", "pveproxy");
  private static final String STOPPED = "dead";

  private final Param name;
  private final List<String> names;

  private ServiceMethods(int major) {
    names = new ArrayList<>(DESCRIPTIONS.keySet());
    if (major >= 9) {
      names.add(names.indexOf("pvefw-logger"), "proxmox-firewall");
    }
    name = Param.of(oneOf(names));
  }

  private static Map<String, String> descriptions() {
    var names = new LinkedHashMap<String, String>();
    names.put("chrony", "chrony, an NTP client/server");
    names.put("corosync", "Corosync Cluster Engine");
    names.put("cron", "Regular background program processing daemon");
    names.put("ksmtuned", "Kernel Samepage Merging (KSM) Tuning Daemon");
    names.put("postfix", "Postfix Mail Transport Agent (instance -)");
    names.put("pve-cluster", "The Proxmox VE cluster filesystem");
    names.put("pve-firewall", "Proxmox VE firewall");
    names.put("pve-ha-crm", "PVE Cluster HA Resource Manager Daemon");
    names.put("pve-ha-lrm", "PVE Local HA Resource Manager Daemon");
    names.put("pvedaemon", "PVE API Daemon");
    names.put("pvefw-logger", "Proxmox VE firewall logger");
    names.put("pveproxy", "PVE API Proxy Server");
    names.put("pvescheduler", "Proxmox VE scheduler");
    names.put("pvestatd", "PVE Status Daemon");
    names.put("spiceproxy", "PVE SPICE Proxy Server");
    names.put("sshd", "OpenBSD Secure Shell server");
    names.put("syslog", "Journal Service");
    names.put("systemd-journald", "Journal Service");
    names.put("systemd-timesyncd", "Network Time Synchronization");
    return names;
  }

  static List<ApiMethod> of(int major) {
    return new ServiceMethods(major).all();
  }

  private List<ApiMethod> all() {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        OneNode.method("GET", "services", "index", OneNode.AUDIT)
            .answers(call -> names.stream().map(one -> told(call, one)).toList()));
    methods.add(
        one("GET", "", "srvcmdidx")
            .answers(_ -> Directories.of("reload", "restart", "start", "state", "stop")));
    methods.add(
        one("GET", "/state", "service_state")
            .answers(call -> told(call, call.params().text("service"))));
    for (var verb : List.of("start", "stop", "restart", "reload")) {
      methods.add(
          one("POST", "/" + verb, "service_" + verb).task().answers(call -> act(call, verb)));
    }
    return methods;
  }

  private ApiMethod one(String verb, String more, String method) {
    var check = verb.equals("GET") ? OneNode.AUDIT : OneNode.MODIFY;
    return OneNode.method(verb, "services/{service}" + more, method, check).param("service", name);
  }

  private static Map<String, String> states(Call call) {
    return call.world().nodeFacts(call.node(), "services");
  }

  private static Item told(Call call, String service) {
    boolean isStopped = STOPPED.equals(states(call).get(service));
    return Item.of("service", service)
        .with("name", service)
        .with("desc", DESCRIPTIONS.getOrDefault(service, "Proxmox nftables firewall"))
        .with("state", isStopped ? STOPPED : "running")
        .with("active-state", isStopped ? "inactive" : "active")
        .with("unit-state", "enabled");
  }

  private static Object act(Call call, String verb) {
    var service = call.params().text("service");
    return call.fork(
        "srv" + verb,
        service,
        _ -> {
          if (verb.equals("stop") && ESSENTIAL.contains(service)) {
            throw Refusal.die(
                "invalid service cmd '%s %s': refusing to stop essential service!"
                    .formatted(service, verb));
          }
          if (verb.equals("stop")) {
            states(call).put(service, STOPPED);
          } else {
            states(call).remove(service);
          }
        });
  }
}
