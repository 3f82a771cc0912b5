package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The logs of several containers as one stream. Each is read by a thread of its own that waits
 * until what it read is taken, so a slow reader slows all. When followed, pods that come later
 * join.
 */
final class LogStream implements OpStream<List<LogSource.Line>> {
  private static final long LOOK_MILLIS = 1000;

  private final ApiServer server;
  private final Pods pods;
  private final Outage outage;
  private final Map<String, Reader> readers = new ConcurrentHashMap<>(); // by pod and container
  private final SynchronousQueue<List<LogSource.Line>> ready = new SynchronousQueue<>();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private long looked = Long.MIN_VALUE;
  private boolean more = true;
  private volatile boolean closed;

  /** Whose logs they are. */
  interface Pods {
    /**
     * Those that are there now, by a name of each.
     *
     * @param outage what is to be outlived while they are looked for
     */
    Map<String, Supplier<LogSource>> now(Outage outage);

    /** Whether others may come, or those that are there may be started again. */
    boolean mayChange();
  }

  /** One log and the thread that reads it. */
  private static final class Reader {
    private final LogSource source;
    private final Thread thread;
    private volatile boolean done;

    private Reader(LogSource source, Consumer<Reader> work) {
      this.source = source;
      this.thread = Thread.ofVirtual().name("kubernetes-log").unstarted(() -> work.accept(this));
    }
  }

  LogStream(ApiServer server, Pods pods) {
    this.server = server;
    this.pods = pods;
    this.outage = Outage.ofStream(server);
  }

  @Override
  public @Nullable List<LogSource.Line> next() throws InterruptedException {
    while (!closed) {
      look();
      var lines = ready.poll(more ? LOOK_MILLIS : LOOK_MILLIS / 10, TimeUnit.MILLISECONDS);
      if (lines != null && !lines.isEmpty()) {
        return lines;
      }
      var broken = failure.get();
      if (broken != null) {
        throw broken;
      }
      if (!more && readers.values().stream().allMatch(reader -> reader.done)) {
        return null;
      }
    }
    return null;
  }

  /** Finds those that came since it looked last. */
  private void look() {
    long now = server.clock().nanoTime();
    if (!more || (looked != Long.MIN_VALUE && now - looked < LOOK_MILLIS * 1_000_000)) {
      return;
    }
    boolean isFirst = looked == Long.MIN_VALUE;
    looked = now;
    Map<String, Supplier<LogSource>> found;
    try {
      found = pods.now(isFirst ? Outage.ofCall(server) : Outage.once(server));
      outage.over();
    } catch (HearthException e) {
      if (isFirst) {
        throw e;
      }
      var _ = outage.bear(e); // what others write is read meanwhile
      return;
    }
    readers.entrySet().removeIf(each -> each.getValue().done && !found.containsKey(each.getKey()));
    found.forEach(
        (name, source) -> {
          if (!readers.containsKey(name)) {
            var reader = new Reader(source.get(), this::read);
            readers.put(name, reader);
            reader.thread.start();
          }
        });
    more = pods.mayChange();
  }

  private void read(Reader reader) {
    try (var source = reader.source) {
      for (var lines = source.next(); lines != null; lines = source.next()) {
        ready.put(lines);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody reads any more
    } catch (HearthException e) {
      if (!closed) {
        failure.compareAndSet(null, e);
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      reader.done = true;
      wake();
    }
  }

  /** Has who waits for lines look up: nothing is a line. */
  private void wake() {
    try {
      var _ = ready.offer(List.of(), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (var reader : readers.values()) {
      reader.source.close();
      reader.thread.interrupt();
    }
  }
}
