package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import org.jspecify.annotations.Nullable;

/** Ports of pods that this machine's programs reach. */
final class ForwardOps {
  private final ApiServer server;

  ForwardOps(Cluster cluster) {
    this.server = cluster.server();
  }

  /**
   * What is forwarded.
   *
   * @param to the port of the pod
   * @param host where to listen; absent: for programs of this machine alone
   * @param port absent: any free one
   */
  record Forward(
      String name,
      @Nullable String namespace,
      int to,
      @Nullable String host,
      @Nullable Integer port) {}

  @Op(writes = true)
  OpStream<PodForwarding.Opened> forward(Forward request) {
    int here = request.port() == null ? 0 : request.port();
    if (request.to() < 1 || request.to() > 65_535) {
      throw new HearthException(PodError.PORT_WRONG, "to", request.to());
    }
    if (here < 0 || here > 65_535) {
      throw new HearthException(PodError.PORT_WRONG, "port", here);
    }
    return new PodForwarding(
        server,
        PodName.of(server, request.namespace(), request.name()),
        request.to(),
        request.host() == null ? "127.0.0.1" : request.host(),
        here);
  }
}
