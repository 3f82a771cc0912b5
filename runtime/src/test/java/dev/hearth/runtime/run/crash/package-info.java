/** Runs that are killed at every moment that could matter, and what becomes of them. */
@NullMarked
package dev.hearth.runtime.run.crash;

import org.jspecify.annotations.NullMarked;
