package dev.hearth.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session in somebody's Java program. */
@Timeout(60)
class EmbeddedSessionTest {
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final Session session;

  EmbeddedSessionTest(@TempDir Path folder) {
    var hearth =
        Hearth.builder()
            .bindings(List.of())
            .home(folder)
            .environment(name -> Optional.empty())
            .build();
    session = hearth.session(SessionRequest.in(folder), events::add);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void an_input_has_a_value_and_what_it_declares_lives_on() throws InterruptedException {
    assertThat(session.evaluate("function twice(n) { return n * 2 }"))
        .isEqualTo(new Evaluation(null, null, false, null));
    var answer = session.evaluate("[twice(4)]");
    assertThat(answer.text()).isEqualTo("[ 8 ]");
    assertThat(answer.value()).hasToString("[8]");
    assertThat(answer.exact()).isTrue();
    assertThat(session.evaluate("[twice]").exact()).isFalse();
    assertThat(session.globals()).contains("twice", "console");
    assertThat(session.members(List.of("console"))).contains("log");
    assertThat(Session.isIncomplete("twice(")).isTrue();
  }

  @Test
  void an_interrupt_ends_an_endless_loop_as_interrupted() throws InterruptedException {
    var stopper = Thread.startVirtualThread(this::interruptWhenItLoops);
    var error = requireNonNull(session.evaluate("console.log('looping'); for (;;);").error());
    stopper.join();
    assertThat(error.code()).isEqualTo("run.interrupted");
    assertThat(session.evaluate("1").text()).isEqualTo("1");
  }

  private void interruptWhenItLoops() {
    while (events.isEmpty()) {
      Thread.onSpinWait();
    }
    session.interrupt();
  }

  @Test
  void the_listener_is_told_what_nobody_caught() throws InterruptedException {
    session.evaluate("Promise.reject(new Error('left alone')); 1", "config.js");
    session.evaluate("2");
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Uncaught.class,
            uncaught -> {
              assertThat(uncaught.error().message()).isEqualTo("left alone");
              assertThat(requireNonNull(uncaught.error().location()).file()).isEqualTo("config.js");
            });
  }
}
