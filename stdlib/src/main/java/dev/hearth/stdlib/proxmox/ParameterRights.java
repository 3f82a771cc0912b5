package dev.hearth.stdlib.proxmox;

import dev.hearth.stdlib.proxmox.config.CloudInitKeys;
import dev.hearth.stdlib.proxmox.config.DriveFormats;
import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.KeyPrivileges;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.schema.Privileges;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a call needs by its parameters, which no schema tells: the class of each option, the
 * storages of disks, the bridges of network cards; and what a list needs so that it is not empty.
 */
final class ParameterRights {
  private static final Pattern NEW_DISK = Pattern.compile("([^/:\\s]+):\\d+(?:\\.\\d+)?");
  private static final Pattern VOLUME = Pattern.compile("([^/:\\s]+):(.+)");
  private static final Pattern OWNED = Pattern.compile("(?:.*/)?(?:vm|base|subvol)-(\\d+)-.*");
  private static final Set<String> NO_OPTIONS =
      Set.of(
          "archive",
          "background_delay",
          "bwlimit",
          "delete",
          "digest",
          "force",
          "full",
          "ignore-unpack-errors",
          "import-working-storage",
          "live-restore",
          "newid",
          "node",
          "ostemplate",
          "password",
          "pool",
          "restore",
          "revert",
          "skiplock",
          "snapname",
          "ssh-public-keys",
          "start",
          "storage",
          "target",
          "unique",
          "unprivileged",
          "vmid");

  private final int major;
  private final String method;
  private final List<String> path;
  private final NeededRights.CallParams params;
  private Privileges sum = Privileges.NONE;

  ParameterRights(int major, String method, List<String> path, NeededRights.CallParams params) {
    this.major = major;
    this.method = method;
    this.path = path;
    this.params = params;
  }

  Privileges all() {
    if (path.size() >= 3 && path.getFirst().equals("nodes")) {
      ofNode(path.get(2), path.subList(3, path.size()));
    } else if (method.equals("GET") && path.size() == 1) {
      switch (path.getFirst()) {
        case "storage" -> need("/storage", "Datastore.Audit");
        case "pools" -> need("/pool", "Pool.Audit");
        default -> {} // answers all there is
      }
    } else if (method.equals("GET") && path.equals(List.of("cluster", "resources"))) {
      resources(params.get("type").orElse(""));
    }
    return sum;
  }

  private void need(String where, String... privileges) {
    sum = sum.and(Privileges.of(where, privileges));
  }

  /** Lists are filtered silently by what the caller may see. */
  private void resources(String type) {
    if (type.isEmpty() || type.equals("vm")) {
      need("/vms", "VM.Audit");
    }
    if (type.isEmpty() || type.equals("storage")) {
      need("/storage", "Datastore.Audit");
    }
  }

  private void ofNode(String what, List<String> rest) {
    switch (what) {
      case "qemu", "lxc" -> ofGuests(what.equals("qemu"), rest);
      case "storage" -> ofStorages(rest);
      case "vzdump" -> backup();
      default -> {} // the schema says it all
    }
  }

  private void ofGuests(boolean isVm, List<String> rest) {
    var verb = rest.size() < 2 ? "" : rest.get(1);
    if (rest.isEmpty() && method.equals("GET")) {
      need("/vms", "VM.Audit");
    } else if (rest.isEmpty() && method.equals("POST")) {
      make(isVm);
    } else if (verb.equals("config") && !method.equals("GET")) {
      options(isVm, guest());
    } else if (Set.of("clone", "move_disk", "move_volume").contains(verb)
        && method.equals("POST")) {
      params.get("storage").ifPresent(this::space);
      params.get("target-vmid").ifPresent(other -> need("/vms/" + other, "VM.Config.Disk"));
    }
  }

  private String guest() {
    return params.get("vmid").map(vmid -> "/vms/" + vmid).orElse("/vms");
  }

  private void make(boolean isVm) {
    // Rights on the pool that a new guest goes to count as rights on the guest.
    var where = params.get("pool").map(pool -> "/pool/" + pool).orElse(guest());
    need(where, "VM.Allocate");
    if (params.on("start") && major >= 9) {
      need(guest(), "VM.PowerMgmt");
    }
    params.get("storage").ifPresent(this::space);
    for (var source : List.of("ostemplate", "archive")) {
      params.get(source).ifPresent(this::readable);
    }
    if (!isVm && !params.on("unprivileged") && !params.on("restore")) {
      need("/", "Sys.Modify");
    }
    options(isVm, where);
  }

  private void options(boolean isVm, String where) {
    for (var param : params.sent().properties()) {
      if (!NO_OPTIONS.contains(param.getKey()) && !param.getValue().isNull()) {
        option(isVm, where, param.getKey(), param.getValue().asText());
      }
    }
    params
        .get("delete")
        .ifPresent(keys -> Lists.split(keys).forEach(key -> option(isVm, where, key, "")));
  }

