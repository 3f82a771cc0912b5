package dev.hearth.stdlib.proxmox.sim.copy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A real Proxmox VE as whoever copies it sees it. Safe from any thread. */
@FunctionalInterface
public interface Source {
  /**
   * What it answers.
   *
   * @return empty when it does not tell; the source remembers that and why
   * @throws dev.hearth.runtime.HearthException when there is no Proxmox to ask any more
   */
  Optional<JsonNode> get(Ask ask);
}
