/** What a recipe may do, and who granted it. */
@NullMarked
package dev.hearth.runtime.permission;

import org.jspecify.annotations.NullMarked;
