package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of {@code volumes}. A folder that is bound in the short form is made where it is
 * not there, as it always was with Docker.
 */
final class MountReader {
  private static final Set<String> BIND_OPTIONS =
      Set.of(
          "z",
          "Z",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "private",
          "rprivate",
          "cached",
          "delegated",
          "consistent");
  private static final String FORMS =
      "Write `VOLUME:/path`, `./folder:/path:ro`, `/path` for a volume of its own, or an object with"
          + " `type`, `source` and `target`.";

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
    var parts = value.word().split(":", -1);
    if (parts.length > 3 || List.of(parts).contains("")) {
      throw value.not("volume", FORMS);
    }
    if (parts.length == 1) {
      body.configObject("Volumes").putObject(target(value, parts[0]));
      return;
    }
    var target = target(value, parts[1]);
    var options = options(parts.length == 3 ? parts[2] : "");
    if (isPath(parts[0])) {
      if (options.isWithoutCopy()) {
        throw value.wrong("has `nocopy`, which is for volumes", "Leave `nocopy` out.");
      }
      bind(parts[0], target, options.isReadOnly(), options.others());
    } else {
      if (!options.others().stream().allMatch(Set.of("z", "Z")::contains)) {
        throw value.wrong(
            "has options that are for folders", "Leave all but `ro` and `nocopy` out.");
      }
      named(parts[0], target, options.isReadOnly(), options.isWithoutCopy(), null);
    }
  }

  private record Options(boolean isReadOnly, boolean isWithoutCopy, List<String> others) {}

  private Options options(String text) {
    var isReadOnly = false;
    var isWithoutCopy = false;
    var others = new ArrayList<String>();
    for (var option : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
      switch (option) {
        case "ro" -> isReadOnly = true;
        case "rw" -> isReadOnly = false;
        case "nocopy" -> isWithoutCopy = true;
        default -> {
          if (!BIND_OPTIONS.contains(option)) {
            throw value.wrong(
                "has the option `" + option + "`, which there is not",
                "Options are `ro`, `rw`, `nocopy`, `z`, `Z` and the propagations such as `rslave`.");
          }
          others.add(option);
        }
      }
    }
    return new Options(isReadOnly, isWithoutCopy, others);
  }

  private void readLong() {
    var fields =
        value.fields(
            "type", "source", "target", "read_only", "consistency", "bind", "volume", "tmpfs");
    var type = fields.require("type").oneOf("volume", "bind", "tmpfs");
    for (var other : List.of("bind", "volume", "tmpfs")) {
      if (!other.equals(type) && fields.get(other) != null) {
        throw value.wrong(
            "is a " + type + " and has `" + other + "`", "Leave `" + other + "` out.");
      }
    }
    var target = target(fields.require("target"), fields.require("target").word());
    var readOnly = fields.get("read_only");
    var isReadOnly = readOnly != null && readOnly.truth();
    var source = fields.get("source");
    switch (type) {
      case "bind" -> bindLong(fields.require("source"), target, isReadOnly, fields.get("bind"));
      case "volume" -> volumeLong(source, target, isReadOnly, fields.get("volume"));
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
    var path = source.word();
    if (!isPath(path)) {
      path = "./" + path;
    }
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
    var mount = mount("bind", target, isReadOnly).put("Source", body.place().bind().apply(path));
    for (var option : others) {
      if (option.length() == 1) {
        throw value.wrong("has `selinux` without `create_host_path`", "Leave one of them out.");
      }
      mount.withObject("/BindOptions").put("Propagation", option);
    }
  }

  private void bind(String source, String target, boolean isReadOnly, List<String> others) {
    var path = body.place().bind().apply(source);
    if (path.contains(":")) {
      throw value.wrong(
          "has a `:` in its source",
          "Use the long form, with `bind: { create_host_path: false }`.");
    }
    var options = new ArrayList<>(others);
    options.addFirst(isReadOnly ? "ro" : "rw");
    body.hostList("Binds").add(path + ":" + target + ":" + String.join(",", options));
  }

  private void volumeLong(
      @Nullable SpecValue source, String target, boolean isReadOnly, @Nullable SpecValue options) {
    var isWithoutCopy = false;
    SpecValue subpath = null;
    if (options != null) {
      var fields = options.fields("nocopy", "subpath");
      var nocopy = fields.get("nocopy");
      isWithoutCopy = nocopy != null && nocopy.truth();
      subpath = fields.get("subpath");
    }
    if (source == null) {
      body.configObject("Volumes").putObject(target);
    } else {
      named(source.word(), target, isReadOnly, isWithoutCopy, subpath);
    }
  }

  private void named(
      String name,
      String target,
      boolean isReadOnly,
      boolean isWithoutCopy,
      @Nullable SpecValue subpath) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw value.not("volume", FORMS);
    }
    var mount =
        mount("volume", target, isReadOnly).put("Source", body.place().volume().apply(name));
    if (isWithoutCopy) {
      mount.withObject("/VolumeOptions").put("NoCopy", true);
    }
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

  private static boolean isPath(String source) {
    return source.startsWith("/")
        || source.equals(".")
        || source.equals("..")
        || source.startsWith("./")
        || source.startsWith("../")
        || source.startsWith("~");
  }

  private static String target(SpecValue where, String path) {
    if (!path.startsWith("/")) {
      throw where.wrong("has a path in the container that is not absolute", "Begin it with `/`.");
    }
    return path;
  }
}
