package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.storage.AppendFile;
import dev.hearth.runtime.storage.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens in one run, written down as it happens. Safe for several threads.
 *
 * <p>When a method returns, its line survives a crash of Hearth. A power cut it survives after
 * {@link #force}, with all lines before it: several lines wait for the disk once. Only a run with
 * steps has something to resume or undo, so only there lines have to be forced, and log lines not
 * at all. Secrets are masked by value in every line.
 *
 * <p>When a line cannot be written, such as on a full disk, the journal is broken and takes no more
 * of them, since what follows would tell of another run than the one that happened. Only a line of
 * the log may be lost; such are counted.
 */
public final class Journal implements AutoCloseable {
  private static final int LONGEST_LOG_LINE = 64 << 10;

  /** Runs whose journals are open in this process: one that broke is not running any more. */
  private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

  private final String run;
  private final Path path;
  private final AppendFile file;
  private final Redaction redaction;
  private final Clock clock;
  private final RunLimits limits;
  private final SecretSeal seal;
  private final ReentrantLock lock = new ReentrantLock();
  private long logBytes;
  private long logLinesDropped;
  private boolean hasSteps;
  private volatile boolean durable = true; // but for lines of the log
  private boolean closed;
  private @Nullable HearthException failure;
  private Consumer<HearthException> whenBroken = _ -> {};

  Journal(
      String run,
      Path path,
      AppendFile file,
      Redaction redaction,
      Clock clock,
      RunLimits limits,
      SecretSeal seal) {
    this.run = run;
    this.path = path;
    this.file = file;
    this.redaction = redaction;
    this.clock = clock;
    this.limits = limits;
    this.seal = seal;
    HERE.add(run);
  }

  /** Whether a run is being written by this process. */
  static boolean isWrittenHere(String run) {
    return HERE.contains(run);
  }

  /** The run's id. */
  public String run() {
    return run;
  }

  /** The journal's file. */
  public Path path() {
    return path;
  }

  /** Why it is broken; empty as long as all that was to be written is. */
  Optional<HearthException> failure() {
    lock.lock();
    try {
      return Optional.ofNullable(failure);
    } finally {
      lock.unlock();
    }
  }

  /** Who is told, once, when it breaks; must not block. */
  void whenBroken(Consumer<HearthException> who) {
    lock.lock();
    try {
      whenBroken = who;
    } finally {
      lock.unlock();
    }
  }

  RunLimits limits() {
    return limits;
  }

  /** The recipe uses a connection for the first time. */
  public void connectionOpened(String binding, String name, String origin) {
    append(new JournalEntry.ConnectionOpened(clock.now(), binding, name, origin));
    force(); // an operation that was let go already tells it
  }

  /** The recipe imports a file for the first time. */
  void imported(Path file, String sha256) {
    append(new JournalEntry.Imported(clock.now(), file.toString(), sha256));
  }

  /**
   * A line of the log. Past {@link RunLimits#logBytes}, or where no room is left for one, lines are
   * counted only.
   */
  public void log(
      RunEvent.Logged.Level level, String source, String message, Map<String, JsonNode> fields) {
    var entry = new JournalEntry.Logged(clock.now(), level, source, message, fields);
    var json = JournalFormat.write(entry.masked(redaction));
    var line = JournalFormat.line(json);
    if (line.length > LONGEST_LOG_LINE) {
      line = JournalFormat.line(shortened(json));
    }
    lock.lock();
    try {
      if (closed || failure != null || logBytes + line.length > limits.logBytes()) {
        logLinesDropped++;
      } else {
        file.append(line);
        logBytes += line.length;
      }
    } catch (IOException e) {
      logLinesDropped++;
    } finally {
      lock.unlock();
    }
  }

  private static ObjectNode shortened(ObjectNode json) {
    var message = json.path("message").asText();
    var keep = Math.min(message.length(), LONGEST_LOG_LINE / 8); // as escapes are up to six bytes
    json.remove("fields");
    return json.put("message", message.substring(0, keep)).put("shortened", true);
  }

  /** The first line. */
  void begin(JournalEntry.Started entry) {
    append(entry);
  }

  /** The first line of a process that takes the run up. */
  void takeUp(JournalEntry.TakenUp entry) {
    step(entry);
    force();
  }

  /** Whether there is nothing to {@link #force}. Any thread, without waiting for others. */
  boolean isDurable() {
    return durable;
  }

  /**
   * Makes what is written survive a power cut. Until then nothing may be done in the world that
   * relies on it.
   *
   * @throws HearthException {@code run.journal-not-written}
   */
  void force() {
    lock.lock();
    try {
      if (!durable && !closed) {
        durable = true; // one that fails is not tried again: the journal is broken then
        file.force();
      }
    } catch (IOException e) {
      throw broken(e);
    } finally {
      lock.unlock();
    }
  }

  /** A line about a step. */
  void step(JournalEntry entry) {
    lock.lock();
    try {
      hasSteps = true;
      append(entry);
    } finally {
      lock.unlock();
    }
  }

  private void append(JournalEntry entry) {
    var line = JournalFormat.line(JournalFormat.write(entry.masked(redaction)));
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The journal of run " + run + " is closed.");
      }
      if (failure != null) {
        throw failure;
      }
      file.append(line);
      durable &= !hasSteps;
    } catch (IOException e) {
      throw broken(e);
    } finally {
      lock.unlock();
    }
  }

  JsonNode mask(JsonNode json) {
    return redaction.mask(json);
  }

  String mask(String text) {
    return redaction.mask(text);
  }

  /** What stands in the journal beside a masked result; {@code null} when nothing is kept. */
  @Nullable String seal(JsonNode result) {
    try {
      return seal.seal(JsonText.of(result)).orElse(null);
    } catch (HearthException e) { // what the step did is done: its end counts more
      var message = "A result with a secret is not kept for resume: " + e.sentence();
      log(RunEvent.Logged.Level.WARN, "hearth", message, Map.of());
      return null;
    }
  }

  /** The last line. Nothing can be written afterwards. */
  public void finish(RunResult result) {
    finish(result, false);
  }

  /**
   * The last line of a run.
   *
   * @param undone whether what its steps did was taken back
   */
  void finish(RunResult result, boolean undone) {
    var value = result.value() == null ? null : redaction.mask(result.value());
    var fits = value != null && JournalFormat.line(value).length <= limits.stepResultBytes();
    lock.lock();
    try {
      append(
          new JournalEntry.Finished(
              clock.now(),
              result.status(),
              result.exitStatus(),
              result.duration(),
              fits ? value : null,
              result.error(),
              logLinesDropped,
              undone));
      force();
    } finally {
      lock.unlock();
      close();
    }
  }

  private HearthException broken(IOException e) {
    var why = notWritten(e);
    if (failure == null) {
      failure = why;
      whenBroken.accept(why);
    }
    return why;
  }

  private HearthException notWritten(IOException e) {
    return new HearthException(RunError.JOURNAL_NOT_WRITTEN, path)
        .with("reason", String.valueOf(e.getMessage()))
        .causedBy(e);
  }

  /** Closes the file. A journal without its last line belongs to a run that crashed. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      HERE.remove(run);
      file.close();
    } catch (IOException e) {
      throw notWritten(e);
    } finally {
      lock.unlock();
    }
  }
}
