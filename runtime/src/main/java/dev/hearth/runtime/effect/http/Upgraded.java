package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.NetStream;

/**
 * A connection that no longer speaks HTTP.
 *
 * @param response the answer, status 101, that changed the protocol
 * @param stream what the new protocol is spoken on; whoever asked for it closes it
 */
public record Upgraded(HttpResponse response, NetStream stream) {}
