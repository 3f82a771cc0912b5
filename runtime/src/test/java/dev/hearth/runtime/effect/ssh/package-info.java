@NullMarked
package dev.hearth.runtime.effect.ssh;

import org.jspecify.annotations.NullMarked;
