/**
 * What {@code hearth:shell} and {@code hearth:ssh} share: commands, and how they ended; and lines,
 * which {@code hearth:fs} reads, too; and programs that bindings installed.
 */
@NullMarked
package dev.hearth.stdlib.command;

import org.jspecify.annotations.NullMarked;
