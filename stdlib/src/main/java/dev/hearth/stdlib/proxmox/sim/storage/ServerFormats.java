package dev.hearth.stdlib.proxmox.sim.storage;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the servers are written that storages lie on. */
public final class ServerFormats {
  private static final Pattern PORTAL_TEXT =
      Pattern.compile(
          "\\[[0-9a-fA-F:.]+](:\\d+)?|[0-9a-fA-F]*:[0-9a-fA-F:]+|[A-Za-z0-9.\\-]+(:\\d+)?");

  public static final ValueFormat SERVER =
      ValueFormat.of(
          "pve-storage-server",
          value ->
              unless(
                  Formats.ADDRESS.problem(value, "").isEmpty(),
                  "value does not look like a valid server name or IP address\n"));
  public static final ValueFormat PORTAL =
      ValueFormat.of(
          "pve-storage-portal-dns",
          value ->
              unless(
                  PORTAL_TEXT.matcher(value).matches(),
                  "value does not look like a valid portal address\n"));

  private ServerFormats() {}

  private static Optional<String> unless(boolean isGood, String problem) {
    return isGood ? Optional.empty() : Optional.of(problem);
  }
}
