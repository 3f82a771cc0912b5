package dev.hearth.stdlib.proxmox.sim.world;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What goes wrong inside of guests of a name.
 *
 * @param guest the name of a VM; {@code *} for all
 */
public record GuestFault(String guest, Trouble trouble) {

  /** What goes wrong. */
  public enum Trouble {
    /** Its guest agent never answers. */
    NO_AGENT,
    /** cloud-init ends with an error. */
    CLOUD_INIT_FAILED,
    /** cloud-init never ends. */
    CLOUD_INIT_RUNNING,
    /** The user that was asked for is not there. */
    NO_USER,
    /** No package that is asked for is there. */
    NO_PACKAGE;

    /** As a person writes it: {@code no-agent}. */
    public static Optional<Trouble> of(String word) {
      return Stream.of(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  boolean hits(String name) {
    return guest.equals("*") || guest.equals(name);
  }
}
