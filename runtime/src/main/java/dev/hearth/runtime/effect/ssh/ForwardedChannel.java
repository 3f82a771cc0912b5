package dev.hearth.runtime.effect.ssh;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * A stream that somebody opened on a host, to an address where it listens for us. One that nobody
 * asked for is refused: a host may not open what it likes.
 */
final class ForwardedChannel extends AbstractServerChannel {
  private @Nullable ChannelPipedInputStream received;

  private ForwardedChannel() {
    super("", List.of(), null);
  }

  /** Makes them for whoever asks to open one. */
  static final class Factory implements ChannelFactory {
    @Override
    public String getName() {
      return "forwarded-tcpip";
    }

    @Override
    public Channel createChannel(Session session) {
      return new ForwardedChannel();
    }
  }

  @Override
  protected OpenFuture doInit(Buffer buffer) {
    var _ = buffer.getString();
    int port = buffer.getInt();
    var origin = buffer.getString() + ":" + buffer.getInt();
    var listener = RemoteListener.of(getSession(), port);
    if (listener.isEmpty()) {
      var refused = new DefaultOpenFuture(this, null);
      refused.setException(
          new SshChannelOpenException(
              getChannelId(),
              SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
              "Nobody listens there."));
      return refused;
    }
    var input = new ChannelPipedInputStream(this, getLocalWindow());
    received = input;
    var output =
        new ChannelOutputStream(
            this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    output.setNoDelay(true);
    addCloseFutureListener(_ -> endInput());
    var stream = new PipedStream(origin, input, output, () -> close(false));
    signalChannelOpenSuccess(); // confirms it: nothing may be written before
    listener.get().offer(stream);
    var opened = new DefaultOpenFuture(this, null);
    opened.setOpened();
    return opened;
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    var to = received;
    if (to != null) {
      to.receive(data, offset, Math.toIntExact(length));
    }
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) {
    // Such a stream has but one output.
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    endInput();
  }

  private void endInput() {
    var to = received;
    if (to != null) {
      to.eof();
    }
  }
}
