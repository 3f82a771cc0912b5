package dev.hearth.stdlib.proxmox.sim.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A file that came with a call. */
public final class Upload {
  private final String filename;
  private final byte[] content;

  Upload(String filename, byte[] content) {
    this.filename = filename;
    this.content = content;
  }

  /** As its sender named it. */
  public String filename() {
    return filename;
  }

  /** How long it is. */
  public long bytes() {
    return content.length;
  }

  /** What is in it. */
  public InputStream open() {
    return new ByteArrayInputStream(content);
  }
}
