@NullMarked
package dev.hearth.runtime.effect;

import org.jspecify.annotations.NullMarked;
