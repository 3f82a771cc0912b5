package dev.hearth.runtime.effect;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network that ends inside this process: each address leads to a {@link StreamService}, or
 * nowhere. What is not served is refused by name, and no packet leaves the machine.
 */
public final class InProcessNet implements Net {
  private final Map<NetAddress, StreamService> services = new ConcurrentHashMap<>();

  /** Puts a service behind an address; streams that are already open keep the one they have. */
  public void serve(NetAddress address, StreamService service) {
    services.put(address, service);
  }

  /** Puts all services of a simulator behind their addresses. */
  public void serveAll(Map<NetAddress, StreamService> more) {
    services.putAll(more);
  }

  /** Names need no address here. */
  @Override
  public NetStream connect(NetAddress address, @Nullable Tls tls) {
    return connect(address, List.of(), tls);
  }

  /** The stream is the plain protocol: {@code addresses} and {@code tls} play no part. */
  @Override
  public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
    var service = services.get(address);
    if (service == null) {
      throw notSimulated(address);
    }
    var request = new Pipe();
    var answer = new Pipe();
    var server = new Pipe.End(request, answer, "this process");
    Thread.ofVirtual().name("simulated " + address).start(() -> serve(service, server, answer));
    return new Pipe.End(answer, request, address.toString());
  }

  private static void serve(StreamService service, Pipe.End stream, Pipe answer) {
    try {
      service.serve(stream);
    } catch (IOException e) {
      answer.breakWith(e);
    } catch (RuntimeException | Error e) {
      answer.breakWith(e); // the client fails with it, and it is shown as the bug it is
      throw e;
    } finally {
      stream.close(); // last, or the client could see the end and not the failure
    }
  }

  @Override
  public NetStream connect(Path unixSocket) {
    throw notSimulated("unix:" + unixSocket);
  }

  /**
   * A made-up address of a simulated name, always the same, from the block that the internet keeps
   * for benchmarks (198.18.0.0/15); an IP address is itself.
   */
  @Override
  public List<InetAddress> resolve(String host) {
    var name = new NetAddress(host, 1).host();
    if (name.contains(":") || name.matches("[0-9.]+")) {
      return List.of(InetAddress.ofLiteral(name));
    }
    if (services.keySet().stream().noneMatch(served -> served.host().equals(name))) {
      throw notSimulated(name);
    }
    int hash = name.hashCode() * 0x9E3779B1; // spreads names that differ in one letter
    byte[] octets = {(byte) 198, (byte) (18 | hash >>> 31), (byte) (hash >> 8), (byte) hash};
    try {
      return List.of(InetAddress.getByAddress(name, octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four octets are always an address.", e);
    }
  }

  @Override
  public Listener listen(String host, int port, @Nullable Tls tls) {
    throw notSimulated("listening on " + host + ":" + port);
  }

  @Override
  public Listener listen(Path unixSocket) {
    throw notSimulated("listening on " + unixSocket);
  }

  /** Nothing here is outside. */
  @Override
  public boolean isInProcess(NetAddress address) {
    return true;
  }

  private static HearthException notSimulated(Object what) {
    return new HearthException(NetError.NOT_SIMULATED, what);
  }
}
