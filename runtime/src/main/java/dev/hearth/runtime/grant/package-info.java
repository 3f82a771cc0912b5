/**
 * Grants that the user wants to hold for a recipe as it is, until it or one of its files changes.
 */
@NullMarked
package dev.hearth.runtime.grant;

import org.jspecify.annotations.NullMarked;
