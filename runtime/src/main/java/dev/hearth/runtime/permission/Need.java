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
   * @param address where the connection's configuration leads; empty for what has no address, such
   *     as a program
   */
  public static Need through(Permission.Intent intent, String address) {
    return new Need(intent, words(intent) + behind(address));
  }

  /**
   * An intent on whatever connection the recipe names, and on the default where it names none:
   * "change Proxmox: connection `lab` (10.0.0.5:8006) unless the recipe names another".
   *
   * @param connection the name of the default
   * @param address where its configuration leads; empty for what has no address
   */
  public static Need byDefault(Permission.Intent intent, String connection, String address) {
    return new Need(
        intent,
        "%s: connection `%s`%s unless the recipe names another"
            .formatted(words(intent), VisibleText.of(connection), behind(address)));
  }

  /** An intent on a system as it is found here, without any connection. */
  public static Need unconnected(Permission.Intent intent) {
    return new Need(intent, words(intent));
  }

  private static String behind(String address) {
    return address.isEmpty() ? "" : " (" + VisibleText.of(address) + ")";
  }

  private static String words(Permission.Intent intent) {
    var system =
        intent.binding().substring(0, 1).toUpperCase(Locale.ROOT) + intent.binding().substring(1);
    return new Permission.Intent(system, intent.connection(), intent.access()).words();
  }
}
