package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.access.AclEntry;
import dev.hearth.stdlib.proxmox.sim.access.Pool;
import dev.hearth.stdlib.proxmox.sim.access.Token;
import dev.hearth.stdlib.proxmox.sim.access.User;
import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import dev.hearth.stdlib.proxmox.sim.storage.Storage.Space;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.Appliance;
import dev.hearth.stdlib.proxmox.sim.world.NetworkInterface;
import dev.hearth.stdlib.proxmox.sim.world.Node;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts a world together: nodes, storages, bridges, users.
 *
 * <pre>{@code
 * World world =
 *     WorldBuilder.of(clock, 8)
 *         .node("pve1")
 *         .folderStorage("local", "/var/lib/vz", "iso", "import", "images")
 *         .thinStorage("local-lvm", "pve", "data")
 *         .user("alice@pve", "secret-pw", "PVEVMAdmin")
 *         .build();
 * }</pre>
 */
public final class WorldBuilder {
  private static final long APPLIANCE_BYTES = 100L << 20;
  private static final long APPLIANCE_UNPACKED_BYTES = 400L << 20;
  private static final long GIB = 1L << 30;
  private static final int CPUS = 8;
  private static final int STANDARD_VERSION = 8;
  private static final long MEMORY = 32 * GIB;
  private static final long ROOT_DISK = 250 * GIB;
  private static final long THIN_POOL = 500 * GIB;
  private static final String NOBODY_KNOWS = "";

  private final World world;

  private WorldBuilder(World world) {
    this.world = world;
  }

  /**
   * A world with root, whose password is not set, and nothing else.
   *
   * @param major which Proxmox VE it is: 7, 8 or 9
   */
  public static WorldBuilder of(Clock clock, int major) {
    return new WorldBuilder(World.empty(clock, major, 1));
  }

  /**
   * What a fresh installation with one node looks like: node {@code pve}, storages {@code local}
   * and {@code local-lvm}, bridge {@code vmbr0}.
   */
  public static WorldBuilder standard(Clock clock) {
    return standard(clock, STANDARD_VERSION);
  }

  /** The same of another major version: 7, 8 or 9. */
  public static WorldBuilder standard(Clock clock, int major) {
    return filled(of(clock, major).node("pve"));
  }

  /**
   * A cluster of nodes {@code pve1}, {@code pve2} … with what a fresh installation has on each, and
   * the storage {@code shared}, which all of them see.
   */
  public static WorldBuilder cluster(Clock clock, int major, int nodes) {
    var builder = of(clock, major);
    for (int i = 1; i <= nodes; i++) {
      builder.node("pve" + i);
    }
    return filled(builder)
        .storage(
            new StorageConfig(
                "shared",
                "nfs",
                Map.of(
                    "server", "192.0.2.200",
                    "export", "/srv/guests",
                    "path", "/mnt/pve/shared",
                    "content", "images,rootdir,iso,vztmpl,backup")),
            THIN_POOL);
  }

  private static WorldBuilder filled(WorldBuilder builder) {
    return builder
        .folderStorage(
            "local", "/var/lib/vz", "iso", "vztmpl", "images", "rootdir", "import", "snippets")
        .thinStorage("local-lvm", "pve", "data")
        .appliance("alpine-3.22-default_20250617_amd64.tar.xz", "alpine-3.22")
        .appliance("debian-13-standard_13.1-2_amd64.tar.zst", "debian-13")
        .appliance("ubuntu-24.04-standard_24.04-2_amd64.tar.zst", "ubuntu-24.04");
  }

  /** A node with a network card and the bridge {@code vmbr0} over it. */
  public WorldBuilder node(String name) {
    var bytes = new StringBuilder();
    world
        .dice()
        .hex(64)
        .toUpperCase(java.util.Locale.ROOT)
        .chars()
        .forEach(
            c -> {
              if (bytes.length() % 3 == 2) {
                bytes.append(':');
              }
              bytes.append((char) c);
            });
    var interfaces = new LinkedHashMap<String, NetworkInterface>();
    interfaces.put("eth0", NetworkInterface.ethernet());
    interfaces.put("vmbr0", NetworkInterface.bridge("eth0"));
    var ip = "192.0.2." + (10 + world.nodes().size());
    world
        .nodes()
        .put(name, new Node(name, ip, CPUS, MEMORY, ROOT_DISK, bytes.toString(), interfaces));
    return this;
  }

