package dev.hearth.stdlib.proxmox.sim.firewall;

import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list as Proxmox answers it: each entry carries the digest of all of them. */
final class Listing {
  private final List<Map<String, String>> entries;
  private final String digest;

  Listing(List<? extends Map<String, String>> entries) {
    this.entries = List.copyOf(entries);
    var text = new StringBuilder();
    entries.forEach(entry -> text.append(lines(entry)));
    this.digest = Digests.sha1(text.toString());
  }

  /** What an entry adds to a digest: its fields by name. */
  private static String lines(Map<String, String> entry) {
    var text = new StringBuilder();
    new TreeMap<>(entry)
        .forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.toString();
  }

  static String digest(Map<String, String> entry) {
    return Digests.sha1(lines(entry));
  }

  /** Refuses a change that was made in ignorance of another. */
  void check(@Nullable String known) {
    check(digest, known);
  }

  static void check(String digest, @Nullable String known) {
    if (known != null && !known.isEmpty() && !known.equals(digest)) {
      throw Refusal.die("detected modified configuration - file changed by other user? Try again.");
    }
  }

  List<Item> items() {
    var items = new ArrayList<Item>();
    entries.forEach(entry -> items.add(item(entry)));
    return items;
  }

  Item item(Map<String, String> entry) {
    return fields(entry).with("digest", digest);
  }

  /** The fields of an entry, whole numbers as numbers where Proxmox has them so. */
  static Item fields(Map<String, String> entry) {
    var item = new Item();
    entry.forEach((name, value) -> item.with(name, typed(name, value)));
    return item;
  }

  private static Object typed(String name, String value) {
    return switch (name) {
      case "enable", "ipversion", "nomatch" -> Integer.valueOf(value);
      default -> value;
    };
  }
}
