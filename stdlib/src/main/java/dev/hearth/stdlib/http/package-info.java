/** The module {@code hearth:http}: a client that tries again, and a small server for webhooks. */
@NullMarked
package dev.hearth.stdlib.http;

import org.jspecify.annotations.NullMarked;
