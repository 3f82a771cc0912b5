package dev.hearth.runtime.effect;

import javax.net.ssl.SSLContext;

/**
 * How a stream is secured.
 *
 * @param context keys and trust
 * @param verifyHostname whether the certificate must name the host; {@code false} only where the
 *     certificate itself is pinned by its fingerprint
 */
public record Tls(SSLContext context, boolean verifyHostname) {}
