/**
 * HTTP over the streams of {@code runtime.effect}: a server for simulators, a client for bindings.
 */
@NullMarked
package dev.hearth.runtime.effect.http;

import org.jspecify.annotations.NullMarked;
