package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Operations that a test recipe calls. */
final class LabOps {
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger mostInFlight = new AtomicInteger();
  final AtomicInteger pulled = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final CountDownLatch interrupted = new CountDownLatch(1);
  final CountDownLatch blocked = new CountDownLatch(1);

  record Echo(JsonNode value) {}

  record Name(String name) {}

  record Timed(Duration duration, int count) {}

  record Line(String item, @Nullable List<String> notes) {}

  record Order(List<Line> lines, @Nullable Map<String, Line> labels, @Nullable ObjectNode rest) {}

  /** Hears {@link #reach}, on the worker's thread. */
  Consumer<String> reached = name -> {};

  record Ring(int number, Key key) {}

  record Keys(Secret owner, List<Ring> rings, Map<String, Key> spare) {}

  @Op
  Keys keys(Name of) {
    return new Keys(
        Secret.of("owner"),
        List.of(new Ring(1, numbered(of, 1)), new Ring(2, numbered(of, 2))),
        Map.of("back", numbered(of, 3)));
  }

  private static Key numbered(Name of, int number) {
    return new Key(of.name() + " " + number, Secret.of("open-" + of.name() + " " + number), null);
  }

  /** A key of a door; one without a secret opens nothing. */
  record Key(String door, Secret secret, @Nullable Secret spare) {}

  @Op
  Key key(Name of) {
    return new Key(of.name(), Secret.of("open-" + of.name()), null);
  }

  /** Contact with the world. */
  @Op
  void reach(Name request) {
    reached.accept(request.name());
  }

  @Op
  int order(Order request) {
    return request.lines().size();
  }

  @Op
  JsonNode echo(Echo request) {
    return request.value();
  }

  @Op
  JsonNode slowEcho(Echo request) throws InterruptedException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
      return request.value();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Op
  String fail(Name request) {
    if (request.name().isEmpty()) {
      return "";
    }
    throw new HearthException(LabError.NOT_THERE, request.name()).with("tried", 3);
  }

  @Op
  int crash() {
    if (inFlight.get() >= 0) {
      throw new IllegalStateException("bookkeeping is off");
    }
    return 0;
  }

  @Op
  int overflow() {
    return depth(0);
  }

  private int depth(int n) {
    return inFlight.get() < 0 ? n : depth(n + 1) + 1;
  }

  @Op(writes = true)
  void change() {}

  @Op
  Duration timed(Timed request) {
    return request.duration();
  }

  /** Blocks until interrupted. */
  @Op
  void block() throws InterruptedException {
    try {
      blocked.countDown();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  @Op
  byte[] reverse(byte @Nullable [] bytes) {
    var in = bytes == null ? new byte[0] : bytes;
    var out = new byte[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = in[in.length - 1 - i];
    }
    return out;
  }

  @Op
  OpStream<Integer> count() {
    return new OpStream<>() {
      @Override
      public @Nullable Integer next() {
        int n = pulled.incrementAndGet();
        return n > 1000 ? null : n;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  /** One item, and then none for as long as nobody stops it. */
  @Op
  OpStream<Integer> silent() {
    return new OpStream<>() {
      @Override
      public Integer next() throws InterruptedException {
        if (pulled.incrementAndGet() > 1) {
          blocked.countDown();
          new CountDownLatch(1).await();
        }
        return 1;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Op
  OpStream<Integer> broken() {
    return new OpStream<>() {
      @Override
      public Integer next() {
        throw new HearthException(LabError.FORBIDDEN, "broken");
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Op
  @Nullable String nothing() {
    return null;
  }
}
