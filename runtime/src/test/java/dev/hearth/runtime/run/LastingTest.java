package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bindings keep open for a run is closed with it. */
class LastingTest {
  private final List<String> closed = new ArrayList<>();

  private final class First implements AutoCloseable {
    @Override
    public void close() throws IOException {
      closed.add("first");
      throw new IOException("the disk is gone");
    }
  }

  private final class Second implements AutoCloseable {
    @Override
    public void close() {
      closed.add("second");
      throw new IllegalStateException("it was closed before");
    }
  }

  private final class Third implements AutoCloseable {
    @Override
    public void close() {
      closed.add("third");
    }
  }

  @Test
  void all_is_closed_last_first_also_when_some_of_it_fails() {
    var lasting = new Lasting();
    lasting.get(First.class, First::new);
    lasting.get(Second.class, Second::new);
    lasting.get(Third.class, Third::new);
    assertThatThrownBy(lasting::close)
        .isInstanceOf(IllegalStateException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("it was closed before", "the disk is gone"));
    assertThat(closed).containsExactly("third", "second", "first");
    lasting.close(); // there is nothing left to close
    assertThat(closed).hasSize(3);
  }

  @Test
  void nothing_is_made_any_more_when_the_run_is_over() {
    var lasting = new Lasting();
    lasting.close();
    assertThatThrownBy(() -> lasting.get(Third.class, Third::new))
        .isInstanceOf(IllegalStateException.class);
  }
}
