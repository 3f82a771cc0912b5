/** {@code hearth:docker}: Docker engines, and what speaks as they do. */
@NullMarked
package dev.hearth.stdlib.docker;

import org.jspecify.annotations.NullMarked;
