package dev.hearth.runtime.secret;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.armor.ArmoredEncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.storage.PrivateFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who may read the user's secrets, in the words of <a href="https://age-encryption.org/v1">age</a>:
 * a file with one key or several. The first seals; all of them open.
 */
public final class Identity {
  private static final byte[] ARMOR =
      "-----BEGIN AGE ENCRYPTED FILE-----".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final List<KeyPair> keys;

  private Identity(Path file, List<KeyPair> keys) {
    this.file = file;
    this.keys = keys;
  }

  /** The text of a new identity file, as {@code age-keygen} writes it. */
  static String generate() {
    var key = AgeKey.generate();
    return "# Opens the secrets of Hearth on this machine. Keep a copy in a safe place.\n"
        + "# public key: %s\n%s\n".formatted(AgeKey.recipient(key), key);
  }

  /**
   * Reads an identity file of age, or a private key of SSH.
   *
   * @throws HearthException {@code secret.key-…}
   */
  static Identity read(PrivateFile file, String text) {
    try {
      var keys = new ArrayList<KeyPair>();
      if (text.stripLeading().startsWith(SshKey.BEGINNING)) {
        keys.add(SshKey.read(text));
      } else {
        for (var line : text.lines().map(String::strip).toList()) {
          if (!line.isEmpty() && !line.startsWith("#")) {
            keys.add(key(line));
          }
        }
      }
      if (keys.isEmpty()) {
        throw new HearthException(SecretError.KEY_WRONG, file.path());
      }
      return new Identity(file.path(), List.copyOf(keys));
    } catch (SshKeyLockedException e) {
      throw new HearthException(SecretError.KEY_LOCKED, file.path());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Neither goes on as the cause: it may quote the key.
      throw new HearthException(SecretError.KEY_WRONG, file.path());
    }
  }

  private static KeyPair key(String line) throws GeneralSecurityException {
    if (!line.startsWith(AgeKey.BEGINNING)) {
      throw new GeneralSecurityException("not a key of age");
    }
    return AgeKey.read(line);
  }

  /** Where its keys are. */
  public Path file() {
    return file;
  }

  /** The public half of the key that seals, as {@code age -r} takes it. */
  public String recipient() {
    return keys.getFirst().recipient();
  }

  /** Seals bytes, so that only this identity can open them. */
  public byte[] seal(byte[] plain) {
    return seal(plain, new StandardEncryptingChannelFactory());
  }

  /** As {@link #seal}, in letters. */
  byte[] sealArmored(byte[] plain) {
    return seal(plain, new ArmoredEncryptingChannelFactory());
  }

  private byte[] seal(byte[] plain, StandardEncryptingChannelFactory age) {
    var sealed = new ByteArrayOutputStream();
    try (var channel =
        age.newEncryptingChannel(Channels.newChannel(sealed), List.of(keys.getFirst().writer()))) {
      var bytes = ByteBuffer.wrap(plain);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Memory cannot be sealed.", e);
    }
    return sealed.toByteArray();
  }

  /**
   * Opens what was sealed, in bytes or in letters.
   *
   * @param where it stands, for messages
   * @throws HearthException {@code secret.sealed-for-another}, {@code secret.sealed-damaged}
   */
  public byte[] open(byte[] sealed, String where) {
    var age = isArmored(sealed) ? new ArmoredDecryptingChannelFactory() : standard();
    var readers = keys.stream().map(KeyPair::reader).toList();
    try (var channel =
            age.newDecryptingChannel(
                Channels.newChannel(new ByteArrayInputStream(sealed)), List.of(first(readers)));
        var in = Channels.newInputStream(channel)) {
      return in.readAllBytes();
    } catch (UnsupportedRecipientStanzaException e) {
      throw new HearthException(SecretError.SEALED_FOR_ANOTHER, where, file);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new HearthException(SecretError.SEALED_DAMAGED, where).causedBy(e);
    }
  }

  private static StandardDecryptingChannelFactory standard() {
    return new StandardDecryptingChannelFactory();
  }

  private static boolean isArmored(byte[] sealed) {
    return sealed.length > ARMOR.length
        && Arrays.equals(sealed, 0, ARMOR.length, ARMOR, 0, ARMOR.length);
  }

  /** The first of several keys that fits. */
  private static RecipientStanzaReader first(List<RecipientStanzaReader> readers) {
    return stanzas -> {
      for (var reader : readers) {
        try {
          return reader.getFileKey(stanzas);
        } catch (GeneralSecurityException e) {
          if (reader == readers.getLast()) {
            throw new UnsupportedRecipientStanzaException("It is sealed for none of these keys.");
          }
        }
      }
      throw new IllegalStateException("An identity has a key.");
    };
  }

  /** Says nothing of the keys. */
  @Override
  public String toString() {
    return "Identity[" + file + "]";
  }
}
