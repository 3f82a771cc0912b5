package dev.hearth.runtime.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One operation that a facade may call: a blocking method of the object that {@link Binding#open}
 * returned. The runtime gives it a virtual thread, and interrupts that thread to cancel it.
 *
 * <p>It takes at most one record, decoded from the JavaScript argument, then at most one {@code
 * byte[]}. It returns a record, a collection, a {@code JsonNode}, {@code byte[]}, an {@link
 * OpStream}, or nothing. It fails with a {@link dev.hearth.runtime.HearthException}; anything else
 * is shown as a bug.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Op {
  /** Whether it changes the system; asks for the {@code write} intent instead of {@code read}. */
  boolean writes() default false;
}
