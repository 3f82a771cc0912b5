package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command in a container, from its start to its status. One thread reads it. */
final class Execution implements AutoCloseable {
  private static final int SHOWN = 60;
  private static final int CHUNK = 32 * 1024;
  private static final int STATUS_BYTES = 1 << 20;

  private final ApiServer server;
  private final PodContainer at;
  private final Wish wish;
  private final Channels channels;
  private final ByteArrayOutputStream status = new ByteArrayOutputStream();
  private volatile @Nullable Duration expired;
  private volatile boolean closed;
  private @Nullable Thread watchdog;

  /** How large a terminal is. */
  record Size(int rows, int columns) {
    Size {
      if (rows < 1 || rows > 65_535 || columns < 1 || columns > 65_535) {
        throw new HearthException(PodError.TERMINAL_SIZE, rows, columns);
      }
    }
  }

  /**
   * What is to run.
   *
   * @param reads whether it gets input
   * @param terminal its size, for a command that runs in one
   */
  record Wish(List<String> command, boolean reads, @Nullable Size terminal) {
    Wish {
      command = List.copyOf(command);
    }

    /** As messages call it. */
    String shown() {
      var line = ApiPath.shown(String.join(" ", command));
      return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
  }

  private Execution(ApiServer server, PodContainer at, Wish wish, Channels channels) {
    this.server = server;
    this.at = at;
    this.wish = wish;
    this.channels = channels;
  }

  static Execution start(ApiServer server, PodContainer at, Wish wish) {
    if (wish.command().isEmpty() || wish.command().getFirst().isEmpty()) {
      throw new HearthException(PodError.NO_COMMAND, at.shownPod());
    }
    at.requireRunning();
    var channels = new ChannelOpening(server, at, wish).open();
    var execution = new Execution(server, at, wish, channels);
    if (wish.terminal() != null) {
      execution.resize(wish.terminal());
    }
    return execution;
  }

  /**
   * Ends it when it takes longer; {@link #next} then fails.
   *
   * @param spent what is over of that time
   */
  Execution within(Duration limit, Duration spent) {
    watchdog =
        Thread.ofVirtual()
            .name("kubernetes-timeout")
            .start(
                () -> {
                  try {
                    server.clock().sleep(limit.minus(spent));
                    expired = limit;
                    channels.close();
                  } catch (InterruptedException e) {
                    // It ended in time.
                  }
                });
    return this;
  }

  /** The next that it wrote, on stdout or stderr; null when it has ended. */
  Channels.@Nullable Piece next() {
    try {
      for (var piece = channels.read(); piece != null; piece = channels.read()) {
        if (piece.channel() == Channels.STATUS) {
          int room = STATUS_BYTES - status.size();
          status.write(piece.bytes(), 0, Math.min(piece.bytes().length, room));
        } else if (piece.channel() == Channels.STDOUT || piece.channel() == Channels.STDERR) {
          return piece;
        }
      }
      return null;
    } catch (IOException e) {
      return endedBy(e);
    } catch (HearthException e) {
      if (e.code() == HttpError.INTERRUPTED) {
        throw e;
      }
      return endedBy(e);
    }
  }

  /** Servers often leave without a word when all has been said. */
  private Channels.@Nullable Piece endedBy(Exception failure) {
    if (Thread.currentThread().isInterrupted()) {
      throw new HearthException(KubernetesError.INTERRUPTED, "`" + shown() + "`").causedBy(failure);
    }
    if (expired == null && status.size() == 0) {
      throw new HearthException(PodError.COMMAND_LOST, shown(), at.shownPod()).causedBy(failure);
    }
    return null;
  }

  /** How it ended; call it after {@link #next} was null. Fails when it never was started. */
  int exitCode() {
    if (expired != null && status.size() == 0) {
      throw new HearthException(
          PodError.COMMAND_TIMEOUT, shown(), DurationText.format(expired), at.shownPod());
    }
    if (status.size() == 0) {
      throw new HearthException(PodError.COMMAND_LOST, shown(), at.shownPod());
    }
    var end = ExecStatus.parse(status.toByteArray());
    if (!end.wasStarted()) {
      var failure =
          end.saysNotFound()
              ? new HearthException(
                  PodError.COMMAND_NOT_FOUND,
                  ApiPath.shown(wish.command().getFirst()),
                  at.name(),
                  at.shownPod())
              : new HearthException(PodError.COMMAND_NOT_STARTED, shown(), at.shownPod());
      throw failure.with("reason", end.message());
    }
    return end.exitCode();
  }

  /** Gives it input; false when it reads no more. */
  boolean write(byte[] bytes) {
    try {
      channels.write(Channels.STDIN, bytes);
      return true;
    } catch (IOException | HearthException e) {
      return !closed && goes(e);
    }
  }

  /** Who reads it will learn why, if that is a failure: here it only says that nobody listens. */
  private static boolean goes(Exception reason) {
    if (reason instanceof HearthException failure && failure.code() == HttpError.INTERRUPTED) {
      throw failure;
    }
    return false;
  }

  /**
   * Writes input beside; it may have more than the command reads.
   *
   * @param isAll whether nothing comes after it
   */
  void feed(byte[] bytes, boolean isAll) {
    Thread.ofVirtual()
        .name("kubernetes-input")
        .start(
            () -> {
              for (int from = 0; from < bytes.length; from += CHUNK) {
                int to = Math.min(bytes.length, from + CHUNK);
                if (!write(java.util.Arrays.copyOfRange(bytes, from, to))) {
                  return;
                }
              }
              if (isAll) {
                endInput();
              }
            });
  }

  void endInput() {
    try {
      channels.end(Channels.STDIN);
    } catch (IOException | HearthException e) {
      var _ = goes(e);
    }
  }

  void resize(Size size) {
    var json = "{\"Width\":" + size.columns() + ",\"Height\":" + size.rows() + "}";
    try {
      channels.write(Channels.RESIZE, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException | HearthException e) {
      var _ = goes(e);
    }
  }

  /** The command in messages. */
  String shown() {
    return wish.shown();
  }

  String shownPod() {
    return at.shownPod();
  }

  @Override
  public void close() {
    closed = true;
    var timer = watchdog;
    if (timer != null) {
      timer.interrupt();
    }
    try {
      channels.close();
    } catch (HearthException e) {
      // The goodbye did not reach a server that is gone, or that said its own long ago.
    }
  }
}
