package dev.hearth.stdlib.proxmox.sim.notify;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The endpoints and matchers together, which share their names. Two are built in: they can be
 * changed, and are as before once they are deleted.
 */
final class NotificationConfig {
  static final String MATCHER = "matcher";
  private static final Map<String, Section> BUILT_IN = builtIn();

  private final Sections file;
  private final Sections secrets;

  NotificationConfig(World world) {
    this.file = world.sections("notifications");
    this.secrets = world.sections("priv/notifications");
  }

  private static Map<String, Section> builtIn() {
    var sections = new LinkedHashMap<String, Section>();
    var root = new LinkedHashMap<String, String>();
    root.put("comment", "Send mails to root@pam's email address");
    root.put("mailto-user", "root@pam");
    sections.put("mail-to-root", new Section("sendmail", root));
    var all = new LinkedHashMap<String, String>();
    all.put("comment", "Route all notifications to mail-to-root");
    all.put("mode", "all");
    all.put("target", "mail-to-root");
    sections.put("default-matcher", new Section(MATCHER, all));
    return sections;
  }

  private Map<String, Section> all() {
    var all = new LinkedHashMap<>(BUILT_IN);
    all.putAll(file.all());
    return all;
  }

  /** Those of a type, by name. */
  Map<String, Section> ofType(String type) {
    var wanted = all();
    wanted.values().removeIf(is -> !is.type().equals(type));
    return wanted;
  }

  /** What is known of the one of a type that has this name; refuses where there is none. */
  Map<String, String> known(String type, String what, String name) {
    return find(name)
        .filter(is -> is.type().equals(type))
        .orElseThrow(() -> missing(what + " '" + name + "' not found"))
        .values();
  }

  Optional<Section> find(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /** Who made it. */
  String origin(String name) {
    var original = BUILT_IN.get(name);
    if (original == null) {
      return "user-created";
    }
    return original.equals(all().get(name)) ? "builtin" : "modified-builtin";
  }

  String digest() {
    return Digests.sha256(file.text());
  }

  void checkDigest(Call call) {
    var known = call.params().text("digest", "");
    if (!known.isEmpty() && !known.equals(digest())) {
      throw bad("detected modified configuration - file changed by other user? Try again.");
    }
  }

  void checkNew(String name) {
    if (find(name).isPresent()) {
      throw bad("Cannot create '" + name + "', an entity with the same name already exists");
    }
  }

  /** Refuses targets that are none. */
  void checkTargets(Iterable<String> targets) {
    for (var target : targets) {
      if (find(target).filter(is -> !is.type().equals(MATCHER)).isEmpty()) {
        throw missing("endpoint '" + target + "' does not exist");
      }
    }
  }

  /** Keeps what is said of it; what is empty is not kept. */
  void put(String name, String type, Map<String, String> values) {
    values.values().removeIf(String::isEmpty);
    file.put(name, type, values);
  }

  /** Removes it, unless a matcher needs it; what is built in is as before. */
  void remove(String name) {
    if (!BUILT_IN.containsKey(name)) {
      var users =
          ofType(MATCHER).entrySet().stream()
              .filter(
                  is ->
                      is.getValue()
                          .values()
                          .getOrDefault("target", "")
                          .lines()
                          .anyMatch(name::equals))
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!users.isEmpty()) {
        throw bad("cannot delete '" + name + "', referenced by: " + String.join(", ", users));
      }
    }
    file.remove(name);
    secrets.remove(name);
  }

  /** What is kept of it and never told. */
  Map<String, String> secrets(String name) {
    return secrets.values(name);
  }

  /** The same, to be changed. */
  Map<String, String> editSecrets(String name) {
    return secrets.edit(name);
  }

  static Refusal bad(String text) {
    return Refusal.of(400, text + "\n");
  }

  static Refusal missing(String text) {
    return Refusal.of(404, text + "\n");
  }
}
