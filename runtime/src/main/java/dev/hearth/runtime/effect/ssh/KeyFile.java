package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Keys and certificates in the files of OpenSSH. */
final class KeyFile {
  private KeyFile() {}

  /**
   * A private key with its public one.
   *
   * @throws HearthException {@code ssh.key-…}
   */
  static KeyPair read(Files files, Path file, Optional<Secret> passphrase) {
    return parse(files.readText(file), file.toString(), passphrase);
  }

  /**
   * The same of a text.
   *
   * @param name what it is called in messages
   */
  static KeyPair parse(String text, String name, Optional<Secret> passphrase) {
    var asked = new Passphrase(passphrase);
    try (var input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      var keys =
          SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(name), input, asked);
      if (keys != null && keys.iterator().hasNext()) {
        return keys.iterator().next();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new HearthException(asked.code(), name).causedBy(e);
    }
    throw new HearthException(asked.code(), name);
  }

  /** Whether it cannot be read without a passphrase; asks nobody. */
  static Optional<PublicKey> publicHalf(Files files, Path privateKey) {
    var file = privateKey.resolveSibling(privateKey.getFileName() + ".pub");
    return files.exists(file) ? Optional.of(publicKey(files, file)) : Optional.empty();
  }

  /** The certificate in a file that ends with {@code -cert.pub}. */
  static OpenSshCertificate certificate(Files files, Path file) {
    if (publicKey(files, file) instanceof OpenSshCertificate certificate) {
      return certificate;
    }
    throw new HearthException(SshError.CERTIFICATE_MALFORMED, file);
  }

  private static PublicKey publicKey(Files files, Path file) {
    try {
      var entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(files.readText(file).strip());
      var key = entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
      return key;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new HearthException(SshError.CERTIFICATE_MALFORMED, file).causedBy(e);
    }
  }

  /** Gives the passphrase once, and remembers whether it was needed. */
  private static final class Passphrase implements FilePasswordProvider {
    private final Optional<Secret> secret;
    private boolean asked;

    Passphrase(Optional<Secret> secret) {
      this.secret = secret;
    }

    @Override
    public @Nullable String getPassword(
        org.apache.sshd.common.session.@Nullable SessionContext session,
        NamedResource resource,
        int attempt) {
      asked = true;
      return secret.map(Secret::reveal).orElse(null);
    }

    SshError code() {
      if (!asked) {
        return SshError.KEY_MALFORMED;
      }
      return secret.isPresent() ? SshError.KEY_PASSPHRASE : SshError.KEY_ENCRYPTED;
    }
  }
}
