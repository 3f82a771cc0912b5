package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpParts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A binding whose operations stand in several objects. */
class OpPartsTest {
  private final List<String> checked = new ArrayList<>();

  record Named(String name) {}

  /** One part. */
  static final class Greetings {
    @Op
    String greet(Named who) {
      return "hello " + who.name();
    }
  }

  /** Another part. */
  static final class Farewells {
    @Op(writes = true)
    String part(Named from) {
      return "bye " + from.name();
    }
  }

  /** A part that has what another has. */
  static final class Echoes {
    @Op
    String greet(Named who) {
      return who.name();
    }
  }

  private BindingTarget target(Object... parts) {
    return new BindingTarget(
        "lab",
        () ->
            new BindingTarget.Opened(
                OpParts.of(parts), (writes, op) -> checked.add(op + " writes: " + writes)));
  }

  @Test
  void each_op_is_called_on_the_object_that_has_it() throws Throwable {
    var target = target(new Greetings(), new Farewells());

    assertThat(target.prepare("greet", "{\"name\":\"Ada\"}", null).perform())
        .isEqualTo("hello Ada");
    assertThat(target.prepare("part", "{\"name\":\"Ada\"}", null).perform()).isEqualTo("bye Ada");
    assertThat(checked).containsExactly("greet writes: false", "part writes: true");
  }

  @Test
  void an_op_that_two_objects_have_is_a_bug_and_not_one_of_them() {
    var target = target(new Greetings(), new Echoes());

    assertThatThrownBy(() -> target.prepare("greet", "{\"name\":\"Ada\"}", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Two objects have an op named `greet`.");
  }

  @Test
  void an_op_that_none_of_them_has_is_unknown() {
    var target = target(new Greetings(), new Farewells());

    assertThatThrownBy(() -> target.prepare("shout", "{}", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No op is named `shout`.");
  }
}
