package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.BackupFormats;
import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.storage.ServerFormats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The types of storages, what can be said of which, and what each may hold. */
final class StorageOptions {
  private static final String BACKUPS = " maxfiles prune-backups max-protected-backups";
  private static final String FOLDERS = " mkdir create-base-path create-subdirs content-dirs";
  private static final String COMMON = " nodes disable content bwlimit";
  private static final String FILES =
      COMMON + BACKUPS + FOLDERS + " format preallocation snapshot-as-volume-chain=";

  static final Sections SECTIONS =
      new Sections()
          .type("dir", "path!= shared is_mountpoint" + FILES)
          .type("btrfs", "path!= shared is_mountpoint nocow" + FILES)
          .type("nfs", "path= server!= export!= options" + FILES)
          .type(
              "cifs",
              "path= server!= share!= subdir username password domain smbversion options" + FILES)
          .type(
              "cephfs",
              "path= monhost subdir options username keyring fuse fs-name format"
                  + COMMON
                  + BACKUPS
                  + FOLDERS)
          .type("glusterfs", "path= server server2 volume!= transport" + FILES)
          .type(
              "lvm",
              "vgname!= shared saferemove saferemove_throughput saferemove-stepsize base= tagged_only"
                  + " snapshot-as-volume-chain="
                  + COMMON)
          .type("lvmthin", "thinpool!= vgname!=" + COMMON)
          .type("zfspool", "pool!= blocksize sparse mountpoint" + COMMON)
          .type("rbd", "monhost pool data-pool namespace username krbd keyring" + COMMON)
          .type("iscsi", "portal!= target!=" + COMMON)
          .type("iscsidirect", "portal!= target!=" + COMMON)
          .type(
              "zfs",
              "portal!= target!= pool!= blocksize!= iscsiprovider!= nowritecache sparse comstar_hg"
                  + " comstar_tg lio_tpg zfs-base-path"
                  + COMMON)
          .type(
              "pbs",
              "server!= datastore!= namespace port username password encryption-key master-pubkey"
                  + " fingerprint nodes disable content"
                  + BACKUPS)
          .type(
              "esxi",
              "server!= username password skip-cert-verification port shared nodes disable"
                  + " content");

  /** Which can hold what: what stands first they hold unless they are told otherwise. */
  private static final Map<String, String> CONTENT =
      Map.ofEntries(
          Map.entry("dir", "images,rootdir;vztmpl,iso,backup,snippets,none,import"),
          Map.entry("btrfs", "images,rootdir;vztmpl,iso,backup,snippets,none,import"),
          Map.entry("nfs", "images;rootdir,vztmpl,iso,backup,snippets,import"),
          Map.entry("cifs", "images;rootdir,vztmpl,iso,backup,snippets,import"),
          Map.entry("cephfs", "backup;vztmpl,iso,snippets,import"),
          Map.entry("glusterfs", "images;vztmpl,iso,backup,snippets,import"),
          Map.entry("lvm", "images;rootdir"),
          Map.entry("lvmthin", "images,rootdir;"),
          Map.entry("zfspool", "images,rootdir;"),
          Map.entry("rbd", "images;rootdir"),
          Map.entry("iscsi", "images;none"),
          Map.entry("iscsidirect", "images;"),
          Map.entry("zfs", "images;"),
          Map.entry("pbs", "backup;none"),
          Map.entry("esxi", "import;"));

  /** Kept elsewhere, and never told again. */
  static final Set<String> SECRET =
      Set.of("password", "encryption-key", "master-pubkey", "keyring");

  /** Read back as numbers. */
  static final Set<String> NUMBERS =
      Set.of(
          "shared",
          "disable",
          "sparse",
          "mkdir",
          "create-subdirs",
          "create-base-path",
          "max-protected-backups",
          "maxfiles",
          "port",
          "krbd",
          "fuse",
          "nocow",
          "nowritecache",
          "saferemove",
          "saferemove-stepsize",
          "snapshot-as-volume-chain",
          "skip-cert-verification",
          "tagged_only");

  private StorageOptions() {}

  /** What a type may hold. */
  static Set<String> possible(String type) {
    return Set.of(CONTENT.getOrDefault(type, ";").replaceAll("^;|;$", "").split("[,;]", -1));
  }

  /** What a type holds unless it is told otherwise. */
  static String usual(String type) {
    var all = CONTENT.getOrDefault(type, ";");
    return all.substring(0, all.indexOf(';'));
  }

  /** The types that a version has. */
  static ValueType type(int major) {
    var types = new ArrayList<>(CONTENT.keySet().stream().sorted().toList());
    if (major >= 9) {
      types.remove("glusterfs");
    }
    return oneOf(types);
  }

