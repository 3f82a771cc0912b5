@NullMarked
package dev.hearth.runtime.effect.gate;

import org.jspecify.annotations.NullMarked;
