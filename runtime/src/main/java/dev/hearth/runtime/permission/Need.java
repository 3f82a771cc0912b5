package dev.hearth.runtime.permission;

import java.util.Locale;

/**
 * A permission that a recipe needs before it runs, and how it is put to the user.
 *
 * @param permission what is needed
 * @param words what it allows, as the rest of "allow it to …"; safe to show
 */
public record Need(Permission permission, String words) {
  /** A need in the permission's own words. */
  public static Need of(Permission permission) {
    return new Need(permission, permission.words());
  }

  /**
   * An intent on a configured connection: "change Proxmox through connection `lab`
   * (10.0.0.5:8006)".
   *
   * @param address where the connection's configuration leads
   */
  public static Need through(Permission.Intent intent, String address) {
    var system =
        intent.binding().substring(0, 1).toUpperCase(Locale.ROOT) + intent.binding().substring(1);
    var named = new Permission.Intent(system, intent.connection(), intent.access());
    return new Need(intent, named.words() + " (" + VisibleText.of(address) + ")");
  }
}
