/** What the documentation says, run. */
@NullMarked
package dev.hearth.docs;

import org.jspecify.annotations.NullMarked;
