package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network in which a server has the name that its certificate says ({@code tls-server-name}): who
 * connects to that name comes to the server's own address, which is what the gate sees and checks.
 */
final class NamedServer implements Net {
  private final Net net;
  private final String name;
  private final NetAddress server;

  NamedServer(Net net, String name, NetAddress server) {
    this.net = net;
    this.name = name;
    this.server = server;
  }

  private NetAddress real(NetAddress address) {
    return address.host().equals(name) && address.port() == server.port() ? server : address;
  }

  @Override
  public NetStream connect(NetAddress address, @Nullable Tls tls) {
    return net.connect(real(address), tls);
  }

  @Override
  public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
    return net.connect(real(address), addresses, tls);
  }

  @Override
  public NetStream connectVia(NetAddress proxy, NetAddress target) {
    return net.connectVia(proxy, real(target));
  }

  @Override
  public NetStream connect(Path unixSocket) {
    return net.connect(unixSocket);
  }

  @Override
  public List<InetAddress> resolve(String host) {
    return net.resolve(host.equals(name) ? server.host() : host);
  }

  @Override
  public Listener listen(String host, int port, @Nullable Tls tls) {
    return net.listen(host, port, tls);
  }

  @Override
  public Listener listen(Path unixSocket) {
    return net.listen(unixSocket);
  }

  @Override
  public boolean isInProcess(NetAddress address) {
    return net.isInProcess(real(address));
  }

  @Override
  public Optional<String> userSetting(String variable) {
    return net.userSetting(variable);
  }
}
