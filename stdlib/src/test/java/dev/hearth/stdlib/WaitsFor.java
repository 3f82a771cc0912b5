package dev.hearth.stdlib;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Tests that mostly wait for a real system. They run beside all others, one class after another for
 * each system: none meets what another makes in it, drains or counts.
 */
@Execution(CONCURRENT)
@ResourceLock(providers = WaitsFor.OneAtATime.class)
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WaitsFor {
  /** The system, such as {@code docker}. */
  String value();

  /** The lock of the system that a class waits for. */
  final class OneAtATime implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
      return Set.of(new Lock(requireNonNull(testClass.getAnnotation(WaitsFor.class)).value()));
    }
  }
}
