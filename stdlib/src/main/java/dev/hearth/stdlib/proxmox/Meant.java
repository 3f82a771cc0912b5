package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.Suggestion;
import dev.hearth.stdlib.proxmox.config.ConfigKey;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What was meant by a key or option of a guest that Proxmox does not know. */
final class Meant {
  private static final int NEWEST = 9;
  private static final Pattern OPTION =
      Pattern.compile("\\b\\w+\\.([\\w-]+): property is not defined in schema");
  private static final String UNKNOWN = "property is not defined in schema";

  private Meant() {}

  /**
   * What to say behind Proxmox's words; empty when nothing is like it.
   *
   * @param key the parameter that Proxmox blames
   * @param words why
   */
  static String after(ApiCall call, String key, String words) {
    var keys = keysOf(call.path().segments());
    var option = OPTION.matcher(words);
    Optional<String> near =
        option.find()
            ? keys.find(key).flatMap(known -> Suggestion.closest(option.group(1), options(known)))
            : words.startsWith(UNKNOWN) ? Suggestion.closest(key, names(keys)) : Optional.empty();
    return near.map(name -> " (did you mean `" + name + "`?)").orElse("");
  }

  /** The names of keys; of a numbered one the first. */
  static List<String> names(KeyTable keys) {
    return keys.all().values().stream()
        .map(key -> key.count() == 0 ? key.name() : key.name() + "0")
        .toList();
  }

  private static KeyTable keysOf(List<String> path) {
    return path.contains(GuestType.CONTAINER.word())
        ? LxcKeys.ofVersion(NEWEST)
        : QemuKeys.ofVersion(NEWEST);
  }

  private static Collection<String> options(ConfigKey key) {
    return key.type().format() instanceof PropertyFormat format
        ? format.properties().keySet()
        : List.of();
  }
}
