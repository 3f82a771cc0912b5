package dev.hearth.runtime.engine;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventBinding;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventListener;
import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.nodes.Node;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Throws an error into JavaScript that does not come back to its loop by itself.
 *
 * <p>{@code Context.interrupt} also ends an endless loop, but again and again until the thread has
 * left JavaScript, so that a {@code finally} block dies at its first call. An error thrown at the
 * next statement is one that {@code finally} blocks survive. Nothing is instrumented, and nothing
 * costs time, before the first stop.
 */
public final class StopInstrument extends TruffleInstrument {
  static final String ID = "hearth-stop";

  /** Throws the error {@code message} at the next statement that {@code thread} executes. */
  interface Switch {
    /**
     * Any thread. Close it to stop trying.
     *
     * @param before runs on {@code thread} right before the error is thrown
     */
    Armed arm(Thread thread, String message, Runnable before);
  }

  /** A switch that was pulled. */
  interface Armed extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  protected void onCreate(Env env) {
    env.registerService(
        (Switch)
            (thread, message, before) ->
                arm(env.getInstrumenter(), new Thrower(thread, message, before)));
  }

  private static Armed arm(Instrumenter instrumenter, Thrower thrower) {
    // No root tag: an async function that resumes enters its root outside of all its try blocks.
    var statements =
        SourceSectionFilter.newBuilder().tagIs(StatementTag.class, ExpressionTag.class).build();
    EventBinding<?> binding = instrumenter.attachExecutionEventListener(statements, thrower);
    return binding::dispose;
  }

  private static final class Thrower implements ExecutionEventListener {
    private final Thread thread;
    private final String message;
    private final Runnable before;
    private final AtomicBoolean thrown = new AtomicBoolean();

    Thrower(Thread thread, String message, Runnable before) {
      this.thread = thread;
      this.message = message;
      this.before = before;
    }

    @Override
    public void onEnter(EventContext context, VirtualFrame frame) {
      if (Thread.currentThread() == thread && thrown.compareAndSet(false, true)) {
        before.run();
        throw new Stopped(message, context.getInstrumentedNode());
      }
    }

    @Override
    public void onReturnValue(EventContext context, VirtualFrame frame, Object result) {}

    @Override
    public void onReturnExceptional(EventContext context, VirtualFrame frame, Throwable thrown) {}
  }

  private static final class Stopped extends AbstractTruffleException {
    Stopped(String message, Node at) {
      super(message, at);
    }
  }
}
