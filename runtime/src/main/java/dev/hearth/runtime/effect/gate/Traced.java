package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.FileReplacement;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.RunningProcess;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Effects whose crossings are followed: each call on them is one, and so is what it returns until
 * that is closed. Only a run that is traced has these in front of its gate.
 */
final class Traced {
  private final Crossings crossings;

  Traced(Crossings crossings) {
    this.crossings = crossings;
  }

  /** The same effects, followed. */
  <T> T effects(Class<T> type, T effects) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(effects, method, arguments)));
  }

  private @Nullable Object call(Object effects, Method method, Object @Nullable [] arguments)
      throws Throwable {
    var effect = crossings.begin();
    try {
      var result = invoke(effects, method, arguments);
      effect.begun();
      for (var argument : arguments == null ? new Object[0] : arguments) {
        if (argument instanceof byte[] content) {
          effect.sent(content.length);
        }
      }
      return followed(result, effect);
    } catch (Throwable e) { // whatever it is, whoever asked gets it
      effect.begun();
      effect.failed(e);
      throw e;
    }
  }

  private static @Nullable Object invoke(
      Object effects, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(effects, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private @Nullable Object followed(@Nullable Object result, Crossings.Effect effect) {
    return switch (result) {
      case NetStream stream -> new Connection(stream, effect);
      case RunningProcess process -> new Child(process, effect);
      case Listener listener -> closing(Listener.class, listener, effect);
      case InputStream input -> new Input(input, effect, effect::end);
      case FileReplacement replacement -> new Replacement(replacement, effect);
      case ProcessOutcome outcome -> {
        ended(outcome, effect);
        yield outcome;
      }
      case byte[] content -> {
        effect.received(content.length);
        effect.end();
        yield content;
      }
      case null, default -> {
        effect.end();
        yield result;
      }
    };
  }

  private static void ended(ProcessOutcome outcome, Crossings.Effect effect) {
    effect.received(outcome.output().length + (long) outcome.errors().length);
    effect.end();
  }

  /** Ends the effect with the call of {@code close}. */
  private static <T> T closing(Class<T> type, T open, Crossings.Effect effect) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return invoke(open, method, arguments);
              } finally {
                if (method.getName().equals("close")) {
                  effect.end();
                }
              }
            }));
  }

  private static final class Connection extends ForwardedStream {
    private final Crossings.Effect effect;
    private final InputStream input;
    private final OutputStream output;

    Connection(NetStream stream, Crossings.Effect effect) {
      super(stream);
      this.effect = effect;
      this.input = new Input(stream.input(), effect, effect::end);
      this.output = new Output(stream.output(), effect, effect::end);
    }

    @Override
    public InputStream input() {
      return input;
    }

    @Override
    public OutputStream output() {
      return output;
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        effect.end();
      }
    }
  }

  private record Child(RunningProcess process, Crossings.Effect effect) implements RunningProcess {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public InputStream output() {
      return new Input(process.output(), effect, () -> {});
    }

    @Override
    public InputStream errors() {
      return new Input(process.errors(), effect, () -> {});
    }

    @Override
    public int await() throws InterruptedException {
      try {
        return process.await();
      } catch (RuntimeException | InterruptedException e) {
        effect.failed(e);
        throw e;
      } finally {
        effect.end();
      }
    }

    @Override
    public ProcessOutcome finish(OutputListener listener) throws InterruptedException {
      try {
        var outcome = process.finish(listener);
        ended(outcome, effect);
        return outcome;
      } catch (RuntimeException | InterruptedException e) {
        effect.failed(e);
        throw e;
      }
    }

    @Override
    public void stop() {
      try {
        process.stop();
      } finally {
        effect.end();
      }
    }
  }

  private record Replacement(FileReplacement replacement, Crossings.Effect effect)
      implements FileReplacement {
    @Override
    public OutputStream output() {
      return new Output(replacement.output(), effect, () -> {});
    }

    @Override
    public void commit() {
      try {
        replacement.commit();
      } catch (RuntimeException e) {
        effect.failed(e);
        throw e;
      }
    }

    @Override
    public void close() {
      try {
        replacement.close();
      } finally {
        effect.end();
      }
    }
  }

  private static final class Input extends FilterInputStream {
    private final Crossings.Effect effect;
    private final Runnable closed;

    Input(InputStream input, Crossings.Effect effect, Runnable closed) {
      super(input);
      this.effect = effect;
      this.closed = closed;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      effect.received(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      effect.received(Math.max(0, count));
      return count;
    }

    @Override
    public void close() throws IOException {
      try {
        in.close();
      } finally {
        closed.run();
      }
    }
  }

  private static final class Output extends FilterOutputStream {
    private final Crossings.Effect effect;
    private final Runnable closed;

    Output(OutputStream output, Crossings.Effect effect, Runnable closed) {
      super(output);
      this.effect = effect;
      this.closed = closed;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      effect.sent(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      effect.sent(length);
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } finally {
        closed.run();
      }
    }
  }
}
