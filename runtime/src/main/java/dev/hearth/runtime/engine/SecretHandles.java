package dev.hearth.runtime.engine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.secret.SecretMark;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The secrets of one realm by handles that nobody can guess and no recipe sees: bootstrap.js alone
 * writes one, in place of a Secret, into what goes to Java. A text that a recipe writes is
 * therefore never taken for a secret. Confined to the loop thread.
 */
final class SecretHandles {
  private final Consumer<Secret> told;
  private final List<Secret> known = new ArrayList<>();
  private String beginning = ""; // made with the first secret

  /**
   * Handles of one realm.
   *
   * @param told each secret, before JavaScript has it
   */
  SecretHandles(Consumer<Secret> told) {
    this.told = told;
  }

  String add(Secret secret) {
    if (known.isEmpty()) {
      var random = new byte[16];
      new SecureRandom().nextBytes(random);
      beginning = "secret-" + HexFormat.of().formatHex(random) + "-";
    }
    told.accept(secret);
    known.add(secret);
    return beginning + (known.size() - 1);
  }

  Secret get(String handle) {
    return known.get(Integer.parseInt(handle.substring(beginning.length())));
  }

  /** The JSON with the values of its secrets, for an operation. */
  String revealed(String json) {
    return replaced(json, SecretHandles::quoted);
  }

  /** The JSON with its secrets marked as such, for what is kept masked and sealed. */
  String marked(String json) {
    return replaced(json, text -> "{\"" + SecretMark.FIELD + "\":" + quoted(text) + "}");
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private String replaced(String json, UnaryOperator<String> value) {
    if (known.isEmpty()) {
      return json;
    }
    var quote = '"' + beginning;
    var at = json.indexOf(quote);
    if (at < 0) {
      return json;
    }
    var text = new StringBuilder();
    var done = 0;
    while (at >= 0) {
      var end = json.indexOf('"', at + quote.length());
      text.append(json, done, at).append(value.apply(get(json.substring(at + 1, end)).reveal()));
      done = end + 1;
      at = json.indexOf(quote, done);
    }
    return text.append(json, done, json.length()).toString();
  }
}
