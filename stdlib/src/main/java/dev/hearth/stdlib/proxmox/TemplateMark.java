package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The line in a VM's notes that says Hearth made it, and from what. It names the VM's own id, since
 * clones inherit the notes and are nobody's template.
 *
 * @param image the checksum of the image, else its volume id; no other place of a VM keeps it
 * @param build the {@link TemplatePlan#build} that made it: what an undo may take back
 */
record TemplateMark(long vmid, String name, String image, String build) {
  private static final String START = "{\"managedBy\":\"hearth\"";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static boolean isMark(String line) {
    return line.strip().startsWith(START);
  }

  /** The mark in a VM's notes; empty for VMs that are not Hearth's, and for clones of them. */
  static Optional<TemplateMark> in(long vmid, String description) {
    return description
        .lines()
        .filter(TemplateMark::isMark)
        .flatMap(line -> read(line).stream())
        .filter(mark -> mark.vmid == vmid)
        .findFirst();
  }

  private static Optional<TemplateMark> read(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      return Optional.of(
          new TemplateMark(
              json.path("vmid").asLong(),
              json.path("name").asText(),
              json.path("image").asText(),
              json.path("build").asText()));
    } catch (JacksonException e) {
      return Optional.empty(); // somebody wrote into the line, so it proves nothing any more
    }
  }

  /** The notes without any mark. */
  static String notesIn(String description) {
    return description
        .lines()
        .filter(Predicate.not(TemplateMark::isMark))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** The notes with the mark below them. */
  String under(@Nullable String notes) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("managedBy", "hearth").put("kind", "template").put("vmid", vmid).put("name", name);
    json.put("image", image).put("build", build);
    return notes == null || notes.isBlank() ? json.toString() : notes.strip() + "\n\n" + json;
  }
}
