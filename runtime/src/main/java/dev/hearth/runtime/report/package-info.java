/** Errors as people and programs see them: their one JSON form and their one text form. */
@NullMarked
package dev.hearth.runtime.report;

import org.jspecify.annotations.NullMarked;
