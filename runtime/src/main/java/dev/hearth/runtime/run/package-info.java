/**
 * A run: its journal, its steps, and the runs of before.
 *
 * <p>A run is a folder {@code runs/ID} in the state folder with one file, {@code journal.jsonl}.
 */
@NullMarked
package dev.hearth.runtime.run;

import org.jspecify.annotations.NullMarked;
