package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A server and its kinds: what all operations on one cluster share. Safe from any thread. */
final class Cluster implements AutoCloseable {
  private final ApiServer server;
  private final Kinds kinds;

  Cluster(Connection connection, OpContext context) {
    this.server = new ApiServer(connection, context);
    this.kinds = new Kinds(server);
  }

  /** The one of this run for a connection, so that its kinds are asked for once. */
  static Cluster of(Connection connection, OpContext context) {
    return context.forRun(OfRun.class, OfRun::new).get(connection, context);
  }

  ApiServer server() {
    return server;
  }

  Kinds kinds() {
    return kinds;
  }

  /**
   * The namespace of an object of a kind: the one that is given, else that of the connection; empty
   * for a kind that has none.
   */
  String namespace(ResourceKind kind, @Nullable String given) {
    if (!kind.namespaced()) {
      return "";
    }
    return given == null || given.isEmpty() ? server.namespace() : given;
  }

  @Override
  public void close() {
    server.close();
  }

  /** The clusters of one run, by connection. */
  static final class OfRun implements AutoCloseable {
    private final Map<Connection, Cluster> clusters = new ConcurrentHashMap<>();

    Cluster get(Connection connection, OpContext context) {
      return clusters.computeIfAbsent(connection, each -> new Cluster(each, context));
    }

    @Override
    public void close() {
      clusters.values().forEach(Cluster::close);
    }
  }
}
