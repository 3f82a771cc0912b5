package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What a standard stream says of its own writing. */
class StandardStreamTest {
  /** As /dev/full does. */
  private static final OutputStream FULL =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new IOException("No space left on device");
        }
      };

  @Test
  void a_file_that_takes_no_more_is_a_failure_with_its_reason() {
    var stream = new StandardStream(FULL, StandardStream.Kind.FILE);
    stream.println("data");

    assertThat(stream.failure()).map(IOException::getMessage).contains("No space left on device");
  }

  @Test
  void a_reader_that_has_seen_enough_is_no_failure() {
    var stream = new StandardStream(FULL, StandardStream.Kind.PIPE);
    stream.println("data");

    assertThat(stream.failure()).isEmpty();
  }

  @Test
  void what_arrives_is_utf_8_and_no_failure() {
    var bytes = new ByteArrayOutputStream();
    var stream = new StandardStream(bytes, StandardStream.Kind.FILE);
    stream.print("漢é");

    assertThat(stream.failure()).isEmpty();
    assertThat(bytes.toByteArray()).hasSize(5);
  }
}
