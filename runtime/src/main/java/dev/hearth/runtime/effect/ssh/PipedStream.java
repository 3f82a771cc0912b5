package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.common.channel.ChannelPipedInputStream;

/**
 * A channel as a stream. What is written leaves at once: who writes to a stream waits for answers.
 *
 * @param peer for messages
 * @param channel is run to close it
 */
record PipedStream(String peer, InputStream input, OutputStream output, Runnable channel)
    implements NetStream {
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
  public void close() {
    channel.run();
  }
}
