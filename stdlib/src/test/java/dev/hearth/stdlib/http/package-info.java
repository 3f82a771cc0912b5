@NullMarked
package dev.hearth.stdlib.http;

import org.jspecify.annotations.NullMarked;
