/** The module {@code hearth:yaml}. */
@NullMarked
package dev.hearth.stdlib.yaml;

import org.jspecify.annotations.NullMarked;
