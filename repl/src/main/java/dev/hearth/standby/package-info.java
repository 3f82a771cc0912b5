/** A process that stays, so that the next run need not start one. See {@code docs/adr}. */
@NullMarked
package dev.hearth.standby;

import org.jspecify.annotations.NullMarked;
