package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.Crossing;
import dev.hearth.runtime.Crossing.Outcome;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.PermissionError;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows each effect of a run from its check to its end. The gate tells what is checked; whoever
 * performs effects says where one begins, on the thread that asks, and where it ends, on any. A
 * check outside of an effect, such as of an intent, is a crossing of its own.
 */
public final class Crossings implements AutoCloseable {
  private static final ThreadLocal<@Nullable Effect> CURRENT = new ThreadLocal<>();

  private final Consumer<Crossing> listener;
  private final Set<Effect> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Tells {@code listener} each crossing when it ends, on the thread that ends it. */
  public Crossings(Consumer<Crossing> listener) {
    this.listener = listener;
  }

  /** What begins here, on this thread; {@link Effect#begun} follows in any case. */
  Effect begin() {
    var effect = new Effect(CURRENT.get());
    CURRENT.set(effect);
    return effect;
  }

  /** Something was checked, on the thread that asks. */
  public void checked(Audit.Use use) {
    var effect = CURRENT.get();
    if (effect == null || effect.isOfOther(this)) {
      effect = new Effect(null);
      effect.checked(use);
      effect.tell(effect.outcome(), "", Duration.ZERO);
    } else {
      effect.checked(use);
    }
  }

  /** Tells what has not ended; nothing is told from then on. */
  @Override
  public void close() {
    open.forEach(each -> each.end(Outcome.OPEN, ""));
    closed = true;
  }

  /** One effect, which is none while nothing was checked for it. */
  final class Effect {
    private final @Nullable Effect outer;
    private final long began = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();

    // Confined to the thread that asks, and read by others after it was put among the open ones.
    private final Set<String> permissions = new LinkedHashSet<>();
    private final Set<String> resolved = new LinkedHashSet<>();
    private String principal = "";
    private boolean refused;

    private Effect(@Nullable Effect outer) {
      this.outer = outer;
    }

    /** A run may begin another one on the thread that it works on. */
    private boolean isOfOther(Crossings run) {
      return !Crossings.this.equals(run);
    }

    private void checked(Audit.Use use) {
      principal = use.principal();
      refused |= use.grant().isEmpty();
      if (use.resolved().isEmpty()) {
        permissions.add(use.permission().toString());
      } else {
        resolved.add(use.resolved());
      }
    }

    /** All that is to be checked has been, so that this thread may begin another. */
    void begun() {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
      if (!permissions.isEmpty() && !ended.get()) {
        open.add(this);
      }
    }

    void received(long bytes) {
      received.addAndGet(bytes);
    }

    void sent(long bytes) {
      sent.addAndGet(bytes);
    }

    /** It ended as it should. */
    void end() {
      end(outcome(), "");
    }

    /** It ended with this. */
    void failed(Throwable why) {
      if (why instanceof HearthException deliberate) {
        var isRefusal = deliberate.code() instanceof PermissionError;
        end(isRefusal ? Outcome.REFUSED : failure(), deliberate.code().text().id());
      } else {
        end(failure(), "");
      }
    }

    private Outcome outcome() {
      return refused ? Outcome.REFUSED : Outcome.OK;
    }

    private Outcome failure() {
      return refused ? Outcome.REFUSED : Outcome.FAILED;
    }

    private void end(Outcome outcome, String code) {
      tell(outcome, code, Duration.ofNanos(System.nanoTime() - began));
    }

    private void tell(Outcome outcome, String code, Duration took) {
      open.remove(this);
      if (permissions.isEmpty() || closed || !ended.compareAndSet(false, true)) {
        return;
      }
      listener.accept(
          new Crossing(
              principal,
              String.join(" ", permissions),
              String.join(", ", resolved),
              outcome,
              code,
              took,
              received.get(),
              sent.get()));
    }
  }
}
