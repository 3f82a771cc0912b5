package dev.hearth.stdlib.templates;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.ssh.OneOffKey;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a specification asks of the machine that Hearth runs on. */
final class TemplatesOps {
  private static final String SOCKET = "SSH_AUTH_SOCK";

  private final Effects effects;
  private final Optional<OpContext.Run> run;

  TemplatesOps(OpContext context) {
    this.effects = context.effects();
    this.run = context.run();
  }

  /** The run that makes what is made; null in a session. */
  @Op
  Optional<OpContext.Run> run() {
    return run;
  }

  /** A private key for one boot test; it is in no file and no journal. */
  @Op
  Secret testKey() {
    return OneOffKey.make();
  }

  /**
   * A key.
   *
   * @param secret the text of the private one
   */
  record PrivateKey(String secret) {}

  /** What lets its owner in, as a line. */
  @Op
  String publicHalf(PrivateKey key) {
    return OneOffKey.publicHalf(Secret.of(key.secret()), "hearth-boot-test");
  }

  /** The public keys that the user's ssh-agent has. */
  @Op
  List<String> agentKeys() {
    var socket =
        effects
            .environment()
            .get(SOCKET)
            .filter(path -> !path.isBlank())
            .orElseThrow(() -> new HearthException(TemplatesError.NO_AGENT, SOCKET));
    var keys = AgentKeys.of(effects.net(), Path.of(socket));
    if (keys.isEmpty()) {
      throw new HearthException(TemplatesError.AGENT_EMPTY, socket);
    }
    return keys;
  }
}
