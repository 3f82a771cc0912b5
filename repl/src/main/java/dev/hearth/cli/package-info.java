/**
 * The command line: the one main method, and one class for each command that turns flags into a
 * request and a result into an exit status. The work is done elsewhere.
 */
@NullMarked
package dev.hearth.cli;

import org.jspecify.annotations.NullMarked;
