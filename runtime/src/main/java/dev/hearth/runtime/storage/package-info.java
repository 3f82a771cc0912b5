/**
 * Hearth's own files: journals, connections, settings, secrets. Besides {@code effect} this is the
 * only package that uses {@link java.nio.file.Files}: what it does stands behind no gate, because
 * no recipe and no binding can name what it touches. Bindings must not use it.
 */
@NullMarked
package dev.hearth.runtime.storage;

import org.jspecify.annotations.NullMarked;
