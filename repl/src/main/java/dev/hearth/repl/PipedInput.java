package dev.hearth.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Inputs from a pipe or a file: each ends with the line that makes it whole. */
final class PipedInput implements Input {
  private final BufferedReader lines;
  private final Predicate<String> isIncomplete;

  PipedInput(InputStream in, Predicate<String> isIncomplete) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.isIncomplete = isIncomplete;
  }

  @Override
  public Read next() throws IOException {
    var text = lines.readLine();
    if (text == null) {
      return new Read.End();
    }
    while (!DotCommand.is(text) && isIncomplete.test(text)) {
      var more = lines.readLine();
      if (more == null) {
        break; // evaluating it tells what is missing
      }
      text = text + "\n" + more;
    }
    return new Read.Typed(text);
  }

  @Override
  public void close() {
    // The stream is the process's own.
  }
}
