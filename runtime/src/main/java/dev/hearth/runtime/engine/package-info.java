/**
 * GraalJS: the context, the event loop, the JSON bridge and the modules. The only home of {@code
 * org.graalvm}; nothing here leaves the package but JSON, reports and plain Java types.
 *
 * <p>Rule of the house: a guest {@code Value} is touched only on the loop's thread.
 */
@NullMarked
package dev.hearth.runtime.engine;

import org.jspecify.annotations.NullMarked;
