package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real implementation of the part of a system's API that recipes use: it keeps state, has the
 * system's rules, says no as the system would, and speaks its wire protocol.
 */
public interface Simulator extends AutoCloseable {
  /**
   * How the binding reaches it under {@code --simulate}: the address is one of {@link #services}.
   */
  Connection connection();

  /**
   * What it serves, by the address that clients ask for. Streams arrive after TLS: under {@code
   * --simulate} there is none, and {@code hearth sim} ends it before.
   */
  Map<NetAddress, StreamService> services();

  /**
   * Command lines with which a person tries it from a shell, credentials included, for what {@code
   * hearth sim} prints.
   *
   * @param url where it is served, such as {@code https://127.0.0.1:8006}
   */
  default List<String> commands(String url) {
    return List.of();
  }

  /**
   * Makes what is asked of it fail, or take its time.
   *
   * @throws dev.hearth.runtime.HearthException when it knows no such fault
   */
  default void disturb(Disturbance disturbance) {
    if (!disturbance.equals(Disturbance.NONE)) {
      throw new UnsupportedOperationException("Nothing can go wrong in this simulator.");
    }
  }

  /**
   * What an administrator of the real system does so that somebody may do all that this one was
   * asked, and no more: commands, or a file of the system's own. It was asked by one who may
   * everything.
   *
   * @param name for what is made
   * @param whom who is to have it, as the system names people; empty for a name of its own
   * @return lines; none when nothing was asked for that needs a right, or no account is kept
   */
  default List<String> role(String name, Optional<String> whom) {
    return List.of();
  }

  /** The world as JSON, for {@code --simulate=FILE}; {@link SimulatorFactory#start} reads it. */
  JsonNode save();

  @Override
  void close();
}
