package dev.hearth.stdlib.proxmox.sim.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one firewall file says: that of the datacenter, a node, a guest or a virtual network. Its
 * collections are mutable, guarded by the world's lock.
 *
 * @param options by name
 * @param aliases by their names in lower case
 * @param ipsets by name
 * @param groups security groups by name; only the datacenter has them
 * @param rules first match first
 */
public record Firewall(
    Map<String, String> options,
    Map<String, Map<String, String>> aliases,
    Map<String, Section> ipsets,
    Map<String, Section> groups,
    List<Map<String, String>> rules) {

  /** A set of addresses or a group of rules, with what people say of it. */
  public record Section(@Nullable String comment, List<Map<String, String>> entries) {
    public Section {
      entries = copies(entries);
    }

    /** The same entries under another comment; {@code null} keeps the one there is. */
    public Section commented(@Nullable String newComment) {
      return newComment == null ? this : new Section(newComment, entries);
    }
  }

  public Firewall {
    options = new TreeMap<>(options);
    var named = new TreeMap<String, Map<String, String>>();
    aliases.forEach((name, alias) -> named.put(name, new LinkedHashMap<>(alias)));
    aliases = named;
    ipsets = new TreeMap<>(ipsets);
    groups = new TreeMap<>(groups);
    rules = copies(rules);
  }

  /** A file that is not there yet. */
  public static Firewall empty() {
    return new Firewall(Map.of(), Map.of(), Map.of(), Map.of(), List.of());
  }

  /** All of it once more, to be changed on its own. */
  public Firewall copy() {
    return new Firewall(options, aliases, ipsets, groups, rules);
  }

  private static List<Map<String, String>> copies(List<Map<String, String>> entries) {
    var copies = new ArrayList<Map<String, String>>();
    entries.forEach(entry -> copies.add(new LinkedHashMap<>(entry)));
    return copies;
  }
}
