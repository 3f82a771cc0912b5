package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may put which tags on a VM, and how the cluster writes them. */
public record TagRights(World world, Rights rights, int vmid) {

  /** Refuses unless the caller may turn the old tags into the new ones. */
  public void check(String before, String after) {
    var old = new LinkedHashSet<>(split(before));
    var wanted = new LinkedHashSet<>(split(after));
    var changed = new ArrayList<String>();
    wanted.stream().filter(tag -> !old.contains(tag)).forEach(changed::add);
    old.stream().filter(tag -> !wanted.contains(tag)).forEach(changed::add);
    if (!changed.isEmpty() && !rights.has("/", "Sys.Modify")) {
      changed.forEach(this::checkOne);
    }
  }

  private void checkOne(String tag) {
    var access = properties("user-tag-access");
    var registered = Set.copyOf(Lists.split(option("registered-tags")));
    var allowed =
        switch (access.getOrDefault("user-allow", "free")) {
          case "free" -> !registered.contains(tag);
          case "existing" -> existing().contains(tag) || listed(access).contains(tag);
          case "list" -> listed(access).contains(tag);
          default -> false;
        };
    if (!allowed) {
      throw Refusal.permission("/, Sys.Modify for modifying tag '" + tag + "'");
    }
    rights.check("/vms/" + vmid, "VM.Config.Options");
  }

  private static Set<String> listed(Map<String, String> access) {
    return Set.copyOf(Lists.split(access.getOrDefault("user-allow-list", "")));
  }

  private Set<String> existing() {
    var tags = new HashSet<String>();
    world.guests().values().forEach(guest -> tags.addAll(split(guest.config().get("tags"))));
    return tags;
  }

  private static List<String> split(@org.jspecify.annotations.Nullable String tags) {
    return Lists.split(tags == null ? "" : tags);
  }

  /** The tags as this cluster writes them: in its order, in its case, each once. */
  public static String written(World world, String tags) {
    var style = new TagRights(world, world.rightsOf(""), 0).properties("tag-style");
    var keepsCase = "1".equals(style.get("case-sensitive"));
    var keepsOrder = "config".equals(style.get("ordering"));
    Set<String> unique = keepsOrder ? new LinkedHashSet<>() : new TreeSet<>();
    Lists.split(tags).forEach(tag -> unique.add(keepsCase ? tag : tag.toLowerCase(Locale.ROOT)));
    return String.join(";", unique);
  }

  private String option(String name) {
    return world.options().getOrDefault(name, "");
  }

  private Map<String, String> properties(String name) {
    var properties = new HashMap<String, String>();
    for (var part : option(name).split(",", -1)) {
      var equals = part.indexOf('=');
      if (equals > 0) {
        properties.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return properties;
  }
}
