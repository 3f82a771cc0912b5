package dev.hearth.stdlib.proxmox.sim.qemu;

import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configurations as the API answers them: whole numbers as numbers, passwords as stars. */
final class ConfigAnswer {
  private static final String STARS = "**********";

  private final QemuKeys keys;

  ConfigAnswer(Vm vm) {
    this.keys = QemuKeys.ofVersion(vm.world().major());
  }

  /** A configuration with its digest. */
  Map<String, Object> of(Map<String, String> config, String digest) {
    var answer = plain(config);
    answer.replaceAll((key, value) -> key.equals("cipassword") ? STARS : value);
    answer.put("digest", digest);
    return answer;
  }

  /** A configuration as it stands, passwords and all: so Proxmox answers for snapshots. */
  Map<String, Object> plain(Map<String, String> config) {
    var answer = new LinkedHashMap<String, Object>();
    config.forEach((key, value) -> answer.put(key, typed(key, value)));
    return answer;
  }

  /** Current and coming values side by side. */
  List<Map<String, Object>> pending(Vm vm) {
    var items = new ArrayList<Map<String, Object>>();
    var deleted = vm.pendingDelete().entries();
    vm.config()
        .forEach(
            (key, value) -> {
              var item = item(key);
              item.put("value", shown(key, value));
              var coming = vm.pending().get(key);
              if (coming != null) {
                item.put("pending", shown(key, coming));
              }
              if (deleted.containsKey(key)) {
                item.put("delete", deleted.getOrDefault(key, false) ? 2 : 1);
              }
              items.add(item);
            });
    vm.pending()
        .forEach(
            (key, value) -> {
              if (!key.equals(PendingDelete.KEY) && !vm.config().containsKey(key)) {
                var item = item(key);
                item.put("pending", shown(key, value));
                items.add(item);
              }
            });
    var digest = item("digest");
    digest.put("value", vm.digest());
    items.add(digest);
    return items;
  }

  private static Map<String, Object> item(String key) {
    var item = new LinkedHashMap<String, Object>();
    item.put("key", key);
    return item;
  }

  private Object shown(String key, String value) {
    return key.equals("cipassword") ? STARS : typed(key, value);
  }

  private Object typed(String key, String value) {
    var isWhole =
        key.equals("snaptime")
            || keys.find(key)
                .map(known -> known.type().kind())
                .filter(kind -> kind == Kind.INTEGER || kind == Kind.BOOLEAN)
                .isPresent();
    return isWhole && value.matches("\\d+") ? new BigInteger(value) : value;
  }
}
