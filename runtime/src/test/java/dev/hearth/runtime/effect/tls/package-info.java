@NullMarked
package dev.hearth.runtime.effect.tls;

import org.jspecify.annotations.NullMarked;
