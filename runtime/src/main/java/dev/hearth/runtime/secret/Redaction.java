package dev.hearth.runtime.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Masks the secrets of one run by value, wherever they turn up: in results, logs, errors and what
 * is printed. A secret is also found URL-encoded, in Base64 and escaped as in JSON.
 *
 * <p>One shorter than four characters is masked only where it is the whole text, since it occurs in
 * innocent text by chance. Safe for several threads.
 */
public final class Redaction {
  private static final int SHORTEST_INSIDE = 4;

  /** Longest first, so that a secret that contains another one disappears whole. */
  private final Set<String> forms =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));

  /** From now on {@code secret} is masked. */
  public void add(Secret secret) {
    var text = secret.reveal();
    if (text.isEmpty()) {
      return;
    }
    forms.add(text);
    if (text.length() < SHORTEST_INSIDE) {
      return;
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    forms.add(percentEncoded(bytes));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(text)));
  }

  private static String percentEncoded(byte[] bytes) {
    var encoded = new StringBuilder();
    for (var b : bytes) {
      if (b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0)) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return encoded.toString();
  }

  /**
   * The text with {@link Secret#MASK} in place of each secret; the same object if there is none.
   */
  public String mask(String text) {
    var masked = text;
    for (var form : forms) {
      if (masked.equals(form)) {
        return Secret.MASK;
      }
      if (form.length() >= SHORTEST_INSIDE && masked.contains(form)) {
        masked = masked.replace(form, Secret.MASK);
      }
    }
    return masked;
  }

  /** The same data with all texts and field names masked. */
  public JsonNode mask(JsonNode node) {
    if (forms.isEmpty()) {
      return node;
    }
    return switch (node) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(field -> copy.set(mask(field.getKey()), mask(field.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(item -> copy.add(mask(item)));
        yield copy;
      }
      case TextNode text -> JsonNodeFactory.instance.textNode(mask(text.textValue()));
      default -> node;
    };
  }

  /** Says nothing about the secrets. */
  @Override
  public String toString() {
    return "Redaction[" + Secret.MASK + "]";
  }
}
