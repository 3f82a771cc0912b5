/** Hearth's own log, for whoever must find out later what went wrong, and what goes into it. */
@NullMarked
package dev.hearth.log;

import org.jspecify.annotations.NullMarked;
