/** What tests of recipes and bindings need. Shipped, so that other people's tests have it too. */
@NullMarked
package dev.hearth.runtime.testing;

import org.jspecify.annotations.NullMarked;
