package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file of sections, of which a list tells all that is in it. */
final class SectionsCopy {
  private final Answers answers;
  private final String key;
  private final Set<String> without;

  /**
   * @param key the field that names a section
   * @param leftOut what a list adds to a section, and what is secret
   */
  SectionsCopy(Answers answers, String key, String... leftOut) {
    this.answers = answers;
    this.key = key;
    this.without = new HashSet<>(List.of(leftOut));
    without.addAll(List.of(key, "type", "digest"));
  }

  void into(Sections file, Ask ask) {
    for (var told : answers.list(ask)) {
      file.put(told.name(key), told.find("type").orElse(key), told.texts(without));
    }
  }
}
