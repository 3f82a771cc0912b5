/** All that a binding may implement or call. */
@NullMarked
package dev.hearth.runtime.spi;

import org.jspecify.annotations.NullMarked;
