package dev.hearth.stdlib.proxmox.config;

import java.util.Arrays;
import java.util.List;

/** Lists inside one value. */
public final class Lists {
  private Lists() {}

  /** The parts of a list as Proxmox splits it: at commas, semicolons, white space and NULs. */
  public static List<String> split(String value) {
    return Arrays.stream(value.split("[,;\\s\0]+", -1)).filter(part -> !part.isEmpty()).toList();
  }
}
