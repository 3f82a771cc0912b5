package dev.hearth.stdlib.http;

import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.Mention.Argument;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which hosts a call of {@code http} contacts, and where {@code serve} listens. */
final class ForeseenAddresses {
  private static final Set<String> ASKING = Set.of("get", "head", "post", "put", "patch", "delete");

  private ForeseenAddresses() {}

  static Foreseen of(Mention mention) {
    if (mention.calls("serve")) {
      return listening(mention.argument(0));
    }
    if (!mention.path().getFirst().equals("http")) {
      return Foreseen.maybe("net", "listen", "write");
    }
    if (mention.kind() == Mention.Kind.OTHER || mention.path().size() != 2) {
      return Foreseen.maybe("net", "write");
    }
    return switch (mention.path().get(1)) {
      case "request" -> Foreseen.url(mention.argument(1));
      case "download" ->
          Foreseen.url(mention.argument(0)).and(Foreseen.named("write", mention.argument(1)));
      case String name when ASKING.contains(name) -> Foreseen.url(mention.argument(0));
      default -> Foreseen.maybe("net", "write"); // a client with defaults of its own
    };
  }

  private static Foreseen listening(Optional<Argument> options) {
    return options
        .map(Argument::fields)
        .orElse(Optional.of(Map.of()))
        .map(
            fields ->
                Foreseen.needs(
                    "listen="
                        + fields.getOrDefault("host", "127.0.0.1")
                        + ":"
                        + fields.getOrDefault("port", "0")))
        .orElseGet(() -> Foreseen.maybe("listen"));
  }
}
