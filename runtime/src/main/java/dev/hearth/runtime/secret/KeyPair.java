package dev.hearth.runtime.secret;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;

/**
 * A key of age, or one of SSH that serves as one.
 *
 * @param recipient its public half, as age's {@code -r} takes it
 * @param writer seals for it
 * @param reader opens with it
 */
record KeyPair(String recipient, RecipientStanzaWriter writer, RecipientStanzaReader reader) {
  @Override
  public String toString() {
    return "KeyPair[" + recipient + "]";
  }
}
