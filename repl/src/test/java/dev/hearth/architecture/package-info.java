/** The rules of the house, each with its reason, over the classes and folders of all modules. */
@NullMarked
package dev.hearth.architecture;

import org.jspecify.annotations.NullMarked;
