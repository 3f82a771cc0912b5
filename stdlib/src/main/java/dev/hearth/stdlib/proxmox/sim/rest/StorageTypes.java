package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What kinds of content and names of files there may be. */
final class StorageTypes {
  private static final Set<String> KINDS =
      Set.of("images", "rootdir", "vztmpl", "iso", "backup", "snippets", "none", "import");
  private static final Pattern ISO = Pattern.compile("[^/]+\\.(?i:iso|img)");
  private static final Pattern TEMPLATE = Pattern.compile("[^/]+\\.tar\\.(gz|xz|zst|bz2)");
  private static final Pattern IMPORT =
      Pattern.compile("[a-zA-Z0-9\\-.+=_]+\\.(ova|qcow2|raw|vmdk)");

  static final ValueFormat CONTENT =
      ValueFormat.of(
          "pve-storage-content",
          value ->
              KINDS.contains(value)
                  ? Optional.empty()
                  : Optional.of("invalid content type '" + value + "'\n"));

  /** What can be brought to a storage. */
  static final ValueType TRANSFER = ValueType.oneOf("iso", "vztmpl", "import").format(CONTENT);

  static final ValueType ALGORITHM = ValueType.oneOf(FileFacts.ALGORITHMS);

  private StorageTypes() {}

  /** The kinds of content in the order in which lists go through them. */
  static List<String> kinds() {
    return List.of("rootdir", "images", "vztmpl", "iso", "backup", "snippets", "import");
  }

  /** A file's name as it is stored: without folders, with underscores for what is unusual. */
  static String normalized(String filename) {
    return filename.replaceFirst("^.*[/\\\\]", "").replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** Refuses a name that a kind of content does not have. */
  static void checkName(String content, String filename) {
    boolean good =
        switch (content) {
          case "iso" -> ISO.matcher(filename).matches();
          case "vztmpl" -> TEMPLATE.matcher(filename).matches();
          default -> IMPORT.matcher(filename).matches();
        };
    if (!good) {
      throw Refusal.parameter(
          "filename",
          content.equals("import")
              ? "invalid filename or wrong extension"
              : "wrong file extension");
    }
  }
}
