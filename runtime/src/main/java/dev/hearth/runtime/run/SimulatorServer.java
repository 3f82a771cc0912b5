package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.tls.Fingerprint;
import dev.hearth.runtime.effect.tls.SelfSigned;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Disturbance;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.runtime.storage.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A simulated system that listens on this machine by TLS, for whoever speaks its wire protocol.
 *
 * <p>Its certificate belongs to its world: it stands in the world's file beside what is simulated,
 * so that a fingerprint that was pinned once holds at the next start. Without a file both are new
 * each time. The same file serves {@code --simulate=FILE}, but not at the same time.
 */
public final class SimulatorServer implements AutoCloseable {
  private static final String CERTIFICATE = "certificate";
  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "::1");

  private final String binding;
  private final NetAddress simulated;
  private final Optional<JsonFile> file;
  private final SelfSigned certificate;
  private final Simulator simulator;
  private final StreamServer server;

  /**
   * Where it listens and what it knows.
   *
   * @param host a name or address of this machine
   * @param port 0 for any free one
   * @param world the file that keeps the world; read now and written by {@link #close}
   * @param disturbance what goes wrong there
   * @param first the world to begin with where the file has none yet; a usual one if it is absent
   */
  public record Place(
      String host,
      int port,
      Optional<Path> world,
      Disturbance disturbance,
      Optional<JsonNode> first) {
    /** With a usual world to begin with. */
    public Place(String host, int port, Optional<Path> world, Disturbance disturbance) {
      this(host, port, world, disturbance, Optional.empty());
    }
  }

  /** Is told, with the peer, about each stream that ended badly; a client that goes away is one. */
  public interface Failures extends BiConsumer<String, Exception> {}

  private SimulatorServer(Binding binding, Place place, Clock clock, Net net, Failures failures) {
    this.binding = binding.name();
    this.file = place.world().map(JsonFile::ofProject).map(JsonFile::inExistingFolder);
    var world = file.map(kept -> kept.read().root());
    this.certificate =
        world
            .flatMap(kept -> kept.optional(CERTIFICATE))
            .map(SimulatorServer::read)
            .orElseGet(() -> SelfSigned.create(LOCAL, VALIDITY, clock));
    this.simulator =
        binding
            .simulator()
            .orElseThrow()
            .start(
                world.map(kept -> kept.get(this.binding)).or(place::first).orElse(null),
                clock,
                net);
    this.simulated = ConnectionTrial.addresses(binding, simulator.connection()).getFirst();
    if (place.first().isPresent()) {
      keep(); // what took long to read is not lost if this is killed
    }
    this.server = listen(place, net, failures);
  }

  private void keep() {
    file.ifPresent(
        kept ->
            kept.update(
                content -> {
                  content.root().set(binding, simulator.save());
                  content.root().set(CERTIFICATE, write(certificate));
                }));
  }

  private StreamServer listen(Place place, Net net, Failures failures) {
    try {
      simulator.disturb(place.disturbance());
      return StreamServer.start(
          net.listen(place.host(), place.port(), certificate.tls(List.of())),
          Objects.requireNonNull(simulator.services().get(simulated), "it serves its own address"),
          failures);
    } catch (HearthException e) {
      simulator.close();
      throw e;
    }
  }

  /**
   * Starts one; it serves when this returns.
   *
   * @param binding one that has a simulator
   * @param net where it listens, and how machines inside reach out
   * @throws HearthException {@code net.listen-failed}; {@code storage.…} when the file is no world;
   *     what the simulator says of a fault that it does not know
   */
  public static SimulatorServer start(
      Binding binding, Place place, Clock clock, Net net, Failures failures) {
    return new SimulatorServer(binding, place, clock, net, failures);
  }

  private static SelfSigned read(JsonNode kept) {
    return SelfSigned.read(kept.path("pem").asText(), Secret.of(kept.path("key").asText()));
  }

  private static JsonNode write(SelfSigned certificate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pem", certificate.certificatePem())
        .put("key", certificate.keyPem().reveal());
  }

  /** Where it really listens. */
  public NetAddress address() {
    return NetAddress.parse(server.address());
  }

  /** What clients pin. */
  public Fingerprint fingerprint() {
    return certificate.fingerprint();
  }

  /** How a client on this machine comes in: what is not secret, with {@link #address} in it. */
  public ObjectNode settings() {
    var settings = simulator.connection().settings().deepCopy();
    settings
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isTextual()) {
                var text = field.getValue().textValue();
                field.setValue(
                    TextNode.valueOf(text.replace(simulated.toString(), local().toString())));
              }
            });
    return settings;
  }

  /** The rest of how a client comes in. */
  public Map<String, Secret> secrets() {
    return simulator.connection().secrets();
  }

  /** Command lines with which a person tries it from a shell of this machine. */
  public List<String> commands() {
    return simulator.commands("https://" + local());
  }

  /** All addresses at once is none that a client could ask for. */
  private NetAddress local() {
    var address = address();
    return switch (address.host()) {
      case "0.0.0.0", "0:0:0:0:0:0:0:0" -> new NetAddress("127.0.0.1", address.port());
      default -> address;
    };
  }

  /** Stops serving, and then writes the world down if it has a file. */
  @Override
  public void close() {
    try (simulator) {
      server.close();
      keep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
