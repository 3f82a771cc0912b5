/** The module {@code hearth:template}. */
@NullMarked
package dev.hearth.stdlib.template;

import org.jspecify.annotations.NullMarked;
