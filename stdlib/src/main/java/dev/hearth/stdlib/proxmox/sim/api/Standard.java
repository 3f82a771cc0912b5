package dev.hearth.stdlib.proxmox.sim.api;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import java.util.Optional;

/** Parameters and types that many methods have, as Proxmox declares them once for all. */
public final class Standard {
  public static final Param NODE = Param.of(formatted(Formats.NODE));
  public static final Param VMID =
      Param.of(integer().format(Formats.VMID).min(100).max(999_999_999));
  public static final Param STORAGE = Param.of(formatted(Formats.STORAGE_ID));

  /** Names of properties that go. */
  public static final Param DELETE =
      Param.optional(formatted(Formats.CONFIG_ID.list()).maxLength(4096));

  public static final Param DIGEST = Param.optional(string().maxLength(64));

  /** The SHA-256 digest of a server's certificate. */
  public static final ValueType FINGERPRINT = matching("([A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}");

  /** Any texts, in one string like every list. */
  public static final ValueType TEXTS =
      formatted(ValueFormat.of("string-list", _ -> Optional.empty()));

  private Standard() {}
}
