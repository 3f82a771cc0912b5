@NullMarked
package dev.hearth.terminal;

import org.jspecify.annotations.NullMarked;
