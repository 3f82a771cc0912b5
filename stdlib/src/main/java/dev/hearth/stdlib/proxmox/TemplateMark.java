package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The line in a VM's notes that says Hearth made it, and from what. It names the VM's own id, since
 * clones inherit the notes and are nobody's template.
 *
 * @param name of the template that the VM is, or is made for
 * @param build what made it: what an undo may take back
 * @param facts the whole line: whatever else its maker wants to know again
 */
record TemplateMark(long vmid, String name, String build, ObjectNode facts) {
  private static final String START = "{\"managedBy\":\"hearth\"";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The mark of a VM with these facts; {@code name} and {@code build} are among them. */
  static TemplateMark of(long vmid, ObjectNode given) {
    var facts = JsonNodeFactory.instance.objectNode();
    facts.put("managedBy", "hearth").put("vmid", vmid);
    given.properties().stream()
        .filter(fact -> !facts.has(fact.getKey()))
        .forEach(fact -> facts.set(fact.getKey(), fact.getValue()));
    return new TemplateMark(vmid, facts.path("name").asText(), facts.path("build").asText(), facts);
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

  /** The mark in a VM's configuration. */
  static Optional<TemplateMark> in(VmPlace vm, JsonNode config) {
    return in(vm.vmid(), config.path("description").asText(""));
  }

  private static Optional<TemplateMark> read(String line) {
    try {
      return MAPPER.readTree(line) instanceof ObjectNode facts
          ? Optional.of(of(facts.path("vmid").asLong(), facts))
          : Optional.empty();
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

  /** The same mark with what is told anew. */
  TemplateMark with(ObjectNode changed) {
    var all = facts.deepCopy();
    all.setAll(changed);
    return of(vmid, all.put("name", name).put("build", build));
  }

  /** The notes with the mark below them; a line in them that looks like one is left out. */
  String under(@Nullable String notes) {
    var own = notes == null ? "" : notesIn(notes);
    return own.isEmpty() ? facts.toString() : own + "\n\n" + facts;
  }
}
