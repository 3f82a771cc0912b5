/** A system whose operation has a bug. */
@NullMarked
package dev.hearth.runtime.run.broken;

import org.jspecify.annotations.NullMarked;
