@NullMarked
package dev.hearth.repl;

import org.jspecify.annotations.NullMarked;