  private void option(boolean isVm, String where, String key, String value) {
    if (key.matches("net\\d+")) {
      bridge(value);
    }
    if (key.equals("startup")) {
      need("/", "Sys.Modify");
    }
    if (isVm) {
      optionOfVm(where, key, value);
      return;
    }
    need(where, KeyPrivileges.ofContainer(key));
    if (key.equals("features")) {
      need(where, "VM.Allocate");
    }
    if (key.matches("rootfs|mp\\d+")) {
      disk(value.replaceFirst("^volume=", "").replaceFirst(",.*", ""));
    }
  }

  private void optionOfVm(String where, String key, String value) {
    if (CloudInitKeys.contain(key)) {
      need(where, major >= 8 ? "VM.Config.Cloudinit" : "VM.Config.Options");
    } else if (key.equals("cdrom") || DriveKeys.isDrive(key)) {
      drive(where, key, value);
    } else if (key.equals("tags")) {
      need(where, "VM.Config.Options");
    } else if (key.matches("(hostpci|usb|serial)\\d+")) {
      need(where, "VM.Config.HWType");
      mapping(key.startsWith("usb") ? "usb" : "pci", "mapping", value);
    } else if (key.matches("virtiofs\\d+")) {
      need(where, "VM.Config.Disk");
      mapping("dir", "dirid", value);
    } else if (DriveKeys.isUnused(key)) {
      need(where, "VM.Config.Disk");
    } else {
      need(where, KeyPrivileges.ofVm(key).orElse(NeededRights.ROOT));
    }
  }

  private void mapping(String kind, String name, String value) {
    var named = Pattern.compile("(?:^|,)" + name + "=([^,]+)").matcher(value);
    if (named.find()) {
      need("/mapping/" + kind + "/" + named.group(1), "Mapping.Use");
    } else if (kind.equals("dir") && !value.isEmpty()) {
      need("/mapping/dir/" + value.replaceFirst(",.*", ""), "Mapping.Use");
    }
  }

  private void drive(String where, String key, String value) {
    var format = DriveFormats.of(key);
    if (value.isEmpty() || format.problem(value, key).isPresent()) {
      need(where, "VM.Config.Disk"); // what is taken off is not known here
      return;
    }
    var drive = format.parse(value);
    var file = drive.get("file").orElse("");
    boolean isDisc =
        key.equals("cdrom")
            || file.equals("none")
            || file.equals("cdrom")
            || drive.get("media").filter("cdrom"::equals).isPresent();
    if (DriveFormats.isCloudInit(file)) {
      need(where, major >= 8 ? "VM.Config.Cloudinit" : "VM.Config.CDROM");
      return;
    }
    need(where, isDisc ? "VM.Config.CDROM" : "VM.Config.Disk");
    disk(file);
    drive.get("import-from").ifPresent(this::readable);
  }

  private void disk(String file) {
    var made = NEW_DISK.matcher(file);
    if (made.matches()) {
      space(made.group(1));
    } else {
      readable(file);
    }
  }

  private void space(String storage) {
    need("/storage/" + storage, "Datastore.AllocateSpace");
  }

  /** A volume that is read: files by who may look into the storage, disks by who may clone them. */
  private void readable(String file) {
    var volume = VOLUME.matcher(file);
    if (!volume.matches()) {
      return;
    }
    var owner = OWNED.matcher(volume.group(2));
    if (owner.matches()) {
      boolean isOwn = Optional.of(owner.group(1)).equals(params.get("vmid"));
      if (!isOwn) {
        need("/vms/" + owner.group(1), "VM.Clone");
      }
    } else {
      need("/storage/" + volume.group(1), "Datastore.Audit");
    }
  }

  private void bridge(String card) {
    var bridge = Pattern.compile("(?:^|,)bridge=([^,]+)").matcher(card);
    if (major < 8 || !bridge.find()) {
      return;
    }
    var where = "/sdn/zones/localnetwork/" + bridge.group(1);
    var tag = Pattern.compile("(?:^|,)tag=(\\d+)").matcher(card);
    var trunks = Pattern.compile("(?:^|,)trunks=([^,]+)").matcher(card);
    boolean tagged = tag.find();
    if (tagged) {
      need(where + "/" + tag.group(1), "SDN.Use");
    }
    if (trunks.find()) {
      tagged = true;
      for (var vlan : Lists.split(trunks.group(1))) {
        need(where + "/" + vlan, "SDN.Use");
      }
    }
    if (!tagged) {
      need(where, "SDN.Use");
    }
  }

  private void ofStorages(List<String> rest) {
    if (rest.isEmpty() && method.equals("GET")) {
      need("/storage", "Datastore.Audit");
    } else if (rest.size() == 3 && rest.get(1).equals("content") && !method.equals("GET")) {
      need("/storage/" + rest.getFirst(), "Datastore.Allocate");
    }
  }

  private void backup() {
    var ids = params.get("vmid").map(Lists::split).orElse(List.of());
    if (ids.isEmpty()) {
      need("/vms", "VM.Backup");
    }
    ids.forEach(vmid -> need("/vms/" + vmid, "VM.Backup"));
    params.get("storage").ifPresent(this::space);
  }
}
