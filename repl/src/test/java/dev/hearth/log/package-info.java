@NullMarked
package dev.hearth.log;

import org.jspecify.annotations.NullMarked;
