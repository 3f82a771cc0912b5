package dev.hearth.runtime.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.report.ErrorJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Masks the secrets of one run by value, wherever they turn up: in results, logs, errors and what
 * is printed. A secret is also found URL-encoded, in Base64 (there also as a part of something
 * longer), escaped as in JSON and as {@code console.log} quotes texts.
 *
 * <p>One shorter than four characters is masked only where it is the whole text, since it occurs in
 * innocent text by chance. Safe for several threads.
 */
public final class Redaction {
  private static final int SHORTEST_INSIDE = 4;

  /** Fewer letters of Base64 occur in others by chance. */
  private static final int SHORTEST_PART = 7;

  /** As Java writes it in JSON; JavaScript writes small letters. */
  private static final Pattern CONTROL = Pattern.compile("\\\\u00[01][0-9A-F]");

  private static final Pattern SMALL = Pattern.compile("%[0-9A-F]{2}");

  /** Longest first, so that a secret that contains another one disappears whole. */
  private final Set<String> forms =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));

  private final Consumer<Secret> also;

  public Redaction() {
    this(secret -> {});
  }

  /**
   * One of several.
   *
   * @param also is told each secret that this one is told
   */
  public Redaction(Consumer<Secret> also) {
    this.also = also;
  }

  /** From now on {@code secret} is masked. */
  public void add(Secret secret) {
    also.accept(secret);
    var text = secret.reveal();
    if (text.isEmpty()) {
      return;
    }
    forms.add(text);
    if (text.length() < SHORTEST_INSIDE) {
      return;
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    addUrlEncoded(text, bytes);
    addBase64(Base64.getEncoder().withoutPadding(), bytes);
    addBase64(Base64.getUrlEncoder().withoutPadding(), bytes);
    var escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    forms.add(escaped);
    var byJavaScript =
        CONTROL.matcher(escaped).replaceAll(found -> "\\" + found.group().toLowerCase(Locale.ROOT));
    forms.add(byJavaScript);
    var inspected = byJavaScript.replace("\\\"", "\"");
    forms.add(inspected);
    forms.add(inspected.replace("'", "\\'"));
  }

  /**
   * Also as a part of something longer, such as {@code user:password}: the letters that come of the
   * secret alone, wherever it begins in a group of three bytes.
   */
  private void addBase64(Base64.Encoder base64, byte[] bytes) {
    forms.add(base64.encodeToString(bytes));
    for (var before = 0; before < 3; before++) {
      var shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      var own =
          base64.encodeToString(shifted).substring((before * 4 + 2) / 3, shifted.length * 4 / 3);
      if (own.length() >= SHORTEST_PART) {
        forms.add(own);
      }
    }
  }

  /** As RFC 3986 says, as {@code encodeURIComponent} does and as forms are sent. */
  private void addUrlEncoded(String text, byte[] bytes) {
    for (var left : List.of("-._~", "-._~!'()*")) {
      var encoded = percentEncoded(bytes, left);
      forms.add(encoded);
      forms.add(SMALL.matcher(encoded).replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT)));
    }
    forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  /**
   * Text for an address.
   *
   * @param left the signs that stay as they are, beside letters and digits
   */
  private static String percentEncoded(byte[] bytes, String left) {
    var encoded = new StringBuilder();
    for (var b : bytes) {
      if (b > 0 && (Character.isLetterOrDigit(b) || left.indexOf(b) >= 0)) {
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

  /**
   * The same data with all texts and field names masked. A short secret is left in a name, where it
   * is there by chance: a result has a field {@code id} whatever somebody's password is.
   */
  public JsonNode mask(JsonNode node) {
    if (forms.isEmpty()) {
      return node;
    }
    return switch (node) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(
                field -> copy.set(maskName(field.getKey(), copy::has), mask(field.getValue())));
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

  /** The same fields with their names and values masked, in order; none of them is lost. */
  public Map<String, JsonNode> mask(Map<String, JsonNode> fields) {
    var masked = new LinkedHashMap<String, JsonNode>();
    fields.forEach((name, value) -> masked.put(maskName(name, masked::containsKey), mask(value)));
    return masked;
  }

  /** Two names that are masked alike get numbers. */
  private String maskName(String name, Predicate<String> taken) {
    var masked = name.length() < SHORTEST_INSIDE ? name : mask(name);
    var unique = masked;
    for (var number = 2; taken.test(unique); number++) {
      unique = masked + " " + number;
    }
    return unique;
  }

  /** The same report with all texts masked, whoever wrote them. */
  public ErrorReport mask(ErrorReport error) {
    if (forms.isEmpty()) {
      return error;
    }
    var details = new LinkedHashMap<String, JsonNode>();
    error.details().forEach((name, value) -> details.put(name, ErrorJson.detail(value)));
    var place = error.location();
    return new ErrorReport(
        error.code(),
        error.kind(),
        mask(error.message()),
        error.hint() == null ? null : mask(error.hint()),
        place == null ? null : mask(place),
        new LinkedHashMap<>(mask(details)),
        error.stack().stream().map(this::mask).toList(),
        error.also().stream().map(this::mask).toList());
  }

  private ErrorReport.Location mask(ErrorReport.Location place) {
    var text = place.text();
    return new ErrorReport.Location(
        mask(place.file()), place.line(), place.column(), text == null ? null : mask(text));
  }

  /** Says nothing about the secrets. */
  @Override
  public String toString() {
    return "Redaction[" + Secret.MASK + "]";
  }
}
