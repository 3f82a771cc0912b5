package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The private keys that a person has unlocked, for as long as this lives. Safe from any thread. */
public final class KeyRing {
  private static final int ATTEMPTS = 3;

  private final ReentrantLock asking = new ReentrantLock();
  private final Map<Path, KeyPair> unlocked = new ConcurrentHashMap<>();
  private final Set<Path> leftOut = ConcurrentHashMap.newKeySet();

  Optional<KeyPair> get(Path file) {
    return Optional.ofNullable(unlocked.get(file));
  }

  /**
   * Has a key unlocked, unless that was done meanwhile. What a person has left out is not asked for
   * again.
   *
   * @return whether it is
   * @throws HearthException {@code ssh.key-passphrase} after some wrong answers
   */
  boolean unlock(Files files, Path file, PassphraseQuestion question) {
    asking.lock();
    try {
      boolean again = false;
      for (int i = 0; i < ATTEMPTS && !unlocked.containsKey(file); i++) {
        var answer =
            leftOut.contains(file)
                ? Optional.<dev.hearth.runtime.secret.Secret>empty()
                : question.passphrase(file, again);
        if (answer.isEmpty()) {
          leftOut.add(file);
          return false;
        }
        try {
          unlocked.put(file, KeyFile.read(files, file, answer));
        } catch (HearthException e) {
          if (e.code() != SshError.KEY_PASSPHRASE || i == ATTEMPTS - 1) {
            throw e;
          }
          again = true;
        }
      }
      return true;
    } finally {
      asking.unlock();
    }
  }
}
