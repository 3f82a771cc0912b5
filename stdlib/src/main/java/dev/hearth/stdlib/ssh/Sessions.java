package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.KeyRing;
import dev.hearth.runtime.effect.ssh.RemoteFiles;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshSession;
import dev.hearth.runtime.effect.ssh.SshTarget;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections that are open in a run: one to each host, shared by all that work there. */
final class Sessions implements AutoCloseable {
  /** sshd's own limit, {@code MaxSessions}, unless somebody changed it. */
  private static final int AT_ONCE = 10;

  private final Map<Key, Shared> open = new ConcurrentHashMap<>();
  private final KeyRing keyRing = new KeyRing();

  /** What has to be the same for two to share: who asks, who is asked, and who logs in. */
  record Key(Connection.Origin origin, String name, SshTarget target, Map<String, Secret> secrets) {
    static Key of(Connection connection, SshTarget target) {
      return new Key(connection.origin(), connection.name(), target, connection.secrets());
    }
  }

  /** A passphrase is asked for once in a run. */
  KeyRing keyRing() {
    return keyRing;
  }

  Shared get(Key key) {
    return open.computeIfAbsent(key, _ -> new Shared());
  }

  @Override
  public void close() {
    open.values().forEach(Shared::close);
  }

  /** The one connection to a host, opened by whoever needs it first, and again when it broke. */
  static final class Shared {
    private final ReentrantLock opening = new ReentrantLock();
    private final Semaphore channels = new Semaphore(AT_ONCE, true);
    private final ReentrantLock openingFiles = new ReentrantLock();
    private @Nullable SshSession session;
    private @Nullable RemoteFiles files;
    private @Nullable Place placeOfFiles;

    /** A right to one of the channels that a host allows; closing gives it back. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
      @Override
      void close();
    }

    SshSession session(SshTarget target, Supplier<SshSession> opener) {
      try {
        opening.lockInterruptibly();
      } catch (InterruptedException e) {
        throw interrupted(target, e);
      }
      try {
        var known = session;
        if (known == null || !known.isOpen()) {
          known = opener.get();
          session = known;
        }
        return known;
      } finally {
        opening.unlock();
      }
    }

    /** The one channel for files; what many threads ask of it is on its way at the same time. */
    RemoteFiles files(SshTarget target, Supplier<RemoteFiles> opener) {
      try {
        openingFiles.lockInterruptibly();
      } catch (InterruptedException e) {
        throw interrupted(target, e);
      }
      try {
        var known = files;
        if (known == null || !known.isOpen()) {
          if (placeOfFiles == null) {
            placeOfFiles = place(target);
          }
          known = opener.get();
          files = known;
        }
        return known;
      } finally {
        openingFiles.unlock();
      }
    }

    Place place(SshTarget target) {
      try {
        channels.acquire();
        return channels::release;
      } catch (InterruptedException e) {
        throw interrupted(target, e);
      }
    }

    private static HearthException interrupted(SshTarget target, InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HearthException(SshError.INTERRUPTED, target.name()).causedBy(e);
    }

    private void close() {
      opening.lock();
      try {
        if (session != null) {
          session.close();
        }
      } finally {
        opening.unlock();
      }
    }
  }
}
