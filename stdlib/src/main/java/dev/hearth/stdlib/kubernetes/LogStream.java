package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.spi.OpStream;
import java.time.Duration;
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
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ApiServer server;
  private final Pods pods;
  private final Map<String, Reader> readers = new ConcurrentHashMap<>(); // by pod and container

  /** In turn, so that a container that never stops leaves room for the others. */
  private final SynchronousQueue<List<LogSource.Line>> ready = new SynchronousQueue<>(true);

  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
  private boolean begun;
  private volatile boolean more = true;
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
  }

  @Override
  public @Nullable List<LogSource.Line> next() throws InterruptedException {
    if (!begun) {
      begun = true;
      begin();
    }
    while (!closed) {
      var broken = failure.get();
      if (broken != null) {
        throw broken;
      }
      if (!more && readers.values().stream().allMatch(reader -> reader.done)) {
        return null;
      }
      var lines = ready.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (lines != null && !lines.isEmpty()) {
        return lines;
      }
    }
    return null;
  }

  private void begin() {
    join(pods.now(Outage.ofCall(server)));
    if (more) {
      var thread = Thread.ofVirtual().name("kubernetes-log-pods").unstarted(this::look);
      looking.set(thread);
      thread.start();
      endIfClosed();
    }
  }

  /** Finds those that come later. A server that takes long to tell holds up no line. */
  private void look() {
    var outage = Outage.ofStream(server);
    try {
      while (more && !closed) {
        server.clock().sleep(LOOK);
        join(outage.outlive(() -> pods.now(Outage.once(server))));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody reads any more
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      wake();
    }
  }

  private void join(Map<String, Supplier<LogSource>> found) {
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
    endIfClosed();
  }

  private void endIfClosed() {
    if (closed) {
      end();
    }
  }

  private void fail(RuntimeException reason) {
    if (!closed) {
      failure.compareAndSet(null, reason);
    }
  }

  private void read(Reader reader) {
    try (var source = reader.source) {
      for (var lines = source.next(); lines != null; lines = source.next()) {
        ready.put(lines);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody reads any more
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      reader.done = true;
      wake();
    }
  }

  /** Has who waits for lines look up: nothing is a line. */
  private void wake() {
    try {
      var _ = ready.offer(List.of(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    end();
  }

  private void end() {
    var thread = looking.get();
    if (thread != null) {
      thread.interrupt();
    }
    for (var reader : readers.values()) {
      reader.source.close();
      reader.thread.interrupt();
    }
  }
}
