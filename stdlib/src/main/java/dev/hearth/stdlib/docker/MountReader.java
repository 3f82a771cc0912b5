package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.FormPlace;
import dev.hearth.stdlib.docker.compose.ShortMount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of {@code volumes}. A folder that is bound in the short form is made where it is
 * not there, as it always was with Docker.
 */
final class MountReader {
  private final SpecValue value;
  private final SpecBody body;

  MountReader(SpecValue value, SpecBody body) {
    this.value = value;
    this.body = body;
  }

  void read() {
    if (value.isMap()) {
      readLong();
    } else {
      readShort();
    }
  }

  private void readShort() {
    var mount = ShortMount.read(value.word(), value);
    if (mount.isBind()) {
      var others = new ArrayList<String>();
      mount.propagation().ifPresent(others::add);
      mount.selinux().ifPresent(others::add);
      var path = body.place().paths().resolved(mount.source(), value);
      bind(path, mount.target(), mount.isReadOnly(), others);
    } else if (mount.source().isEmpty()) {
      body.configObject("Volumes").putObject(mount.target());
    } else {
      named(
          new Volume(mount.source(), mount.isWithoutCopy(), null, mount.selinux().orElse("")),
          mount.target(),
          mount.isReadOnly());
    }
  }

  private void readLong() {
    var fields =
        value.fields(
            "type", "source", "target", "read_only", "consistency", "bind", "volume", "tmpfs");
    var type = fields.require("type").oneOf("volume", "bind", "tmpfs");
    for (var other : List.of("bind", "volume", "tmpfs")) {
      boolean isOfLabel = type.equals("volume") && other.equals("bind"); // SELinux's stands there
      if (!other.equals(type) && !isOfLabel && fields.get(other) != null) {
        throw value.wrong(
            "is a " + type + " and has `" + other + "`", "Leave `" + other + "` out.");
      }
    }
    var target = fields.require("target").word();
    ShortMount.requireAbsolute(target, fields.require("target"));
    var readOnly = fields.get("read_only");
    var isReadOnly = readOnly != null && readOnly.truth();
    var source = fields.get("source");
    switch (type) {
      case "bind" -> bindLong(fields.require("source"), target, isReadOnly, fields.get("bind"));
      case "volume" -> volumeLong(fields, target, isReadOnly);
      default -> {
        if (source != null) {
          throw source.wrong("is given for memory", "Leave `source` out.");
        }
        tmpfs(target, isReadOnly, fields.get("tmpfs"));
      }
    }
  }

  private void bindLong(
      SpecValue source, String target, boolean isReadOnly, @Nullable SpecValue options) {
    var path = body.place().paths().resolved(source.word(), source);
    var others = new ArrayList<String>();
    var makesSource = true;
    if (options != null) {
      var fields = options.fields("propagation", "create_host_path", "selinux");
      var propagation = fields.get("propagation");
      if (propagation != null) {
        others.add(
            propagation.oneOf("shared", "rshared", "slave", "rslave", "private", "rprivate"));
      }
      var selinux = fields.get("selinux");
      if (selinux != null) {
        others.add(selinux.oneOf("z", "Z"));
      }
      var creates = fields.get("create_host_path");
      makesSource = creates == null || creates.truth();
    }
    if (makesSource) {
      bind(path, target, isReadOnly, others);
      return;
    }
    var mount = mount("bind", target, isReadOnly).put("Source", path);
    for (var option : others) {
      if (option.length() == 1) {
        throw value.wrong("has `selinux` without `create_host_path`", "Leave one of them out.");
      }
      mount.withObject("/BindOptions").put("Propagation", option);
    }
  }

  private void bind(String path, String target, boolean isReadOnly, List<String> others) {
    if (path.contains(":")) {
      throw value.wrong(
          "has a `:` in its source",
          "Use the long form, with `bind: { create_host_path: false }`.");
    }
    bound(path, target, isReadOnly, others);
  }

  private void bound(String source, String target, boolean isReadOnly, List<String> others) {
    var options = new ArrayList<>(others);
    options.addFirst(isReadOnly ? "ro" : "rw");
    body.hostList("Binds").add(source + ":" + target + ":" + String.join(",", options));
  }

  private void volumeLong(SpecValue.Fields all, String target, boolean isReadOnly) {
    var isWithoutCopy = false;
    SpecValue subpath = null;
    var options = all.get("volume");
    if (options != null) {
      var fields = options.fields("nocopy", "subpath");
      var nocopy = fields.get("nocopy");
      isWithoutCopy = nocopy != null && nocopy.truth();
      subpath = fields.get("subpath");
    }
    var bind = all.get("bind");
    var selinux = bind == null ? null : bind.fields("selinux").get("selinux");
    var label = selinux == null ? "" : selinux.oneOf("z", "Z");
    var source = all.get("source");
    if (source == null) {
      body.configObject("Volumes").putObject(target);
    } else {
      named(new Volume(source.word(), isWithoutCopy, subpath, label), target, isReadOnly);
    }
  }

  /**
   * A volume that has a name.
   *
   * @param label of SELinux; empty for none
   */
  private record Volume(
      String name, boolean isWithoutCopy, @Nullable SpecValue subpath, String label) {}

  private void named(Volume volume, String target, boolean isReadOnly) {
    if (!volume.name().matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw value.wrong(
          "has " + FormPlace.quoted(volume.name()) + ", which is no name of a volume",
          "Use `a-z A-Z 0-9 _ . -`, the first a letter or digit; begin a folder of the host with"
              + " `./` or `/`.");
    }
    var name = body.place().volume().apply(volume.name());
    if (!volume.label().isEmpty()) { // which has no field of its own in the API
      if (volume.subpath() != null) {
        throw value.wrong("has `selinux` and `subpath`", "Leave one of them out.");
      }
      bound(
          name,
          target,
          isReadOnly,
          volume.isWithoutCopy() ? List.of(volume.label(), "nocopy") : List.of(volume.label()));
      return;
    }
    var mount = mount("volume", target, isReadOnly).put("Source", name);
    if (volume.isWithoutCopy()) {
      mount.withObject("/VolumeOptions").put("NoCopy", true);
    }
    var subpath = volume.subpath();
    if (subpath != null) {
      body.needs(1, 45, "`" + subpath.path() + "`");
      mount.withObject("/VolumeOptions").put("Subpath", subpath.word());
    }
  }

  private void tmpfs(String target, boolean isReadOnly, @Nullable SpecValue options) {
    var mount = mount("tmpfs", target, isReadOnly);
    if (options == null) {
      return;
    }
    var fields = options.fields("size", "mode");
    var size = fields.get("size");
    if (size != null) {
      mount.withObject("/TmpfsOptions").put("SizeBytes", size.bytes());
    }
    var mode = fields.get("mode");
    if (mode != null) {
      mount.withObject("/TmpfsOptions").put("Mode", mode.integer(0, 07777));
    }
  }

  private ObjectNode mount(String type, String target, boolean isReadOnly) {
    var mount = body.hostList("Mounts").addObject().put("Type", type).put("Target", target);
    return isReadOnly ? mount.put("ReadOnly", true) : mount;
  }
}
