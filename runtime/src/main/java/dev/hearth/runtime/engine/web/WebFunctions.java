package dev.hearth.runtime.engine.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts of this folder call: texts and bytes in, texts and bytes out, nothing of the
 * world. Bytes come as a buffer, where they begin in it, and how many they are.
 */
public final class WebFunctions {
  private static final SecureRandom RANDOM = new SecureRandom();

  private WebFunctions() {}

  /** All of them, for one realm. */
  public static ProxyObject all() {
    return ProxyObject.fromMap(
        Map.ofEntries(
            function("parseUrl", a -> parseUrl(a[0].asString(), a[1])),
            function("setUrl", a -> setUrl(a[0].asString(), a[1].asString(), a[2].asString())),
            function("parseForm", a -> FormText.parse(a[0].asString())),
            function("encodeForm", a -> PercentEncoding.encodeForm(a[0].asString())),
            function("percentDecode", a -> buffer(PercentEncoding.decode(a[0].asString()))),
            function("encodeUtf8", a -> buffer(a[0].asString().getBytes(StandardCharsets.UTF_8))),
            function("encodingOf", a -> Encodings.nameOf(a[0].asString()).orElse(null)),
            function("newDecoder", WebFunctions::newDecoder),
            function("encodeBase64", a -> encodeBase64(a[0].asString())),
            function("decodeBase64", a -> decodeBase64(a[0].asString())),
            function("randomBytes", a -> buffer(randomBytes(a[0].asInt()))),
            function("randomUuid", a -> UUID.randomUUID().toString()),
            function("digest", a -> buffer(Digests.digest(a[0].asString(), bytes(a, 1)))),
            function(
                "hmac", a -> buffer(Digests.hmac(a[0].asString(), bytes(a, 1), bytes(a, 4))))));
  }

  private static Map.Entry<String, Object> function(String name, ProxyExecutable body) {
    return Map.entry(name, body);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }

  private static byte[] bytes(Value[] arguments, int at) {
    var bytes = new byte[arguments[at + 2].asInt()];
    arguments[at].readBuffer(arguments[at + 1].asInt(), bytes, 0, bytes.length);
    return bytes;
  }

  private static byte[] randomBytes(int count) {
    var bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static @Nullable String parseUrl(String text, Value base) {
    if (base.isNull()) {
      return UrlParser.parse(text, null).map(WebUrl::lines).orElse(null);
    }
    return UrlParser.parse(base.asString(), null)
        .flatMap(known -> UrlParser.parse(text, known))
        .map(WebUrl::lines)
        .orElse(null);
  }

  private static String setUrl(String href, String part, String value) {
    var url = UrlParser.parse(href, null).orElseThrow();
    UrlSetter.set(url, part, value);
    return url.lines();
  }

  private static ProxyExecutable newDecoder(Value... a) {
    var decoding = new Decoding(a[0].asString(), a[1].asBoolean(), a[2].asBoolean());
    return piece -> decoding.decode(bytes(piece, 0), piece[3].asBoolean()).orElse(null);
  }

  /** {@code null} for what has characters that are no bytes. */
  private static @Nullable String encodeBase64(String binary) {
    return binary.chars().allMatch(c -> c <= 0xff)
        ? Base64.getEncoder().encodeToString(binary.getBytes(StandardCharsets.ISO_8859_1))
        : null;
  }

  /** {@code null} for what is no Base64, in the forgiving sense of the web. */
  private static @Nullable String decodeBase64(String text) {
    var packed = text.replaceAll("[\\t\\n\\f\\r ]", "");
    if (packed.length() % 4 == 0) {
      packed = packed.replaceFirst("={1,2}$", "");
    }
    if (packed.length() % 4 == 1 || !packed.matches("[A-Za-z0-9+/]*")) {
      return null;
    }
    return new String(Base64.getDecoder().decode(packed), StandardCharsets.ISO_8859_1);
  }
}
