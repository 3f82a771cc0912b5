/** Where the time of a run goes. */
@org.jspecify.annotations.NullMarked
package dev.hearth.runtime.timing;
