package dev.hearth.runtime.secret;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * How a file's key is wrapped for a key of SSH. Jagged has a module for this that no registry
 * serves; this follows age's own description of the two stanzas.
 */
abstract class SshStanzas implements RecipientStanzaWriter, RecipientStanzaReader {
  private final String type;

  /** The first bytes of the public key's hash: tells which of several keys is meant. */
  private final String tag;

  SshStanzas(String type, byte[] wire) throws GeneralSecurityException {
    this.type = type;
    var hash = MessageDigest.getInstance("SHA-256").digest(wire);
    this.tag = base64(Arrays.copyOf(hash, 4));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The arguments behind the tag, and the wrapped key. */
  @SuppressWarnings("ArrayRecordComponent") // written at once; never compared
  record Wrapped(List<String> arguments, byte[] body) {}

  abstract Wrapped wrap(FileKey key) throws GeneralSecurityException;

  abstract FileKey unwrap(Wrapped wrapped) throws GeneralSecurityException;

  @Override
  public Iterable<RecipientStanza> getRecipientStanzas(FileKey key)
      throws GeneralSecurityException {
    var wrapped = wrap(key);
    var arguments = new ArrayList<String>();
    arguments.add(tag);
    arguments.addAll(wrapped.arguments());
    return List.of(new Stanza(type, List.copyOf(arguments), wrapped.body()));
  }

  @Override
  public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
    for (var stanza : stanzas) {
      var arguments = stanza.getArguments();
      if (stanza.getType().equals(type)
          && !arguments.isEmpty()
          && arguments.getFirst().equals(tag)) {
        return unwrap(
            new Wrapped(List.copyOf(arguments.subList(1, arguments.size())), stanza.getBody()));
      }
    }
    throw new UnsupportedRecipientStanzaException("It is not sealed for this key.");
  }

  /** A stanza that is written. */
  @SuppressWarnings("ArrayRecordComponent") // written at once; never compared
  private record Stanza(String type, List<String> arguments, byte[] body)
      implements RecipientStanza {
    @Override
    public String getType() {
      return type;
    }

    @Override
    public List<String> getArguments() {
      return arguments;
    }

    @Override
    public byte[] getBody() {
      return body;
    }
  }
}
