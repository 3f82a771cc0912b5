package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.ssh.HostKeyQuestion;
import dev.hearth.runtime.effect.ssh.PassphraseQuestion;
import dev.hearth.runtime.effect.ssh.RemoteFiles;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshSecrets;
import dev.hearth.runtime.effect.ssh.SshSession;
import dev.hearth.runtime.effect.ssh.SshTarget;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.OpContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One host of a recipe: where it is, who logs in, and the connection that the run has to it. */
final class Host implements AutoCloseable {
  private static final int ATTEMPTS = 8;

  private final Connection connection;
  private final SshTarget target;
  private final OpContext context;
  private final Sessions sessions;

  Host(Connection connection, OpContext context) {
    this.connection = connection;
    this.target = HostConfiguration.target(connection);
    this.context = context;
    this.sessions = context.forRun(Sessions.class, Sessions::new);
  }

  SshTarget target() {
    return target;
  }

  Clock clock() {
    return context.effects().clock();
  }

  /** The world with the grants of the recipe alone: for the files that it names. */
  Effects recipe() {
    return context.recipe();
  }

  OpContext.Log log() {
    return context.log();
  }

  /** The connection, opened if it is not. */
  SshSession session() {
    return shared().session(target, this::open);
  }

  /** Its files, shared by all that work there; nobody closes them before the run is over. */
  RemoteFiles files() {
    return shared().files(target, () -> patiently(() -> session().files()));
  }

  /**
   * Opens a channel. A host counts one that was just closed for a moment longer, so a refusal is
   * not believed at once.
   */
  <T> T patiently(Supplier<T> opening) {
    for (int attempt = 1; ; attempt++) {
      try {
        return opening.get();
      } catch (HearthException e) {
        if (e.code() != SshError.CHANNEL_REFUSED || attempt == ATTEMPTS) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private void pause(int attempt) {
    try {
      clock().sleep(Duration.ofMillis(20L * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(SshError.INTERRUPTED, target.name()).causedBy(e);
    }
  }

  /** Waits for one of the channels that the host allows at the same time. */
  Sessions.Shared.Place place() {
    return shared().place(target);
  }

  private Sessions.Shared shared() {
    return sessions.get(Sessions.Key.of(connection, target));
  }

  private SshSession open() {
    tellIgnored();
    return SshSession.open(target, context.effects(), secrets(), audience());
  }

  /** The fingerprint of the key that it shows, whoever it is. */
  String hostKey() {
    return SshSession.hostKey(target, context.effects(), secrets(), audience());
  }

  private void tellIgnored() {
    var ignored = HostConfiguration.ignored(connection);
    if (!ignored.isEmpty()) {
      context
          .log()
          .write(
              OpContext.Log.Level.DEBUG,
              "ssh_config says about " + target.name() + " what means nothing here",
              Map.of("lines", ignored));
    }
  }

  private SshSecrets secrets() {
    return new SshSecrets(secret("password"), secret("passphrase"), secret("privateKey"));
  }

  private SshSession.Audience audience() {
    var person = SshPerson.of(context.person(), target.name());
    return new SshSession.Audience(
        person.map(HostKeyQuestion.class::cast),
        person.map(PassphraseQuestion.class::cast),
        sessions.keyRing(),
        warning -> context.log().write(OpContext.Log.Level.WARN, warning, Map.of()));
  }

  Optional<Secret> secret(String field) {
    return Optional.ofNullable(connection.secrets().get(field));
  }

  /** What the host is and who we are there. */
  ConnectionTest test() {
    var command = RemoteCommand.of("uname -sr && id -un");
    var outcome = new Commands(this).run(command, RemoteInput.NONE);
    var lines = outcome.stdout().lines().toList();
    return outcome.exitCode() == 0 && lines.size() == 2
        ? new ConnectionTest(lines.getFirst(), lines.getLast() + "@" + target.host(), List.of())
        : new ConnectionTest("an SSH server", target.toString(), List.of("a POSIX shell"));
  }

  /** Closes the connections of whoever has no run. */
  @Override
  public void close() {
    sessions.close();
  }
}
