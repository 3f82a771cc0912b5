package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line in a VM's notes that says Hearth made it, and from what. It names the VM's own id, since
 * clones inherit the notes and are nobody's template.
 *
 * @param spec {@link TemplateSpec#compared}
 */
record TemplateMark(long vmid, String name, String specHash, ObjectNode spec) {
  private static final String START = "{\"managedBy\":\"hearth\"";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static TemplateMark of(long vmid, String name, TemplateSpec spec) {
    return new TemplateMark(vmid, name, spec.hash(), spec.compared());
  }

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
      return json.path("spec") instanceof ObjectNode spec
          ? Optional.of(
              new TemplateMark(
                  json.path("vmid").asLong(),
                  json.path("name").asText(),
                  json.path("specHash").asText(),
                  spec))
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // somebody wrote into the line, so it proves nothing any more
    }
  }

  /** The notes with the mark below them. */
  String under(@Nullable String notes) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("managedBy", "hearth").put("kind", "template").put("vmid", vmid).put("name", name);
    json.put("specHash", specHash).set("spec", spec);
    return notes == null || notes.isBlank() ? json.toString() : notes.strip() + "\n\n" + json;
  }

  /** What is otherwise in {@code wanted}: {@code memory 2048 -> 4096}. */
  List<String> differences(TemplateSpec wanted) {
    var now = wanted.compared();
    List<String> found = new ArrayList<>();
    for (var field : now.properties()) {
      var before = spec.path(field.getKey()).asText();
      var after = field.getValue().asText();
      if (!before.equals(after)) {
        found.add(field.getKey() + " " + shown(before) + " -> " + shown(after));
      }
    }
    return found;
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : value.length() > 40 ? value.substring(0, 12) + "…" : value;
  }
}
