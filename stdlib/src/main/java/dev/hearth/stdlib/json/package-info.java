/** The module {@code hearth:json}. */
@NullMarked
package dev.hearth.stdlib.json;

import org.jspecify.annotations.NullMarked;
