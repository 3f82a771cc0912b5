/** The embedding API: small and stable. */
@NullMarked
package dev.hearth.runtime;

import org.jspecify.annotations.NullMarked;
