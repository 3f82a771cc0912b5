package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.gate.Audit;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.storage.AppendFile;
import dev.hearth.runtime.storage.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Every check at the gate of one run, as a line of JSON in {@code permissions.jsonl} beside its
 * journal. Made with the first line, so that a run that asks for nothing pays nothing. What cannot
 * be written down does not happen. After {@link #MOST_LINES} lines the rest is counted only, and
 * told in the last line. Safe for several threads.
 */
final class PermissionLog implements AutoCloseable {
  static final String NAME = "permissions.jsonl";
  static final int MOST_LINES = 20_000;
  private static final int LONGEST_TEXT = 4_096;

  private final PrivateFolder folder;
  private final String run;
  private final Redaction redaction;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AppendFile file;
  private int lines;
  private long more;

  /** The log of the run that {@code journal} tells of. */
  PermissionLog(Journal journal, Redaction redaction, Clock clock) {
    this.folder = new PrivateFolder(journal.path().resolveSibling(""));
    this.run = journal.run();
    this.redaction = redaction;
    this.clock = clock;
  }

  void add(Audit.Use use) {
    lock.lock();
    try {
      if (lines == MOST_LINES) {
        more++;
        return;
      }
      var line = line("permission").put("principal", text(use.principal()));
      line.put("permission", text(use.permission().toString()));
      if (!use.resolved().isEmpty()) {
        line.put("resolved", text(use.resolved()));
      }
      line.put("granted", use.grant().isPresent());
      use.grant().ifPresent(grant -> line.put("by", grant.origin().toString()));
      write(line);
      lines++;
    } finally {
      lock.unlock();
    }
  }

  private ObjectNode line(String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("v", JournalFormat.VERSION)
        .put("type", type)
        .put("time", clock.now().toString())
        .put("run", run);
  }

  private String text(String text) {
    var shown = redaction.mask(text);
    return shown.length() > LONGEST_TEXT ? shown.substring(0, LONGEST_TEXT) + "…" : shown;
  }

  private void write(ObjectNode line) {
    try {
      var into = file;
      if (into == null) {
        into = AppendFile.open(folder, NAME);
        file = into;
      }
      into.append(JournalFormat.line(line));
    } catch (IOException e) {
      throw new HearthException(RunError.PERMISSIONS_NOT_WRITTEN, path())
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  private Path path() {
    return folder.path().resolve(NAME);
  }

  /** Ends the log; what comes afterwards is not written. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (file == null) {
        return;
      }
      if (more > 0) {
        write(line("more").put("count", more));
      }
      file.close();
    } catch (IOException e) {
      throw new HearthException(RunError.PERMISSIONS_NOT_WRITTEN, path()).causedBy(e);
    } finally {
      lines = MOST_LINES;
      lock.unlock();
    }
  }
}
