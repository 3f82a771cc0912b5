package dev.hearth.stdlib.proxmox.sim.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One virtual machine or container, as Proxmox keeps it: a configuration file with sections, and
 * what is known while it runs. Its maps are mutable, guarded by the world's lock; a record so that
 * it is saved and loaded as it stands.
 *
 * @param type {@link #VM} or {@link #CONTAINER}
 * @param node where it is
 * @param config the current configuration, by key, in no meaningful order
 * @param pending changes that wait for the next start; {@code delete} lists keys that go
 * @param snapshots the configurations of its snapshots, by name
 * @param state what is not configuration: {@code status} ({@code running}, {@code stopped}), and
 *     more while it runs
 */
public record Guest(
    int vmid,
    String type,
    String node,
    Map<String, String> config,
    Map<String, String> pending,
    Map<String, Map<String, String>> snapshots,
    Map<String, String> state) {
  /** What is known of it only while it runs. */
  private static final Set<String> OF_A_RUN =
      Set.of("qmpstatus", "pid", "started", "frozen", "set-up");

  private static final Pattern ORDER = Pattern.compile("(order=)?\\d+");

  /** The type of virtual machines. */
  public static final String VM = "qemu";

  /** The type of containers. */
  public static final String CONTAINER = "lxc";

  public Guest {
    type = type == null ? VM : type; // saved before there were containers
    config = new TreeMap<>(config);
    pending = new TreeMap<>(pending);
    var copies = new LinkedHashMap<String, Map<String, String>>();
    snapshots.forEach((name, section) -> copies.put(name, new TreeMap<>(section)));
    snapshots = copies;
    state = new TreeMap<>(state);
  }

  /** A guest with an empty configuration that does not run. */
  public static Guest empty(int vmid, String type, String node) {
    return new Guest(vmid, type, node, Map.of(), Map.of(), Map.of(), Map.of("status", "stopped"));
  }

  /** It does not run any more, without having ended; what is on its disks stays. */
  void lostPower() {
    state.put("status", "stopped");
    state.keySet().removeIf(key -> OF_A_RUN.contains(key) || key.startsWith("exec."));
  }

  /** The same guest on another node. */
  public Guest on(String other) {
    return new Guest(vmid, type, other, config, pending, snapshots, state);
  }

  public boolean isRunning() {
    return "running".equals(state.get("status"));
  }

  /** Its place among guests that start together; the last one if it is given none. */
  public int startupOrder() {
    for (var part : config.getOrDefault("startup", "").split(",", -1)) {
      if (ORDER.matcher(part).matches()) {
        return Integer.parseInt(part.replace("order=", ""));
      }
    }
    return Integer.MAX_VALUE;
  }

  public boolean isContainer() {
    return type.equals(CONTAINER);
  }

  /** Why nobody else can have its id. */
  public String conflict() {
    return title() + " already exists on node '" + node + "'";
  }

  /** Where the API has it. */
  public String path() {
    return "/nodes/" + node + "/" + type + "/" + vmid;
  }

  /** What Proxmox calls it: {@code VM 100}, {@code CT 200}. */
  public String title() {
    return (isContainer() ? "CT " : "VM ") + vmid;
  }
}