  /** A bridge on every node there is so far. */
  public WorldBuilder bridge(String name) {
    for (var node : world.nodes().values()) {
      node.interfaces().put(name, NetworkInterface.bridge(""));
    }
    return this;
  }

  /** A storage of files in a folder of each node. */
  public WorldBuilder folderStorage(String id, String path, String... content) {
    return storage(
        new StorageConfig(id, "dir", Map.of("path", path, "content", String.join(",", content))),
        ROOT_DISK);
  }

  /** A storage of thin logical volumes on each node, for disks of guests. */
  public WorldBuilder thinStorage(String id, String volumeGroup, String pool) {
    var properties = Map.of("vgname", volumeGroup, "thinpool", pool, "content", "images,rootdir");
    return storage(new StorageConfig(id, "lvmthin", properties), THIN_POOL);
  }

  /** Any storage. */
  public WorldBuilder storage(StorageConfig config, long totalBytes) {
    world.storages().add(config, new Space(totalBytes, 0));
    return this;
  }

  /**
   * A file that is there from the start, on every node that has the storage.
   *
   * @param volid such as {@code local:import/debian-12.qcow2}
   * @param bytes its length
   * @param virtualBytes the size of the disk in it
   */
  public WorldBuilder file(String volid, long bytes, long virtualBytes) {
    var id = Storages.split(volid);
    var name = world.storages().parse(id);
    var facts = FileFacts.invented(name.file(), bytes, virtualBytes);
    for (var node : world.nodes().keySet()) {
      if (world.storages().config(id.storage()).isOn(node)) {
        world
            .storages()
            .at(node, id.storage())
            .put(Volume.file(id.volname(), name.content(), name.format(), facts, world.now()));
      }
    }
    return this;
  }

  /**
   * A container template that Proxmox offers for download.
   *
   * @param template its file, such as {@code debian-13-standard_13.1-2_amd64.tar.zst}
   * @param os such as {@code debian-13}
   */
  public WorldBuilder appliance(String template, String os) {
    var location = "http://download.proxmox.com/images/system/" + template;
    var headline = "LXC image of " + os;
    world
        .appliances()
        .put(
            template,
            new Appliance(
                template, os, headline, location, APPLIANCE_BYTES, APPLIANCE_UNPACKED_BYTES));
    return this;
  }

  /** Makes a storage slow: how long it keeps its lock to make one volume. */
  public WorldBuilder slow(String storage, Duration perVolume) {
    world.storages().pace(storage, perVolume);
    return this;
  }

  /** Root's password; without one, root cannot log in. */
  public WorldBuilder rootPassword(String password) {
    world.tickets().password("root@pam", password);
    return this;
  }

  /**
   * A user with roles on everything.
   *
   * @param userid {@code name@pve}
   */
  public WorldBuilder user(String userid, String password, String... roles) {
    var fields = new TreeMap<>(Map.of("enable", "1", "expire", "0", "email", NOBODY_KNOWS));
    world.accounts().users().put(userid, new User(userid, fields, Map.of()));
    world.tickets().password(userid, password);
    for (var role : roles) {
      grant("/", "user", userid, role);
    }
    return this;
  }

  /** A role on a path, for a {@code user}, a {@code group} or a {@code token}. */
  public WorldBuilder grant(String path, String type, String ugid, String role) {
    world.accounts().grant(new AclEntry(path, type, ugid, role, true));
    return this;
  }

  /** A role that is not built in. */
  public WorldBuilder role(String name, String... privileges) {
    world.accounts().roles().put(name, new java.util.TreeSet<>(Set.of(privileges)));
    return this;
  }

  /** A token with all the rights of its user. */
  public WorldBuilder token(String userid, String name, String secret) {
    return token(userid, name, new Token(secret, false, 0, null));
  }

  /** A token with only the rights that are granted to itself. */
  public WorldBuilder separatedToken(String userid, String name, String secret) {
    return token(userid, name, new Token(secret, true, 0, null));
  }

  private WorldBuilder token(String userid, String name, Token token) {
    var user = world.accounts().users().get(userid);
    if (user == null) {
      throw new IllegalArgumentException("There is no user " + userid + " to give a token to.");
    }
    user.tokens().put(name, token);
    return this;
  }

  /** An empty pool. */
  public WorldBuilder pool(String name) {
    world.accounts().pools().put(name, Pool.empty(null));
    return this;
  }

  public World build() {
    return world;
  }
}
