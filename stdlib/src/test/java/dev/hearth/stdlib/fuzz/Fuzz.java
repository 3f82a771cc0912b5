package dev.hearth.stdlib.fuzz;

import static org.assertj.core.api.Assertions.fail;

import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Gives a reader random inputs, made of a corpus and of nothing, for a while: three seconds, or as
 * many as {@code -Dhearth.fuzz.seconds} says. Whatever happens must be a value or a {@link
 * HearthException}, within five seconds. A failure names its seed; {@code -Dhearth.fuzz.seed} gives
 * that input again.
 */
public final class Fuzz {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int LARGEST = 20_000;

  private final List<String> corpus;
  private final String alphabet;

  /**
   * @param corpus inputs that are right, or nearly
   * @param alphabet characters and signs that mean something to the reader
   */
  public Fuzz(List<String> corpus, String alphabet) {
    this.corpus = List.copyOf(corpus);
    this.alphabet = alphabet;
  }

  /** What is tried; anything but a HearthException is a failure. */
  @FunctionalInterface
  public interface Reader {
    void read(String input) throws Exception;
  }

  /** Returns how many inputs were tried. */
  public int run(Reader reader) {
    var only = Long.getLong("hearth.fuzz.seed");
    if (only != null) {
      tryOne(reader, only);
      return 1;
    }
    var seconds = Long.getLong("hearth.fuzz.seconds");
    long end =
        System.nanoTime() + Duration.ofSeconds(Objects.requireNonNullElse(seconds, 3L)).toNanos();
    // Who looks for longer looks for what is new; the build tries the same each time.
    long seed = seconds == null ? 20_261_125 : System.nanoTime();
    int tried = 0;
    while (System.nanoTime() < end) {
      tryOne(reader, seed + tried);
      tried++;
    }
    return tried;
  }

  private void tryOne(Reader reader, long seed) {
    var input = input(new SplittableRandom(seed));
    long begin = System.nanoTime();
    try {
      reader.read(input);
    } catch (HearthException e) {
      if (e.sentence().isBlank() || e.sentence().contains("Exception")) {
        fail("seed " + seed + ": the message is none: " + e.sentence());
      }
    } catch (Throwable t) {
      throw new AssertionError("seed " + seed + " made it fail itself with: " + shown(input), t);
    }
    var took = Duration.ofNanos(System.nanoTime() - begin);
    if (took.compareTo(LONGEST) > 0) {
      fail("seed " + seed + " took " + took + " with: " + shown(input));
    }
  }

  private static String shown(String input) {
    return input.length() > 400 ? input.substring(0, 400) + "…" : input;
  }

  private String input(SplittableRandom random) {
    var text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
    if (random.nextInt(8) == 0) {
      text.setLength(0);
    }
    int changes = random.nextInt(1, 12);
    for (int n = 0; n < changes; n++) {
      change(text, random);
    }
    return text.substring(0, Math.min(text.length(), LARGEST));
  }

  private void change(StringBuilder text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(1, 20));
    switch (random.nextInt(7)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end));
      case 2 -> text.insert(at, piece(random).repeat(random.nextInt(1, 800)));
      case 3 -> text.replace(at, end, piece(random));
      case 4 -> text.insert(at, (char) random.nextInt(0x10000));
      case 5 -> text.insert(at, corpus.get(random.nextInt(corpus.size())));
      default -> text.insert(at, piece(random));
    }
  }

  private String piece(SplittableRandom random) {
    int at = random.nextInt(alphabet.length());
    return alphabet.substring(at, Math.min(alphabet.length(), at + random.nextInt(1, 4)));
  }
}
