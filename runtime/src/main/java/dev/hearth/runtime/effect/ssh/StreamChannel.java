package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** A stream that a host opens for us to somewhere that it can reach. */
final class StreamChannel extends ChannelDirectTcpip {
  private final NetAddress address;

  StreamChannel(NetAddress address) {
    super(new SshdSocketAddress("127.0.0.1", 0), SshSession.unresolved(address));
    this.address = address;
  }

  /** The channel, once it is open, as a stream. */
  NetStream stream() {
    return new PipedStream(
        address.toString(), getInvertedOut(), getInvertedIn(), () -> close(false));
  }

  /** MINA would only end the input when the whole channel ends. */
  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    if (getInvertedOut() instanceof ChannelPipedInputStream input) {
      input.eof();
    }
  }
}
