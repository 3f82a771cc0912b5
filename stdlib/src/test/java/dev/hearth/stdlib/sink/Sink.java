package dev.hearth.stdlib.sink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A module {@code hearth:sink} that keeps what its operation is given. */
public final class Sink implements Binding {
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();

  /** All that was given, in order. */
  public List<JsonNode> received() {
    return received;
  }

  @Override
  public String name() {
    return "sink";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new Ops(received);
  }

  record Take(JsonNode value) {}

  static final class Ops {
    private final List<JsonNode> received;

    Ops(List<JsonNode> received) {
      this.received = received;
    }

    @Op
    void take(Take request) {
      received.add(request.value());
    }
  }
}
