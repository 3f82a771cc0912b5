package dev.hearth.runtime.run.ledger;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code hearth:ledger}: lines of a real file, so that what was done twice stands there twice. */
public final class LedgerBinding implements Binding {
  private final Path file;
  private final Runnable moment;

  /**
   * A ledger.
   *
   * @param moment is called before and after each change
   */
  public LedgerBinding(Path file, Runnable moment) {
    this.file = file;
    this.moment = moment;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new Ops(file, moment);
  }

  /** All lines, in order. */
  public static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What an operation is about.
   *
   * @param line the line
   */
  public record Entry(String line) {}

  /** Its operations. */
  public static final class Ops {
    private final Path file;
    private final Runnable moment;

    Ops(Path file, Runnable moment) {
      this.file = file;
      this.moment = moment;
    }

    @Op(writes = true)
    public synchronized String add(Entry entry) throws IOException {
      moment.run();
      Files.writeString(
          file, entry.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      moment.run();
      return entry.line();
    }

    @Op(writes = true)
    public synchronized void remove(Entry entry) throws IOException {
      moment.run();
      var lines = new ArrayList<>(LedgerBinding.lines(file));
      lines.remove(entry.line());
      Files.write(file, lines);
      moment.run();
    }

    @Op
    public synchronized List<String> lines(Entry all) {
      return LedgerBinding.lines(file);
    }
  }
}
