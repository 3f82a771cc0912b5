/** The module {@code hearth:images}: cloud images of distributions. */
@NullMarked
package dev.hearth.stdlib.images;

import org.jspecify.annotations.NullMarked;
