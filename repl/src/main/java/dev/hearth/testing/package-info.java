/** Files of tests: each is run in a realm and a simulated world of its own, and then told about. */
@NullMarked
package dev.hearth.testing;

import org.jspecify.annotations.NullMarked;
