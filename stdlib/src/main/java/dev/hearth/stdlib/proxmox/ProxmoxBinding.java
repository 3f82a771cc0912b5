package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Cache;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulatorFactory;
import dev.hearth.stdlib.proxmox.sim.copy.WorldCopy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Proxmox VE 8 and newer, as {@code hearth:proxmox}. */
public final class ProxmoxBinding implements Binding {
  private final SimulatorFactory simulators;

  /** What all runs of this process share, by the address of the server. */
  private final Map<String, Lanes> lanes = new ConcurrentHashMap<>();

  public ProxmoxBinding() {
    this(new ProxmoxSimulatorFactory());
  }

  /** With simulators of one's own, for tests that look into them or make them fail. */
  public ProxmoxBinding(SimulatorFactory simulators) {
    this.simulators = simulators;
  }

  @Override
  public String name() {
    return "proxmox";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    var at = ProxmoxConnection.address(connection).net().toString();
    var proxmox =
        new ProxmoxConnection(
            connection, context, lanes.computeIfAbsent(at, address -> new Lanes()));
    return ProxmoxOps.over(
        proxmox, schemas(proxmox, connection, context), context.recipe().files());
  }

  /** A simulator's schema is made anew with each Hearth, so it is not kept. */
  private static SchemaSource schemas(
      ProxmoxConnection proxmox, Connection connection, OpContext context) {
    boolean isSimulated = connection.origin() == Connection.Origin.SIMULATOR;
    return new SchemaSource(proxmox, isSimulated ? Cache.NONE : context.cache());
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.required("url", "Address of the API", "https://10.0.0.5:8006"),
        ConnectionField.secret("token", "API token, as USER@REALM!TOKENID=UUID"),
        ConnectionField.optional("user", "User with its realm, when there is no token", "root@pam"),
        ConnectionField.secret("password", "Password of the user"),
        ConnectionField.fingerprint(
            "fingerprint",
            "SHA-256 of the certificate, when it is self-signed",
            "On the server, `pvenode cert info` shows it."));
  }

  @Override
  public List<Permission> reach(Connection connection) {
    var address = ProxmoxConnection.address(connection).net();
    ProxmoxConnection.requireCredentials(connection);
    return Endpoint.of(address.host(), address.port())
        .map(endpoint -> List.<Permission>of(new Permission.Net(endpoint)))
        .orElseThrow(() -> new HearthException(ProxmoxError.URL_WRONG, address));
  }

  @Override
  public Optional<ConnectionTest> test(Connection connection, OpContext context) {
    var proxmox = new ProxmoxConnection(connection, context);
    var tested = new ConnectionProbe(proxmox).test();
    schemas(proxmox, connection, context).schema(); // kept for the first run
    return Optional.of(tested);
  }

  @Override
  public Optional<JsonNode> copy(Connection connection, OpContext context) {
    var source = new CopySource(new ProxmoxConnection(connection, context));
    var world = WorldCopy.of(source, context.effects().clock());
    source.tell(context.log());
    return Optional.of(world);
  }

  @Override
  public Optional<String> keptTypes(Cache cache) {
    return SchemaSource.types(cache);
  }

  @Override
  public Optional<SimulatorFactory> simulator() {
    return Optional.of(simulators);
  }

  /** A connection that is spelled out needs {@code net} as well. */
  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.path().size() > 1) {
      return Foreseen.nothing(); // of a connection, which was mentioned before
    }
    if (!mention.calls("proxmox")) {
      return Foreseen.maybe("net");
    }
    return Foreseen.connection("proxmox", mention, "net");
  }
}