  /** The options that a new storage can have, in a version. */
  static Map<String, Param> forNew(int major) {
    var types = changeableTypes(major);
    types.put("path", formatted(StorageFormats.PATH));
    types.put("export", formatted(StorageFormats.PATH));
    types.put("share", string());
    types.put("vgname", formatted(StorageFormats.VOLUME_GROUP));
    types.put("thinpool", formatted(StorageFormats.VOLUME_GROUP));
    types.put("base", formatted(Formats.VOLUME_ID));
    types.put("portal", formatted(ServerFormats.PORTAL));
    types.put("target", string());
    types.put("iscsiprovider", string());
    types.put("authsupported", string());
    types.put("datastore", string());
    if (major < 9) {
      types.put("volume", string());
    }
    return params(types);
  }

  /** The options that can be given to a storage that there is. */
  static Map<String, Param> changeable(int major) {
    return params(changeableTypes(major));
  }

  private static Map<String, Param> params(Map<String, ValueType> types) {
    var params = new LinkedHashMap<String, Param>();
    types.forEach((name, type) -> params.put(name, Param.optional(type)));
    params.computeIfPresent("server2", (name, param) -> param.requires("server"));
    return params;
  }

  private static Map<String, ValueType> changeableTypes(int major) {
    var types = new LinkedHashMap<String, ValueType>();
    files(types, major);
    volumes(types, major);
    servers(types, major);
    return types;
  }

  private static void files(Map<String, ValueType> types, int major) {
    types.put("content", formatted(StorageTypes.CONTENT.list()));
    types.put("nodes", formatted(Formats.NODE.list()));
    types.put("disable", bool());
    types.put("shared", bool());
    types.put("format", oneOf("raw", "qcow2", "subvol", "vmdk"));
    types.put("preallocation", oneOf("off", "metadata", "falloc", "full").orElse("metadata"));
    types.put("mkdir", bool());
    types.put("create-base-path", bool());
    types.put("create-subdirs", bool());
    types.put("content-dirs", formatted(StorageFormats.FOLDER.list()));
    types.put("is_mountpoint", string().orElse("no"));
    types.put("nocow", bool().orElse("0"));
    types.put("max-protected-backups", integer().min(-1));
    types.put("prune-backups", formatted(BackupFormats.KEEP));
    types.put("bwlimit", formatted(StorageFormats.BANDWIDTH));
    if (major < 9) {
      types.put("maxfiles", integer().min(0));
    } else {
      types.put("snapshot-as-volume-chain", bool().orElse("0"));
    }
  }

  private static void volumes(Map<String, ValueType> types, int major) {
    types.put("saferemove", bool());
    types.put("saferemove_throughput", string());
    if (major >= 9) {
      types.put("saferemove-stepsize", integer().orElse("32"));
    }
    types.put("tagged_only", bool());
    types.put("pool", string());
    types.put("data-pool", string());
    types.put("blocksize", major >= 9 ? formatted(StorageFormats.BLOCK_SIZE) : string());
    types.put("sparse", bool());
    types.put("mountpoint", formatted(StorageFormats.PATH));
    types.put("zfs-base-path", formatted(StorageFormats.PATH));
    types.put("nowritecache", bool());
    types.put("comstar_hg", string());
    types.put("comstar_tg", string());
    types.put("lio_tpg", string());
    types.put("krbd", bool().orElse("0"));
  }

  private static void servers(Map<String, ValueType> types, int major) {
    types.put("server", formatted(ServerFormats.SERVER));
    types.put("port", integer().min(1).max(65535));
    types.put("username", string());
    types.put("password", string().maxLength(256));
    types.put("domain", string().maxLength(256));
    types.put("smbversion", oneOf("default", "2.0", "2.1", "3", "3.0", "3.11").orElse("default"));
    types.put("subdir", formatted(StorageFormats.PATH));
    types.put("options", formatted(StorageFormats.MOUNT_OPTIONS));
    types.put("monhost", formatted(ServerFormats.PORTAL.list()));
    types.put("keyring", string());
    types.put("fuse", bool());
    types.put("fs-name", formatted(Formats.CONFIG_ID));
    types.put("namespace", string());
    types.put("fingerprint", Standard.FINGERPRINT);
    types.put("encryption-key", string());
    types.put("master-pubkey", string());
    types.put("skip-cert-verification", bool());
    if (major < 9) {
      types.put("server2", formatted(ServerFormats.SERVER));
      types.put("transport", oneOf("tcp", "rdma", "unix"));
    }
  }
}
