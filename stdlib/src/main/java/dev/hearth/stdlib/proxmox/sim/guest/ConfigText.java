package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.Map;

/** A VM's configuration as a file, and the digest by which concurrent changes are noticed. */
public final class ConfigText {
  private ConfigText() {}

  public static String of(Guest guest) {
    var text = new StringBuilder();
    section(text, guest.config());
    if (!guest.pending().isEmpty()) {
      text.append("\n[PENDING]\n");
      section(text, guest.pending());
    }
    guest
        .snapshots()
        .forEach(
            (name, section) -> {
              text.append("\n[").append(name).append("]\n");
              section(text, section);
            });
    return text.toString();
  }

  private static void section(StringBuilder text, Map<String, String> section) {
    section.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
  }

  /** SHA-1 of the text, in lower-case hexadecimal. */
  public static String digest(Guest guest) {
    return Digests.sha1(of(guest));
  }
}
