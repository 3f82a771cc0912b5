package dev.hearth.stdlib.docker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images that engines of a run offer to others, each by a ticket that nobody can guess: who shows
 * it was given it by somebody who may read them.
 */
final class OfferedImages implements AutoCloseable {
  private static final int TICKET_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Offer> offers = new ConcurrentHashMap<>();

  /** Images of an engine, which is asked for them when somebody takes them. */
  record Offer(Engine engine, List<String> names, List<String> ids) {}

  String add(Offer offer) {
    var bytes = new byte[TICKET_BYTES];
    RANDOM.nextBytes(bytes);
    var ticket = HexFormat.of().formatHex(bytes);
    offers.put(ticket, offer);
    return ticket;
  }

  /** The offer of a ticket, which is good once. */
  Optional<Offer> take(String ticket) {
    return Optional.ofNullable(offers.remove(ticket));
  }

  @Override
  public void close() {
    offers.clear();
  }
}
