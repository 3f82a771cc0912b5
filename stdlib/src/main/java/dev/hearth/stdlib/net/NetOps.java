package dev.hearth.stdlib.net;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** What recipes can ask the network. Every method blocks; the runtime gives it a worker. */
final class NetOps {
  /** What is said of a host that is not up yet. */
  private static final Set<ErrorCode> NOT_THERE =
      Set.of(
          NetError.REFUSED,
          NetError.UNREACHABLE,
          NetError.CONNECT_TIMEOUT,
          NetError.NAME_NOT_RESOLVED,
          NetError.RESOLVE_TIMEOUT);

  private final Net net;

  NetOps(Net net) {
    this.net = net;
  }

  record Named(String host) {}

  record Port(String host, int port) {}

  @Op
  List<String> resolve(Named request) {
    return net.resolve(address(request.host(), 1).host()).stream()
        .map(address -> address.getAddress())
        .map(bytes -> AddressText.of(new BigInteger(1, bytes), bytes.length * 8))
        .toList();
  }

  /** Whether something accepts a connection. */
  @Op
  boolean answers(Port request) {
    try (var _ = net.connect(address(request.host(), request.port()), null)) {
      return true;
    } catch (IOException closedAtOnce) {
      return true; // whoever hangs up had answered
    } catch (HearthException e) {
      if (NOT_THERE.contains(e.code())) {
        return false;
      }
      throw e;
    }
  }

  private static NetAddress address(String host, int port) {
    try {
      return new NetAddress(host, port);
    } catch (IllegalArgumentException e) {
      throw new HearthException(CidrError.ADDRESS, VisibleText.of(host) + ":" + port).causedBy(e);
    }
  }
}
