/** The recipe's declared parameters: what they may be, where their values come from. */
@NullMarked
package dev.hearth.runtime.param;

import org.jspecify.annotations.NullMarked;
