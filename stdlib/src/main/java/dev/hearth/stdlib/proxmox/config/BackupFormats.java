package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;

import java.util.List;
import java.util.Optional;

/** Property strings about backups. */
public final class BackupFormats {
  /** Which backups to keep. */
  public static final PropertyFormat KEEP =
      PropertyFormat.named("prune-backups")
          .optional("keep-all", bool())
          .optional(
              List.of(
                  "keep-last",
                  "keep-hourly",
                  "keep-daily",
                  "keep-weekly",
                  "keep-monthly",
                  "keep-yearly"),
              integer().min(0))
          .rule(
              values ->
                  "1".equals(values.get("keep-all")) && values.size() > 1
                      ? Optional.of("keep-all cannot be set together with other options.\n")
                      : Optional.empty());

  private BackupFormats() {}
}
