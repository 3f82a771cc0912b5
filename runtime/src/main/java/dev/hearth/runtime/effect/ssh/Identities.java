package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.sshd.client.auth.pubkey.KeyPairIdentity;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.SignatureFactoriesManager;

/**
 * The keys with which one login is tried, in ssh's order: those of the agent, then those in files,
 * each with its certificate first. A file is read when its turn comes.
 */
final class Identities implements Iterator<PublicKeyIdentity> {
  /** What a key that is in no file is called in messages. */
  private static final String GIVEN = "privateKey";

  private final Effects effects;
  private final Optional<Secret> passphrase;
  private final KeyRing keyRing;
  private final SignatureFactoriesManager signatures;
  private final Deque<Supplier<List<PublicKeyIdentity>>> sources = new ArrayDeque<>();
  private final Deque<PublicKeyIdentity> ready = new ArrayDeque<>();
  private final List<PublicKey> fromAgent = new ArrayList<>();
  private final Offers offers;

  /**
   * What was offered, and what could not be.
   *
   * @param locked the files of keys that nobody has given the passphrase of
   */
  record Offers(List<String> offered, List<HearthException> problems, List<Path> locked) {
    Offers() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  Identities(
      SshTarget target,
      Effects effects,
      SshSecrets secrets,
      KeyRing keyRing,
      SignatureFactoriesManager signatures,
      Offers offers) {
    this.effects = effects;
    this.passphrase = secrets.passphrase();
    this.keyRing = keyRing;
    this.signatures = signatures;
    this.offers = offers;
    if (secrets.privateKey().isPresent()) {
      sources.add(() -> ofText(secrets.privateKey().get()));
      return;
    }
    if (target.agent() != null) {
      var socket = Path.of(target.agent());
      sources.add(() -> ofAgent(target, socket));
    }
    for (var identity : target.identities()) {
      sources.add(() -> unlessLocked(target, identity));
    }
  }

  private List<PublicKeyIdentity> ofAgent(SshTarget target, Path socket) {
    var agent = new AgentClient(effects.net(), socket);
    var wanted = target.identitiesOnly() ? publicHalves(target) : List.<PublicKey>of();
    var found = new ArrayList<PublicKeyIdentity>();
    for (var key : agent.keys()) {
      fromAgent.add(bare(key.key()));
      if (!target.identitiesOnly() || isAmong(wanted, bare(key.key()))) {
        found.add(new AgentIdentity(agent, key));
        offers.offered().add(described(key.key()) + " (agent, " + key.comment() + ")");
      }
    }
    return found;
  }

  private List<PublicKeyIdentity> ofText(Secret text) {
    var key = KeyFile.parse(text.reveal(), GIVEN, passphrase);
    offers.offered().add(described(key.getPublic()) + " (" + GIVEN + ")");
    return List.of(signing(key));
  }

  private List<PublicKey> publicHalves(SshTarget target) {
    return target.identities().stream()
        .flatMap(identity -> KeyFile.publicHalf(effects.files(), Path.of(identity.file())).stream())
        .toList();
  }

  private List<PublicKeyIdentity> unlessLocked(SshTarget target, SshTarget.Identity identity) {
    try {
      return ofFile(target, identity);
    } catch (HearthException e) {
      if (e.code() == SshError.KEY_ENCRYPTED) {
        offers.locked().add(Path.of(identity.file()));
      }
      throw e;
    }
  }

  private List<PublicKeyIdentity> ofFile(SshTarget target, SshTarget.Identity identity) {
    var file = Path.of(identity.file());
    if (!effects.files().exists(file)) {
      if (identity.given()) {
        throw new HearthException(SshError.KEY_NOT_FOUND, file);
      }
      return List.of();
    }
    var half = KeyFile.publicHalf(effects.files(), file);
    if (half.isPresent() && isAmong(fromAgent, half.get())) {
      return List.of(); // the agent has offered it, and asks for no passphrase
    }
    var key = keyRing.get(file).orElseGet(() -> KeyFile.read(effects.files(), file, passphrase));
    var found = new ArrayList<PublicKeyIdentity>();
    for (var certificate : certificates(target, file)) {
      if (KeyUtils.compareKeys(certificate.getCertPubKey(), key.getPublic())) {
        found.add(signing(new KeyPair(certificate, key.getPrivate())));
        offers.offered().add(described(key.getPublic()) + " (certificate of " + file + ")");
      }
    }
    found.add(signing(key));
    offers.offered().add(described(key.getPublic()) + " (" + file + ")");
    return found;
  }

  private List<OpenSshCertificate> certificates(SshTarget target, Path key) {
    var files = new ArrayList<Path>();
    var beside = key.resolveSibling(key.getFileName() + "-cert.pub");
    if (effects.files().exists(beside)) {
      files.add(beside);
    }
    target.certificates().forEach(file -> files.add(Path.of(file)));
    return files.stream().map(file -> KeyFile.certificate(effects.files(), file)).toList();
  }

  private PublicKeyIdentity signing(KeyPair key) {
    return new KeyPairIdentity(signatures, signatures, key);
  }

  private static boolean isAmong(List<PublicKey> keys, PublicKey key) {
    return keys.stream().anyMatch(each -> KeyUtils.compareKeys(each, bare(key)));
  }

  private static PublicKey bare(PublicKey key) {
    return key instanceof OpenSshCertificate certificate ? certificate.getCertPubKey() : key;
  }

  private static String described(PublicKey key) {
    return KeyUtils.getKeyType(key) + " " + HostKeyCheck.fingerprint(bare(key));
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !sources.isEmpty()) {
      try {
        ready.addAll(sources.remove().get());
      } catch (HearthException e) {
        offers.problems().add(e); // another key may do
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public PublicKeyIdentity next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** A key that only the agent has. */
  private record AgentIdentity(AgentClient agent, AgentClient.Key key)
      implements PublicKeyIdentity {
    @Override
    public KeyPair getKeyIdentity() {
      return new KeyPair(key.key(), null);
    }

    @Override
    public Map.Entry<String, byte[]> sign(SessionContext session, String algorithm, byte[] data) {
      return Map.entry(algorithm, agent.sign(key, algorithm, data));
    }
  }
}
