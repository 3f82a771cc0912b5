/**
 * The REPL: a session of JavaScript in which systems can be looked at and changed by hand. Knows
 * the terminal and the session, and no command line.
 */
@NullMarked
package dev.hearth.repl;

import org.jspecify.annotations.NullMarked;
