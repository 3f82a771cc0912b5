package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
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
    var input = getInvertedOut();
    var output = getInvertedIn();
    return new NetStream() {
      @Override
      public InputStream input() {
        return input;
      }

      @Override
      public OutputStream output() {
        return output;
      }

      @Override
      public void closeOutput() throws IOException {
        output.close();
      }

      @Override
      public void readTimeout(Duration limit) {
        if (input instanceof ChannelPipedInputStream piped) {
          piped.setTimeout(limit.toMillis());
        }
      }

      @Override
      public String peer() {
        return address.toString();
      }

      @Override
      public void close() {
        StreamChannel.this.close(false);
      }
    };
  }
}
