package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.ssh.KnownHosts.Entry;
import dev.hearth.runtime.effect.ssh.KnownHosts.Marker;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Whether the key that a host shows is that of the host. */
final class HostKeyCheck {
  /** Many hosts may be met for the first time at once, and some of them by many. */
  private static final ReentrantLock ASKING = new ReentrantLock();

  private final SshTarget target;
  private final Files files;
  private final KnownHosts known;
  private final Optional<HostKeyQuestion> question;
  private final Consumer<String> warnings;
  private volatile @Nullable PublicKey unknown;
  private volatile byte @Nullable [] accepted;

  /**
   * The check of one host.
   *
   * @param question empty where nobody can be asked
   * @param warnings is told of a key that was recorded unasked
   */
  HostKeyCheck(
      SshTarget target,
      Files files,
      Optional<HostKeyQuestion> question,
      Consumer<String> warnings) {
    this.target = target;
    this.files = files;
    this.question = question;
    this.warnings = warnings;
    this.known =
        target.fingerprint() == null
            ? KnownHosts.read(files, paths(target.knownHosts()), paths(target.globalKnownHosts()))
            : KnownHosts.read(files, List.of(), List.of());
  }

  private static List<Path> paths(List<String> names) {
    return names.stream().map(Path::of).toList();
  }

  /** The types of the keys that are known, which are the ones to ask the host for. */
  List<String> knownTypes() {
    var types = new LinkedHashSet<String>();
    known.about(target.knownName(), Marker.HOST).forEach(entry -> types.add(entry.type()));
    return new ArrayList<>(types);
  }

  /** Whether an authority is known that could vouch for the host. */
  boolean hasAuthority() {
    return !known.about(target.knownName(), Marker.AUTHORITY).isEmpty();
  }

  /**
   * Accepts the key or fails.
   *
   * @throws HearthException {@code ssh.host-key-…}
   */
  void require(PublicKey shown) {
    var certified = shown instanceof OpenSshCertificate certificate ? certificate : null;
    if (certified != null) {
      requireNotRevoked(certified.getCaPubKey());
    }
    var key = certified == null ? shown : certified.getCertPubKey();
    requireNotRevoked(key);
    if (target.fingerprint() != null) {
      if (!target.fingerprint().equals(fingerprint(key))) {
        throw failure(SshError.HOST_KEY_CHANGED, key).with("pinned", target.fingerprint());
      }
    } else if (certified == null || !isVouchedFor(certified)) {
      requireKnown(key);
    }
  }

  /** MINA has checked its signature, its time and the names in it. */
  private boolean isVouchedFor(OpenSshCertificate certificate) {
    var authority = wire(certificate.getCaPubKey());
    return known.about(target.knownName(), Marker.AUTHORITY).stream()
        .anyMatch(entry -> Arrays.equals(entry.key(), authority));
  }

  private void requireNotRevoked(PublicKey key) {
    var shown = wire(key);
    for (var entry : known.about(target.knownName(), Marker.REVOKED)) {
      if (Arrays.equals(entry.key(), shown)) {
        throw failure(SshError.HOST_KEY_REVOKED, key).with("place", entry.place());
      }
    }
  }

  private void requireKnown(PublicKey key) {
    var shown = wire(key);
    var entries = known.about(target.knownName(), Marker.HOST);
    if (Arrays.equals(accepted, shown)
        || entries.stream().anyMatch(entry -> Arrays.equals(entry.key(), shown))) {
      return;
    }
    if (!entries.isEmpty()) {
      throw failure(SshError.HOST_KEY_CHANGED, key)
          .with("known", entries.stream().map(HostKeyCheck::described).toList());
    }
    switch (target.hostKeys()) {
      case REFUSE, ASK -> {
        unknown = key;
        throw failure(SshError.HOST_KEY_UNKNOWN, key);
      }
      case RECORD ->
          warnings.accept(
              "recorded the host key of %s unseen, as ssh_config says: %s"
                  .formatted(target.knownName(), fingerprint(key)));
    }
    known.record(target.knownName(), target.hashHosts(), KeyUtils.getKeyType(key), shown);
  }

  /**
   * Asks about the key that was refused because nobody knows it. That is done between two
   * connections: a handshake does not wait for a person.
   *
   * @return whether it is known now
   * @throws HearthException {@code ssh.host-key-refused} when the person says no
   */
  boolean isKnownNow() {
    var key = unknown;
    if (key == null || question.isEmpty() || target.hostKeys() != SshTarget.HostKeys.ASK) {
      return false;
    }
    ASKING.lock();
    try {
      var read = KnownHosts.read(files, paths(target.knownHosts()), List.of());
      var shown = wire(key);
      boolean answered = // by another connection to the same host, meanwhile
          read.about(target.knownName(), Marker.HOST).stream()
              .anyMatch(entry -> Arrays.equals(entry.key(), shown));
      if (!answered) {
        var type = word(key).toUpperCase(Locale.ROOT);
        if (!question.get().isRightHost(target.knownName(), type, fingerprint(key))) {
          throw failure(SshError.HOST_KEY_REFUSED, key);
        }
        known.record(target.knownName(), target.hashHosts(), KeyUtils.getKeyType(key), shown);
      }
      accepted = shown;
      return true;
    } finally {
      ASKING.unlock();
    }
  }

  /** The fingerprint of the key that was refused because nobody knows it. */
  String refused() {
    var key = unknown;
    if (key == null) {
      throw new IllegalStateException("No key was refused.");
    }
    return fingerprint(key);
  }

  private static String described(Entry entry) {
    return "%s %s in %s".formatted(entry.type(), fingerprint(entry.key()), entry.place());
  }

  private HearthException failure(ErrorCode code, PublicKey key) {
    boolean unknown = code == SshError.HOST_KEY_UNKNOWN;
    return new HearthException(
        code,
        target.knownName(),
        word(key).toUpperCase(Locale.ROOT),
        fingerprint(key),
        unknown ? word(key) : target.knownName(),
        target.name());
  }

  /** {@code ed25519}, as the names of sshd's own key files have it. */
  private static String word(PublicKey key) {
    var type = KeyUtils.getKeyType(key);
    if (type.startsWith("ecdsa")) {
      return "ecdsa";
    }
    return type.startsWith("ssh-") ? type.substring("ssh-".length()) : type;
  }

  static String fingerprint(PublicKey key) {
    return fingerprint(wire(key));
  }

  private static String fingerprint(byte[] wire) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(wire);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static byte[] wire(PublicKey key) {
    var buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return buffer.getCompactData();
  }
}
