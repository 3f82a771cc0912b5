package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    return sha1(of(guest));
  }

  public static String sha1(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1.", e);
    }
  }
}
