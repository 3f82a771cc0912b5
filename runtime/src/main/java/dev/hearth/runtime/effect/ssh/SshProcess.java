package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.SshConstants;
import org.jspecify.annotations.Nullable;

/** A command that runs on a host. Whoever started it reads its outputs and closes it. */
public final class SshProcess implements AutoCloseable {
  private final SshSession session;
  private final ChannelExec channel;
  private final CountDownLatch closed = new CountDownLatch(1);

  SshProcess(SshSession session, ChannelExec channel) {
    this.session = session;
    this.channel = channel;
    channel.addCloseFutureListener(_ -> closed.countDown());
  }

  /** What it reads; closing it is the end of its input. */
  public OutputStream input() {
    return channel.getInvertedIn();
  }

  public InputStream output() {
    return channel.getInvertedOut();
  }

  public InputStream errors() {
    return channel.getInvertedErr();
  }

  /**
   * How it ended.
   *
   * @param status 0 to 255; 128 and the signal's number where a signal ended it
   * @param signal its name, such as {@code SIGTERM}
   */
  public record End(int status, @Nullable String signal) {}

  /**
   * Waits for its end.
   *
   * @return whether it has ended within the time
   */
  public boolean await(Duration limit) throws InterruptedException {
    return closed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for its end, however long that takes. */
  public void await() throws InterruptedException {
    closed.await();
  }

  /**
   * How it ended, once it has.
   *
   * @throws HearthException {@code ssh.lost} when nobody told
   */
  public End end() {
    var status = channel.getExitStatus();
    if (status != null) {
      return new End(status, null);
    }
    var signal = channel.getExitSignal();
    if (signal == null) {
      throw session.lost(null);
    }
    return new End(128 + number(signal), "SIG" + signal);
  }

  private static int number(String signal) {
    return switch (signal.toUpperCase(Locale.ROOT)) {
      case "HUP" -> 1;
      case "INT" -> 2;
      case "QUIT" -> 3;
      case "ILL" -> 4;
      case "ABRT" -> 6;
      case "FPE" -> 8;
      case "KILL" -> 9;
      case "SEGV" -> 11;
      case "PIPE" -> 13;
      case "ALRM" -> 14;
      default -> 15;
    };
  }

  /** Asks for its end with SIGTERM and hears it no more. */
  @Override
  public void close() {
    if (!channel.isClosing()) {
      try {
        var request = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
        request.putUInt(channel.getRecipient());
        request.putString("signal");
        request.putBoolean(false);
        request.putString("TERM");
        var _ = channel.writePacket(request);
      } catch (IOException e) {
        // The connection is gone, and the command with it.
      }
      channel.close(false);
    }
  }
}
