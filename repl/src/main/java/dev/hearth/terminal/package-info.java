/**
 * What people see: the one renderer of errors, values, tables, progress and questions. Knows no
 * command and no engine.
 */
@NullMarked
package dev.hearth.terminal;

import org.jspecify.annotations.NullMarked;
