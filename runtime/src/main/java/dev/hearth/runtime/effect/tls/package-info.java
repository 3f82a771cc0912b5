/** Certificates: whom to believe, how to pin one, how to make one. */
@NullMarked
package dev.hearth.runtime.effect.tls;

import org.jspecify.annotations.NullMarked;
