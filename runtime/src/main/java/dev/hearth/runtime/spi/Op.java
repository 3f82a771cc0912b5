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
 * byte[]}. It returns a record, a collection, a {@code JsonNode}, {@code byte[]}, a {@link
 * dev.hearth.runtime.secret.Secret}, an {@link OpStream}, or nothing; a record may have Secrets as
 * components, and so may records in it and in collections. It fails with a {@link
 * dev.hearth.runtime.HearthException}; anything else is shown as a bug.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Op {
  /** Whether it changes the system; asks for the {@code write} intent instead of {@code read}. */
  boolean writes() default false;

  /**
   * Whether it is computed at once, on the loop thread, which waits: JavaScript gets the value and
   * not a promise. For what depends on nothing but its argument, such as parsing. It stands in the
   * object that {@link Binding#pure} returned, takes at most one record and then at most one {@code
   * String} or {@code byte[]}, and returns a {@code String}, {@code byte[]}, a {@link JsonText}, or
   * what becomes JSON. Its time grows no faster than its input, and what may take long ends when
   * {@link Interruption} says so.
   */
  boolean pure() default false;
}
