package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a specification has to know of its image: the part of a catalogue's entry that counts here.
 *
 * @param user who is made when nobody is named; null for none
 * @param setup what reads the settings that Proxmox hands over
 */
record ImageFacts(
    @Nullable String id,
    @Nullable String family,
    @Nullable String release,
    @Nullable String codename,
    @Nullable String name,
    @Nullable String user,
    @Nullable String packageManager,
    @Nullable String init,
    Setup setup,
    @Nullable String agentPackage,
    boolean agentPreinstalled,
    List<String> firmware,
    boolean secureBoot,
    String cpuLevel,
    String cpu,
    int diskGiB,
    int memoryMiB) {

  /** What reads the settings that Proxmox hands over. */
  enum Setup {
    CLOUD_INIT,
    CLOUD_INIT_SUBSET,
    IGNITION,
    NONE;

    static Setup of(String word) {
      return switch (word) {
        case "cloud-init-subset" -> CLOUD_INIT_SUBSET;
        case "ignition" -> IGNITION;
        case "none" -> NONE;
        default -> CLOUD_INIT;
      };
    }
  }

  /** Of an image that nobody knows anything of, it is taken to read cloud-init. */
  static ImageFacts of(@Nullable JsonNode entry) {
    var given = entry == null ? MissingNode.getInstance() : entry;
    boolean isKnown = given.isObject();
    JsonNode image = isKnown ? given : MissingNode.getInstance();
    List<String> firmware = new ArrayList<>();
    image.path("firmware").forEach(each -> firmware.add(each.asText()));
    return new ImageFacts(
        text(image, "id"),
        text(image, "family"),
        text(image, "release"),
        text(image, "codename"),
        text(image, "name"),
        text(image, "user"),
        text(image, "packageManager"),
        text(image, "init"),
        Setup.of(image.path("setup").asText("cloud-init")),
        text(image, "agentPackage"),
        image.path("agentPreinstalled").asBoolean(false),
        firmware.isEmpty() ? List.of("bios", "uefi") : List.copyOf(firmware),
        image.path("secureBoot").asBoolean(!isKnown),
        image.path("cpuLevel").asText("x86-64-v1"),
        image.path("cpu").asText("x86-64-v2-AES"),
        image.path("diskGiB").asInt(0),
        image.path("memoryMiB").asInt(0));
  }

  private static @Nullable String text(JsonNode image, String name) {
    return image.hasNonNull(name) ? image.get(name).asText() : null;
  }

  boolean isKnown() {
    return id != null;
  }

  /** As a sentence names it. */
  String called() {
    return name == null ? "the image" : name;
  }

  /** Whose package names count: several programs share those of one. */
  Optional<String> packageNames() {
    return Optional.ofNullable(packageManager)
        .map(
            manager ->
                switch (manager) {
                  case "yum" -> "dnf";
                  case "transactional-update" -> "zypper";
                  default -> manager;
                });
  }
}
