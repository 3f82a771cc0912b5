package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.access.Pool;
import dev.hearth.stdlib.proxmox.sim.access.Token;
import dev.hearth.stdlib.proxmox.sim.access.User;
import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.world.NetworkInterface;
import dev.hearth.stdlib.proxmox.sim.world.Node;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The world in which the recordings were made, as their README describes it. */
final class RecordedWorld {
  static final int ISO_BYTES = 73_735;
  private static final int QCOW2_BYTES = 196_624;
  private static final long DISK_BYTES = 1L << 30;
  private static final long STORAGE_BYTES = 270_553_174_016L;
  private static final long THIN_BYTES = 53_687_091_200L;

  private RecordedWorld() {}

  static World make(Clock clock) {
    var builder =
        WorldBuilder.of(clock, 8)
            .rootPassword("pvelab-root-pw")
            .user("deploy@pve", "deploy-pw-123", "Administrator")
            .user("reader@pve", "reader-pw-123", "PVEAuditor")
            .user("nobody@pve", "nobody-pw-123")
            .storage(
                new StorageConfig(
                    "local",
                    "dir",
                    Map.of(
                        "path", "/var/lib/vz",
                        "content", "images,iso,backup,vztmpl,snippets,rootdir,import")),
                STORAGE_BYTES)
            .storage(
                new StorageConfig(
                    "local2",
                    "dir",
                    Map.of("path", "/var/lib/vz/pool2", "content", "images,rootdir")),
                STORAGE_BYTES);
    var world = builder.build();
    world.nodes().put("pve", node());
    world.accounts().pools().put("labpool", Pool.empty("lab"));
    comment(world, "deploy@pve", "lab full admin");
    comment(world, "reader@pve", "lab auditor");
    comment(world, "nobody@pve", "no permissions");
    token(world, "root@pam", "lab", false);
    token(world, "deploy@pve", "ci", false);
    token(world, "deploy@pve", "sep", true);
    token(world, "reader@pve", "ro", false);
    token(world, "nobody@pve", "none", false);
    file(world, "import/cloud.qcow2", "qcow2", facts(qcow2()));
    file(
        world,
        "import/cloud.raw",
        "raw",
        FileFacts.invented("cloud.raw", 268_435_456, 268_435_456));
    return world;
  }

  /** What was set up while the recordings were made, without being recorded. */
  static void addTemplate(World world) {
    var name = "vztmpl/alpine-3.19-minimal_3.19.0_amd64.tar.zst";
    file(world, name, "raw", FileFacts.invented(name, 1_078_455, 2_017_280));
  }

  /** The storage that the last section of the recordings is about. */
  static void addThinStorage(World world) {
    var properties = Map.of("vgname", "pve", "thinpool", "data", "content", "rootdir,images");
    world
        .storages()
        .add(
            new StorageConfig("local-lvm", "lvmthin", properties),
            new dev.hearth.stdlib.proxmox.sim.storage.Storage.Space(THIN_BYTES, 0));
  }

  private static Node node() {
    var interfaces = new LinkedHashMap<String, NetworkInterface>();
    interfaces.put("eth0", NetworkInterface.ethernet());
    interfaces.put("vmbr0", NetworkInterface.bridge(""));
    return new Node(
        "pve",
        "192.0.2.2",
        2,
        25_276_510_208L,
        STORAGE_BYTES,
        "AA:BB",
        interfaces,
        Map.of("dns1", "10.255.255.53"));
  }

  private static void comment(World world, String userid, String comment) {
    user(world, userid).fields().put("comment", comment);
  }

  private static void token(World world, String userid, String name, boolean privsep) {
    user(world, userid).tokens().put(name, new Token(secret(userid, name), privsep, 0, "lab"));
  }

  /** The secret of a token in this world. */
  static String secret(String userid, String name) {
    return "secret-of-" + userid + "-" + name;
  }

  private static User user(World world, String userid) {
    return java.util.Objects.requireNonNull(world.accounts().users().get(userid), userid);
  }

  private static void file(World world, String volname, String format, FileFacts facts) {
    var content = volname.substring(0, volname.indexOf('/'));
    world
        .storages()
        .at("pve", "local")
        .put(Volume.file(volname, content, format, facts, world.now()));
  }

  static FileFacts facts(byte[] content) {
    try {
      return FileFacts.of(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** An empty disk of 1 GiB as a qcow2 image: only what its header says counts here. */
  static byte[] qcow2() {
    return ByteBuffer.allocate(QCOW2_BYTES)
        .putInt(0, 0x514649fb)
        .putInt(4, 3)
        .putLong(24, DISK_BYTES)
        .array();
  }

  /** The web server from which the recordings download. */
  static ImageSource web() {
    return new ImageSource() {
      @Override
      public Answer get(String url, boolean verifyCertificates) throws IOException {
        if (url.startsWith("http://127.0.0.1:1/")) {
          throw new java.net.ConnectException("Connection refused");
        }
        return url.endsWith("/cloud.qcow2")
            ? new Answer(
                200,
                "OK",
                "application/octet-stream",
                null,
                QCOW2_BYTES,
                new ByteArrayInputStream(qcow2()))
            : new Answer(
                404, "File not found", "text/html", null, 0, InputStream.nullInputStream());
      }

      @Override
      public Answer head(String url, boolean verifyCertificates) throws IOException {
        return get(url, verifyCertificates);
      }
    };
  }
}
