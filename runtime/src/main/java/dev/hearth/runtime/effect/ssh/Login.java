package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.jspecify.annotations.Nullable;

/** What one connection brings along to the client that all share, and what it learns on its way. */
final class Login {
  /** Where the context of a connection has it. */
  static final AttributeRepository.AttributeKey<Login> KEY =
      new AttributeRepository.AttributeKey<>();

  private final SshTarget target;
  private final Effects effects;
  private final SshSecrets secrets;
  private final KeyRing keyRing;
  private final HostKeyCheck hostKey;
  private final Identities.Offers offers = new Identities.Offers();
  private final TreeSet<String> accepted = new TreeSet<>();
  private volatile @Nullable HearthException refusal;

  Login(
      SshTarget target,
      Effects effects,
      SshSecrets secrets,
      KeyRing keyRing,
      HostKeyCheck hostKey) {
    this.target = target;
    this.effects = effects;
    this.secrets = secrets;
    this.keyRing = keyRing;
    this.hostKey = hostKey;
  }

  SshTarget target() {
    return target;
  }

  HostKeyCheck hostKey() {
    return hostKey;
  }

  Iterator<PublicKeyIdentity> identities(SignatureFactoriesManager signatures) {
    return new Identities(target, effects, secrets, keyRing, signatures, offers);
  }

  Optional<Secret> password() {
    return secrets.password();
  }

  /** Keeps why the key was refused, since MINA only knows that it was. */
  boolean isRightKey(java.security.PublicKey key) {
    try {
      hostKey.require(key);
      return true;
    } catch (HearthException e) {
      refusal = e;
      return false;
    }
  }

  /** The keys that were left out because they have a passphrase, in the order of their turn. */
  synchronized List<Path> locked() {
    return List.copyOf(offers.locked());
  }

  Optional<HearthException> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** The methods that the host would take. */
  synchronized void takes(List<String> methods) {
    accepted.addAll(methods);
  }

  /** Why nobody was let in; a key that could not even be offered says the most. */
  synchronized HearthException failure() {
    var problems = offers.problems();
    if (offers.offered().isEmpty() && secrets.password().isEmpty() && !problems.isEmpty()) {
      return problems.getFirst();
    }
    var failure =
        new HearthException(
                SshError.AUTHENTICATION_FAILED,
                target.address(),
                target.user(),
                accepted.isEmpty()
                    ? "other proof than what was offered"
                    : String.join(", ", accepted))
            .with("offered", new ArrayList<>(offers.offered()));
    return problems.isEmpty()
        ? failure
        : failure.with("notOffered", problems.stream().map(HearthException::sentence).toList());
  }
}
