package dev.hearth.stdlib.proxmox.config;

import java.util.Locale;
import java.util.TreeSet;

/** A guest's tags. */
public final class Tags {
  private Tags() {}

  /** As Proxmox writes them: lower case, each once, in order, separated by semicolons. */
  public static String normalised(String tags) {
    var sorted = new TreeSet<String>();
    Lists.split(tags).forEach(tag -> sorted.add(tag.toLowerCase(Locale.ROOT)));
    return String.join(";", sorted);
  }
}
