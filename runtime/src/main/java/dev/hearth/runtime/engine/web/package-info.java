/**
 * The web's globals: the scripts of this folder, each a family that is read at its first use, and
 * what of them is Java because JavaScript would be slow at it.
 */
@NullMarked
package dev.hearth.runtime.engine.web;

import org.jspecify.annotations.NullMarked;
