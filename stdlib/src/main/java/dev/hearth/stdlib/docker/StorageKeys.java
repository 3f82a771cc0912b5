package dev.hearth.stdlib.docker;

import static java.util.Map.entry;

import java.util.Map;

/** Keys about what a container reads and writes: volumes, folders of its host, memory. */
final class StorageKeys {
  static final Map<String, SpecRule> RULES =
      Map.ofEntries(
          entry("volumes", StorageKeys::volumes),
          entry("volumes_from", SpecRule.hostWords("VolumesFrom")),
          entry("tmpfs", StorageKeys::tmpfs),
          entry("storage_opt", StorageKeys::storage));

  private StorageKeys() {}

  private static void volumes(SpecValue value, SpecBody body) {
    value.list().forEach(each -> new MountReader(each, body).read());
  }

  private static void tmpfs(SpecValue value, SpecBody body) {
    var mounts = body.hostObject("Tmpfs");
    for (var each : value.oneOrList()) {
      var text = each.word();
      var at = text.indexOf(':');
      var path = at < 0 ? text : text.substring(0, at);
      if (!path.startsWith("/")) {
        throw each.not("absolute path", "Write it like `/run` or `/run:size=64m,mode=1777`.");
      }
      mounts.put(path, at < 0 ? "" : text.substring(at + 1));
    }
  }

  private static void storage(SpecValue value, SpecBody body) {
    ProcessKeys.labels(value, body.hostObject("StorageOpt"));
  }
}
