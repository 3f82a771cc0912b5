package dev.hearth.stdlib.proxmox.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.config.Comparison;
import dev.hearth.stdlib.proxmox.config.ConfigKey;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a guest was given, wanting the same again is no change. Beside the recorded values these
 * are random ones of every key, by the declarations.
 */
class PhantomDifferenceTest {
  private static final int ROUNDS = 60;

  /**
   * Keys that {@code ensure} never sends to a guest that is there; a wish for a new root disk
   * stands in the configuration as it was written, as the recordings show.
   */
  private static final Set<String> NOT_SENT =
      Set.of("lock", "template", "unused", "unprivileged", "rootfs");

  /** What a container cannot be without. */
  private static final Set<String> KEPT = Set.of("memory", "swap", "ostype");

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void what_a_vm_was_given_is_what_it_has(int major) {
    var keys = QemuKeys.ofVersion(major);
    try (var root = RootClient.ofVersion(major)) {
      root.done("POST", "/nodes/pve/qemu", "vmid=700", "scsihw=virtio-scsi-single");
      var trial = new Trial(root, "/nodes/pve/qemu/700/config", keys);
      keys.all().values().forEach(trial::of);
      trial.check();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void what_a_container_was_given_is_what_it_has(int major) {
    var keys = LxcKeys.ofVersion(major);
    try (var root = RootClient.ofVersion(major)) {
      var appliance = "alpine-3.22-default_20250617_amd64.tar.xz";
      root.done("POST", "/nodes/pve/aplinfo", "storage=local", "template=" + appliance);
      root.done(
          "POST",
          "/nodes/pve/lxc",
          "vmid=700",
          "ostemplate=local:vztmpl/" + appliance,
          "rootfs=local-lvm:1");
      var trial = new Trial(root, "/nodes/pve/lxc/700/config", keys);
      keys.all().values().forEach(trial::of);
      trial.check();
    }
  }

  /** Gives a guest random values of its keys, one after the other. */
  private static final class Trial {
    private final RootClient root;
    private final String path;
    private final KeyTable keys;
    private final List<String> phantoms = new ArrayList<>();
    private final Set<String> taken = new TreeSet<>();
    private final Set<String> tried = new TreeSet<>();

    Trial(RootClient root, String path, KeyTable keys) {
      this.root = root;
      this.path = path;
      this.keys = keys;
    }

    void of(ConfigKey key) {
      if (NOT_SENT.contains(key.name())) {
        return;
      }
      var name = key.count() == 0 ? key.name() : key.name() + "1";
      tried.add(name);
      for (int seed = 0; seed < ROUNDS; seed++) {
        var random = new RandomConfig(seed);
        random.valueOf(key).ifPresent(value -> give(name, value, random.otherwise(key, value)));
      }
    }

    private void give(String name, String value, String otherwise) {
      var sent = kept(name, value);
      if (root.refusal("PUT", path, pairs(sent)).isEmpty()) {
        taken.add(name);
        compare(name, value);
        compare(name, otherwise);
      }
      remove(sent.keySet()); // what was refused may stand there all the same
    }

    private void compare(String name, String wish) {
      Map<String, @Nullable String> wanted = new HashMap<>();
      wanted.put(name, wish);
      var shown = new HashMap<String, String>();
      root.get(path).properties().forEach(e -> shown.put(e.getKey(), e.getValue().asText()));
      var differences = new Comparison(keys, shown).differences(wanted);
      if (!differences.isEmpty()) {
        phantoms.add(name + "=" + wish + " is shown as " + shown.get(name) + ": " + differences);
      }
    }

    private void remove(Set<String> names) {
      for (var name : names) {
        if (!KEPT.contains(name)) {
          root.done("PUT", path, "delete=" + name);
        }
      }
    }

    void check() {
      assertThat(phantoms).isEmpty();
      assertThat(taken).isEqualTo(tried);
    }
  }

  /** What {@code ensure} sends for a wish. */
  private static Map<String, String> kept(String name, String value) {
    Map<String, @Nullable String> wanted = new HashMap<>();
    wanted.put(name, value);
    var sent = new LinkedHashMap<String, String>();
    Comparison.kept(wanted)
        .forEach(
            (key, text) -> {
              if (text != null) {
                sent.put(key, text);
              }
            });
    return sent;
  }

  private static String[] pairs(Map<String, String> sent) {
    return sent.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .toArray(String[]::new);
  }
}
