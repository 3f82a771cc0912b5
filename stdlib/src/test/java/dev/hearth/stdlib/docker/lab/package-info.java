/** Docker engines and registries for tests, as {@code .ci/lab-docker} starts them. */
@NullMarked
package dev.hearth.stdlib.docker.lab;

import org.jspecify.annotations.NullMarked;
