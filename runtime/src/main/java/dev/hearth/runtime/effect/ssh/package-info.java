/**
 * SSH and SFTP over the effects: streams from {@link dev.hearth.runtime.effect.Net}, keys and
 * configuration through {@link dev.hearth.runtime.effect.Files}. Apache MINA does the protocol and
 * gets resolved values only; it opens no socket, reads no file and starts no agent.
 */
@NullMarked
package dev.hearth.runtime.effect.ssh;

import org.jspecify.annotations.NullMarked;
