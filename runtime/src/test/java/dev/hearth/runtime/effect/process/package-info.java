@NullMarked
package dev.hearth.runtime.effect.process;

import org.jspecify.annotations.NullMarked;
