package dev.hearth.stdlib.test;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import java.util.Optional;

/**
 * Tests of recipes, as {@code hearth:test}. What they do beyond JavaScript is done by whoever runs
 * them; where nobody does, as in an ordinary run, it is refused.
 */
public final class TestBinding implements Binding {
  private final Optional<TestHost> host;

  public TestBinding() {
    this(Optional.empty());
  }

  /** For one file of tests. */
  public TestBinding(TestHost host) {
    this(Optional.of(host));
  }

  private TestBinding(Optional<TestHost> host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new TestOps(host.orElseThrow(() -> new HearthException(TestError.ONLY_IN_TESTS)));
  }

  @Override
  public Foreseen foresee(Mention mention) {
    return Foreseen.anything(); // recipes that it runs are other files
  }
}
