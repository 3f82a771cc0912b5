/** A system that counts what is done to it. */
@NullMarked
package dev.hearth.runtime.run.ledger;

import org.jspecify.annotations.NullMarked;
