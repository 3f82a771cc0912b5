package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The machine's network, with every host at loopback, that remembers what it was asked for. */
class NamedNet implements Net {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final Net below = new SystemNet();
  final Map<String, String> settings = new ConcurrentHashMap<>();
  final List<String> contacts = new CopyOnWriteArrayList<>();
  final List<String> resolved = new CopyOnWriteArrayList<>();

  @Override
  public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
    contacts.add(address.toString());
    return below.connect(address, addresses, tls);
  }

  @Override
  public NetStream connectVia(NetAddress proxy, NetAddress target) {
    contacts.add(target + " via " + proxy);
    return below.connect(proxy, List.of(HERE), null);
  }

  @Override
  public NetStream connect(Path unixSocket) {
    contacts.add("unix");
    return below.connect(unixSocket);
  }

  @Override
  public List<InetAddress> resolve(String host) {
    resolved.add(host);
    return List.of(HERE);
  }

  @Override
  public Listener listen(String host, int port, @Nullable Tls tls) {
    return below.listen(host, port, tls);
  }

  @Override
  public Listener listen(Path unixSocket) {
    return below.listen(unixSocket);
  }

  @Override
  public boolean isInProcess(NetAddress address) {
    return false;
  }

  @Override
  public Optional<String> userSetting(String variable) {
    return Optional.ofNullable(settings.get(variable));
  }
}
