/** What {@code hearth:shell} and {@code hearth:ssh} share: commands, and how they ended. */
@NullMarked
package dev.hearth.stdlib.command;

import org.jspecify.annotations.NullMarked;
