/** Values that must not be shown, and where they are kept. */
@NullMarked
package dev.hearth.runtime.secret;

import org.jspecify.annotations.NullMarked;
