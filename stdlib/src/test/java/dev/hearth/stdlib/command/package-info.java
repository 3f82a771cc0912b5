@NullMarked
package dev.hearth.stdlib.command;

import org.jspecify.annotations.NullMarked;
