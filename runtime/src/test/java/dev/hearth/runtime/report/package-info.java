@NullMarked
package dev.hearth.runtime.report;

import org.jspecify.annotations.NullMarked;
