package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.DefaultCloseFuture;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * One stream as MINA sees it: a virtual thread that reads, and one that writes what was queued.
 * They are apart since the reader answers what it reads: were it to wait for a peer that itself
 * waits until somebody reads, both would wait for ever.
 */
final class StreamSession extends AbstractCloseable implements IoSession {
  private static final AtomicLong IDS = new AtomicLong();
  private static final int CHUNK = 32 * 1024;

  private final long id = IDS.incrementAndGet();
  private final IoService service;
  private final IoHandler handler;
  private final SocketAddress peer;
  private final NetStream stream;
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final DefaultCloseFuture drained = new DefaultCloseFuture(this, null);

  StreamSession(IoService service, IoHandler handler, SocketAddress peer, NetStream stream) {
    this.service = service;
    this.handler = handler;
    this.peer = peer;
    this.stream = stream;
  }

  /** Begins to read and write; the first message can arrive before this returns. */
  void start() {
    Thread.ofVirtual().name("ssh-write " + peer).start(this::writeAll);
    Thread.ofVirtual().name("ssh-read " + peer).start(this::readAll);
  }

  private void readAll() {
    var chunk = new byte[CHUNK];
    try {
      var input = stream.input();
      int count = input.read(chunk);
      while (count >= 0) {
        handler.messageReceived(this, new ByteArrayBuffer(chunk, 0, count));
        count = input.read(chunk);
      }
    } catch (Exception e) {
      tell(e);
    } finally {
      close(true);
    }
  }

  private void tell(Exception failure) {
    if (isClosing()) {
      return; // our own closing is what broke the stream
    }
    try {
      handler.exceptionCaught(this, failure);
    } catch (Exception e) {
      throw new IllegalStateException("The session did not hear of its end.", e);
    }
  }

  private void writeAll() {
    Write write = null;
    try {
      var output = stream.output();
      while (true) {
        write = queue.take();
        var buffer = write.buffer;
        if (buffer == null) {
          break;
        }
        output.write(buffer.array(), buffer.rpos(), buffer.available());
        output.flush();
        write.setValue(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody holds this thread: it cannot happen
    } catch (IOException e) {
      fail(write, e);
      tell(e);
      close(true);
    } finally {
      drained.setClosed();
    }
  }

  private static void fail(@Nullable Write write, IOException failure) {
    if (write != null) {
      write.setValue(failure);
    }
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
    var write = new Write(peer, buffer);
    if (isClosing()) {
      write.setValue(new IOException("The connection to " + peer + " is closed."));
    } else {
      queue.add(write);
    }
    return write;
  }

  @Override
  protected CloseFuture doCloseGracefully() {
    queue.add(Write.last(peer));
    return drained;
  }

  @Override
  protected void doCloseImmediately() {
    queue.add(Write.last(peer));
    try {
      stream.close();
    } catch (IOException e) {
      // The peer was quicker: closed is closed.
    }
    var broken = new IOException("The connection to " + peer + " is closed.");
    for (var write = queue.poll(); write != null; write = queue.poll()) {
      if (write.isLast()) {
        queue.add(write);
        break;
      }
      write.setValue(broken);
    }
    try {
      handler.sessionClosed(this);
    } catch (Exception e) {
      throw new IllegalStateException("The session did not hear of its end.", e);
    } finally {
      super.doCloseImmediately();
    }
  }

  @Override
  public void shutdownOutputStream() throws IOException {
    stream.closeOutput();
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public @Nullable Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public @Nullable Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public @Nullable Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  @Override
  public IoService getService() {
    return service;
  }

  /** Never happens to a client whose channels have windows; the stream itself holds back. */
  @Override
  public void suspendRead() {}

  @Override
  public void resumeRead() {}

  @Override
  public SocketAddress getRemoteAddress() {
    return peer;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return InetSocketAddress.createUnresolved("localhost", 0);
  }

  @Override
  public @Nullable SocketAddress getAcceptanceAddress() {
    return null;
  }

  @Override
  public String toString() {
    return stream.peer();
  }

  /** Bytes on their way out, and whoever waits for that. */
  private static final class Write extends AbstractIoWriteFuture {
    private final @Nullable Buffer buffer;

    private Write(Object peer, @Nullable Buffer buffer) {
      super(peer, null);
      this.buffer = buffer;
    }

    static Write last(Object peer) {
      return new Write(peer, null);
    }

    boolean isLast() {
      return buffer == null;
    }
  }
}
