package dev.hearth.stdlib.proxmox.sim.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.access.Accounts;
import dev.hearth.stdlib.proxmox.sim.access.AskedRights;
import dev.hearth.stdlib.proxmox.sim.access.Privileges;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.access.Tickets;
import dev.hearth.stdlib.proxmox.sim.base.ConfigLocks;
import dev.hearth.stdlib.proxmox.sim.base.Dice;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.base.WorldLock;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The whole state of one simulated Proxmox. Whoever reads or writes any of it holds {@link #lock};
 * API calls and tasks do so from the start.
 */
public final class World {
  private static final Duration TASK_DELAY = Duration.ofMillis(3);

  /** What the addresses of network cards begin with unless the datacenter says otherwise. */
  public static final String MAC_PREFIX = "BC:24:11";

  private final WorldLock lock;
  private final int major;
  private final Instant boot;
  private final Dice dice;
  private final ConfigLocks locks;
  private final Tasks tasks;
  private final Accounts accounts;
  private final Privileges privileges;
  private final AskedRights asked = new AskedRights();
  private final Tickets tickets;
  private final Storages storages = new Storages();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final NavigableMap<Integer, Guest> guests = new TreeMap<>();
  private final Map<String, String> options = new TreeMap<>();
  private final Map<String, Appliance> appliances = new TreeMap<>();
  private final Map<String, Firewall> firewalls = new TreeMap<>();
  private final Map<String, Map<String, String>> backupJobs = new TreeMap<>();
  private final Map<String, Sections> sections = new TreeMap<>();

  /** A world with root in it and nothing else. */
  public static World empty(Clock clock, int major, long seed) {
    return booted(clock, major, seed, clock.now().minus(Duration.ofHours(1)));
  }

  /** The same whose nodes started at this time. */
  public static World booted(Clock clock, int major, long seed, Instant boot) {
    return new World(clock, major, boot, seed, Accounts.fresh());
  }

  /**
   * The world that {@link #save} wrote.
   *
   * @throws dev.hearth.runtime.HearthException {@code proxmox.world-newer}, {@code
   *     proxmox.world-damaged}
   */
  public static World restore(JsonNode saved, Clock clock) {
    return SavedWorld.read(saved, clock);
  }

  /** All of it as JSON. */
  public JsonNode save() {
    return lock.holding(() -> SavedWorld.write(this));
  }

  private final List<GuestFault> guestFaults = new CopyOnWriteArrayList<>();
  private final Map<String, Long> failedNodes = new TreeMap<>();

  World(Clock clock, int major, Instant boot, long seed, Accounts accounts) {
    this.lock = new WorldLock(clock);
    this.major = major;
    this.boot = boot;
    this.dice = new Dice(seed);
    this.accounts = accounts;
    this.privileges = Privileges.of(major);
    this.locks = new ConfigLocks(lock);
    this.tasks = new Tasks(lock, boot, TASK_DELAY);
    this.tickets = new Tickets(accounts, clock, dice, UUID.randomUUID().toString());
  }

  /** From now on this goes wrong in guests; no world that is saved has it. */
  public void trouble(GuestFault fault) {
    guestFaults.add(fault);
  }

  /** Whether this goes wrong in a guest. */
  public boolean isTroubled(String guest, GuestFault.Trouble trouble) {
    return guestFaults.stream().anyMatch(fault -> fault.trouble() == trouble && fault.hits(guest));
  }

  /** The one lock; see {@link WorldLock}. */
  public WorldLock lock() {
    return lock;
  }

  public Clock clock() {
    return lock.clock();
  }

  /** Now, in seconds since 1970. */
  public long now() {
    return clock().now().getEpochSecond();
  }

  /** Which Proxmox VE this is: 7, 8 or 9. */
  public int major() {
    return major;
  }

  /** When its nodes started. */
  public Instant boot() {
    return boot;
  }

  public Dice dice() {
    return dice;
  }

  /** Proxmox's lock files. */
  public ConfigLocks locks() {
    return locks;
  }

  public Tasks tasks() {
    return tasks;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Privileges privileges() {
    return privileges;
  }

  public Tickets tickets() {
    return tickets;
  }

  /** What a user or token may do. */
  public Rights rightsOf(String user) {
    return new Rights(accounts, privileges, asked, user);
  }

  /** What was allowed so far by rights. */
  public AskedRights asked() {
    return asked;
  }

  public Storages storages() {
    return storages;
  }

  /** The nodes by name. */
  public Map<String, Node> nodes() {
    return nodes;
  }

  /** A node; dies as Proxmox does when its name cannot be resolved. */
  public Node node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw Refusal.die(
          "hostname lookup '"
              + name
              + "' failed - failed to get address info for: "
              + name
              + ": Name or service not known");
    }
    return node;
  }

  /** The virtual machines and containers by id. */
  public NavigableMap<Integer, Guest> guests() {
    return guests;
  }

  /** A guest, if it is on this node and of this type. */
  public Optional<Guest> guest(String type, String node, int vmid) {
    return Optional.ofNullable(guests.get(vmid))
        .filter(guest -> guest.node().equals(node) && guest.type().equals(type));
  }

  /** The container templates that Proxmox offers, by the names of their files. */
  public Map<String, Appliance> appliances() {
    return appliances;
  }

  /** A new hardware address for a network card, as the datacenter wants them to begin. */
  public String newMac() {
    return dice.mac(options.getOrDefault("mac_prefix", MAC_PREFIX));
  }

  /** What {@code datacenter.cfg} says, by key. */
  public Map<String, String> options() {
    return options;
  }

  /** The options of the jobs that make backups, by the jobs' ids. */
  public Map<String, Map<String, String>> backupJobs() {
    return backupJobs;
  }

  /** All firewall files by where they stand. */
  public Map<String, Firewall> firewalls() {
    return firewalls;
  }

  /**
   * A firewall file, which is empty until something is put into it.
   *
   * @param place {@code cluster}, {@code node/NAME}, {@code guest/VMID} or {@code vnet/NAME}
   */
  public Firewall firewall(String place) {
    return firewalls.computeIfAbsent(place, _ -> Firewall.empty());
  }

  /** The cluster's files that are made of sections, by their names without {@code .cfg}. */
  public Map<String, Sections> sections() {
    return sections;
  }

  /** A file made of sections, which is empty until something is put into it. */
  public Sections sections(String file) {
    return sections.computeIfAbsent(file, _ -> Sections.empty());
  }

  /** What a node keeps to itself, such as its time zone, by what it is about. */
  public Map<String, String> nodeFacts(String node, String about) {
    return sections("node/" + node).edit(about);
  }

  /** What the cluster is called; nothing if there is none because a node is alone. */
  public Optional<String> clusterName() {
    var named = Optional.ofNullable(sections("corosync").values("totem").get("cluster_name"));
    return nodes.size() > 1 ? Optional.of(named.orElse("sim")) : named;
  }

  /** Makes a cluster of what was none. */
  public void nameCluster(String name) {
    sections("corosync").edit("totem").put("cluster_name", name);
  }

  /** The node that requests come in at: the first one that runs. */
  public String entry() {
    return nodes.keySet().stream()
        .filter(this::isOnline)
        .findFirst()
        .or(() -> nodes.keySet().stream().findFirst())
        .orElse("");
  }

  /** Whether a node runs and can be reached. */
  public boolean isOnline(String node) {
    return offlineSince(node).isEmpty();
  }

  /** When a node went down, in seconds since 1970; empty if it runs. */
  public Optional<Long> offlineSince(String node) {
    var power = nodeFacts(node, "power");
    return power.getOrDefault("state", "on").equals("off")
        ? Optional.of(Long.parseLong(power.getOrDefault("since", "0")))
        : Optional.ofNullable(failedNodes.get(node));
  }

  /** Switches a node on or off; nothing runs on it then. */
  public void setOnline(String node, boolean online) {
    failedNodes.remove(node);
    var power = nodeFacts(node, "power");
    power.put("state", online ? "on" : "off");
    power.put("since", String.valueOf(now()));
    if (!online) {
      stopGuests(node);
    }
  }

  /**
   * A node breaks down with all that runs on it. No world that is saved has it: in that the node is
   * there again.
   */
  public void failNode(String node) {
    tasks.all().stream()
        .filter(task -> task.isRunning() && task.upid().node().equals(node))
        .forEach(tasks::stop);
    stopGuests(node);
    failedNodes.putIfAbsent(node, now());
  }

  /** What ran on a node has lost its power. */
  public void stopGuests(String node) {
    for (var guest : guests.values()) {
      if (guest.node().equals(node)) {
        guest.lostPower();
      }
    }
  }

  /** Whether more than half of the nodes are there, so that the cluster may be changed. */
  public boolean hasQuorum() {
    return nodes.keySet().stream().filter(this::isOnline).count() * 2 > nodes.size();
  }
}
