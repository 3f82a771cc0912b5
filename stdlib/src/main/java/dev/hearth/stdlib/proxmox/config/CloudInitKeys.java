package dev.hearth.stdlib.proxmox.config;

import java.util.List;

/** The keys of a VM that its cloud-init drive is made of. */
public final class CloudInitKeys {
  /** Those that are there once; the network's are numbered, {@code ipconfig0}. */
  public static final List<String> SINGLE =
      List.of(
          "cicustom",
          "cipassword",
          "citype",
          "ciupgrade",
          "ciuser",
          "nameserver",
          "searchdomain",
          "sshkeys");

  private CloudInitKeys() {}

  public static boolean contain(String key) {
    return SINGLE.contains(key) || key.matches("ipconfig\\d+");
  }
}
