@NullMarked
package dev.hearth.standby;

import org.jspecify.annotations.NullMarked;
