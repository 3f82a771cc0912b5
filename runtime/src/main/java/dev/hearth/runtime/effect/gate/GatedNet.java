package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.HostPattern;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionError;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gate in front of the network: the name, before it is resolved; then each address that it
 * resolved to, by the rule of {@link ResolvedAddress}; and then a connection to just those.
 *
 * <p>What is in this process is reached without resolving. Through a proxy only the name can be
 * checked, since it is the proxy that resolves it; the proxy itself is the user's setting.
 *
 * <p>What is left: a Unix socket is connected to by its path, so who replaces it by a link between
 * the check and that moment wins.
 */
final class GatedNet implements Net {
  private final Net net;
  private final Gate gate;

  GatedNet(Net net, Gate gate) {
    this.net = net;
    this.gate = gate;
  }

  @Override
  public NetStream connect(NetAddress address, @Nullable Tls tls) {
    var host = host(address.host());
    gate.check(to(host, address.port()));
    if (net.isInProcess(address)) {
      return counted(address.host(), () -> net.connect(address, tls));
    }
    var addresses = allowed(address, host, net.resolve(address.host()));
    return counted(address.host(), () -> net.connect(address, addresses, tls));
  }

  /** Connects to those of {@code addresses} that the name really has by now. */
  @Override
  public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
    var host = host(address.host());
    gate.check(to(host, address.port()));
    if (net.isInProcess(address)) {
      return counted(address.host(), () -> net.connect(address, addresses, tls));
    }
    var known = net.resolve(address.host());
    var both = addresses.stream().filter(known::contains).toList();
    var allowed = allowed(address, host, both.isEmpty() ? known : both);
    return counted(address.host(), () -> net.connect(address, allowed, tls));
  }

  @Override
  public NetStream connectVia(NetAddress proxy, NetAddress target) {
    gate.check(to(host(target.host()), target.port()));
    return counted(target.host(), () -> net.connectVia(proxy, target));
  }

  @Override
  public NetStream connect(Path unixSocket) {
    var real = socket(unixSocket, path -> new Permission.Net(new Endpoint.Unix(path)));
    return counted("unix:" + real, () -> net.connect(real));
  }

  /** The addresses of a host that could be connected to on some port. */
  @Override
  public List<InetAddress> resolve(String host) {
    var pattern = host(host);
    var ports =
        gate.grants().list().stream()
            .map(grant -> portFor(pattern, grant.permission()))
            .filter(port -> port != 0)
            .distinct()
            .toList();
    if (ports.isEmpty()) {
      gate.check(to(pattern, Endpoint.ANY_PORT)); // refuses, since nothing covers the host
    }
    var addresses = net.resolve(host);
    if (net.isInProcess(new NetAddress(host, 1))) {
      return addresses;
    }
    var allowed =
        addresses.stream()
            .filter(
                address ->
                    ports.stream()
                        .anyMatch(
                            port ->
                                ResolvedAddress.of(pattern, port, address).isOpen(gate.grants())))
            .toList();
    if (allowed.isEmpty()) {
      throw refusal(pattern, ports.getFirst(), addresses.getFirst());
    }
    return allowed;
  }

  private static int portFor(HostPattern host, Permission granted) {
    return switch (granted) {
      case Permission.All() -> Endpoint.ANY_PORT;
      case Permission.Net(Endpoint.Tcp(var pattern, var port)) when pattern.covers(host) -> port;
      default -> 0;
    };
  }

  @Override
  public Listener listen(String host, int port, @Nullable Tls tls) {
    gate.check(new Permission.Listen(new Endpoint.Tcp(host(host), port)));
    return net.listen(host, port, tls);
  }

  @Override
  public Listener listen(Path unixSocket) {
    return net.listen(socket(unixSocket, path -> new Permission.Listen(new Endpoint.Unix(path))));
  }

  @Override
  public boolean isInProcess(NetAddress address) {
    return net.isInProcess(address);
  }

  @Override
  public Optional<String> userSetting(String variable) {
    return net.userSetting(variable);
  }

  private List<InetAddress> allowed(
      NetAddress address, HostPattern host, List<InetAddress> resolved) {
    var allowed =
        resolved.stream()
            .filter(each -> ResolvedAddress.of(host, address.port(), each).isOpen(gate.grants()))
            .toList();
    if (allowed.isEmpty()) {
      throw refusal(host, address.port(), resolved.getFirst());
    }
    gate.resolved(
        to(host, address.port()),
        allowed.stream().map(ResolvedAddress::text).collect(Collectors.joining(", ")));
    return allowed;
  }

  private HearthException refusal(HostPattern host, int port, InetAddress address) {
    var behind = ResolvedAddress.of(host, port, address).permission();
    return gate.refusal(
        behind,
        new HearthException(
            PermissionError.PRIVATE_ADDRESS,
            gate.name(),
            to(host, port).request(),
            host,
            ResolvedAddress.text(address),
            behind.declaration(),
            behind.flag()));
  }

  private Path socket(Path asked, Function<Path, Permission> permission) {
    var path = asked.toAbsolutePath().normalize();
    gate.check(permission.apply(path));
    var real = Gate.realPath(path);
    if (!real.equals(path)) {
      gate.check(permission.apply(real));
      gate.resolved(permission.apply(path), real.toString());
    }
    return real;
  }

  private NetStream counted(String host, Supplier<NetStream> connecting) {
    var slot = gate.connectionsTo(host).take();
    try {
      return new CountedStream(connecting.get(), slot);
    } catch (RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  private static Permission to(HostPattern host, int port) {
    return new Permission.Net(new Endpoint.Tcp(host, port));
  }

  private static HostPattern host(String host) {
    var zone = host.indexOf('%'); // says through which of this machine's networks, not where to
    var bare = zone > 0 && host.contains(":") ? host.substring(0, zone) : host;
    return HostPattern.parse(bare)
        .filter(
            pattern ->
                !(pattern instanceof HostPattern.Any || pattern instanceof HostPattern.Below))
        .orElseThrow(() -> new HearthException(NetError.NAME_NOT_RESOLVED, host));
  }
}
