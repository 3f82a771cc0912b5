package dev.hearth.runtime.effect;

/**
 * How much of something one run may use. Limits of what happens at once make others wait, in order;
 * limits of size are errors that name the setting.
 */
public enum Limit {
  /** Connections that are open to one host at the same time. */
  CONNECTIONS_PER_HOST("limits.connectionsPerHost", 256),
  /** Child processes at the same time. */
  PROCESSES("limits.processes", 32),
  /** How large a file may be that is read at once; streams have no limit. */
  FILE_READ_BYTES("limits.fileReadBytes", 64L << 20),
  /** How much a child process may write to each of its two outputs when they are collected. */
  PROCESS_OUTPUT_BYTES("limits.processOutputBytes", 16L << 20);

  private final String setting;
  private final long defaultValue;

  Limit(String setting, long defaultValue) {
    this.setting = setting;
    this.defaultValue = defaultValue;
  }

  /** The setting that changes it. */
  public String setting() {
    return setting;
  }

  public long defaultValue() {
    return defaultValue;
  }
}
