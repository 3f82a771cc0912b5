/** The module {@code hearth:assert}; Java reserves that word, so the folder has another name. */
@NullMarked
package dev.hearth.stdlib.assertion;

import org.jspecify.annotations.NullMarked;
