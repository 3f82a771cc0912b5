package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;

/** Realms that a thread of its own makes before anyone needs them. */
class BlankRealmTest {
  @Test
  void a_prepared_realm_is_taken_once_and_works_on_another_thread() {
    BlankRealm.prepare();
    BlankRealm.prepare(); // there is one already

    try (var first = BlankRealm.take().context;
        var second = BlankRealm.take().context) {
      assertThat(first).isNotSameAs(second);
      first.eval("js", "globalThis.mine = 1");
      assertThat(first.eval("js", "mine").asInt()).isEqualTo(1);
      assertThat(second.eval("js", "typeof mine").asString()).isEqualTo("undefined");
    }
  }

  @Test
  void nothing_can_be_imported_before_it_is_known_from_where() {
    var blank = BlankRealm.take();
    try (var context = blank.context) {
      var outcome = new StringBuilder();
      blank.importModule.execute(
          "file:///etc/hostname",
          (ProxyExecutable) a -> outcome.append("imported"),
          (ProxyExecutable) a -> outcome.append("refused"));
      context.eval("js", "0"); // lets the promise settle
      assertThat(outcome.toString()).isEqualTo("refused");
    }
  }
}
