/** What the shell script {@code hearth} promises, tried with stand-ins for Java and Maven. */
@NullMarked
package dev.hearth.launcher;

import org.jspecify.annotations.NullMarked;
