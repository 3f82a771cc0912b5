package dev.hearth.runtime.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A module's text as the read-only channel that the engine wants. */
final class MemoryChannel implements SeekableByteChannel {
  private final ByteBuffer content;
  private boolean open = true;

  MemoryChannel(byte[] content) {
    this.content = ByteBuffer.wrap(content);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (!content.hasRemaining()) {
      return -1;
    }
    int count = Math.min(content.remaining(), target.remaining());
    target.put(content.slice().limit(count));
    content.position(content.position() + count);
    return count;
  }

  @Override
  public long position() {
    return content.position();
  }

  @Override
  public SeekableByteChannel position(long position) {
    content.position((int) Math.min(position, content.limit()));
    return this;
  }

  @Override
  public long size() {
    return content.limit();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
