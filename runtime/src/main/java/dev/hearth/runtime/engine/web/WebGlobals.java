package dev.hearth.runtime.engine.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that the web's globals have, and which script of this folder makes each. */
public final class WebGlobals {
  private static final Map<String, List<String>> FAMILIES =
      Map.ofEntries(
          Map.entry("dom-exception", List.of("DOMException")),
          Map.entry("events", List.of("Event", "EventTarget", "CustomEvent")),
          Map.entry("abort", List.of("AbortController", "AbortSignal")),
          Map.entry("url", List.of("URL")),
          Map.entry("search-params", List.of("URLSearchParams")),
          Map.entry("encoding", List.of("TextEncoder", "TextDecoder")),
          Map.entry("base64", List.of("atob", "btoa")),
          Map.entry("clone", List.of("structuredClone")),
          Map.entry("performance", List.of("performance", "Performance")),
          Map.entry("crypto", List.of("crypto", "Crypto", "CryptoKey", "SubtleCrypto")),
          Map.entry(
              "streams",
              List.of(
                  "ReadableStream",
                  "ReadableStreamDefaultReader",
                  "ReadableStreamBYOBReader",
                  "ReadableStreamBYOBRequest",
                  "ReadableStreamDefaultController",
                  "ReadableByteStreamController",
                  "WritableStream",
                  "WritableStreamDefaultWriter",
                  "WritableStreamDefaultController",
                  "TransformStream",
                  "TransformStreamDefaultController",
                  "ByteLengthQueuingStrategy",
                  "CountQueuingStrategy")),
          Map.entry("text-streams", List.of("TextEncoderStream", "TextDecoderStream")),
          Map.entry("blob", List.of("Blob", "File")),
          Map.entry("form-data", List.of("FormData")),
          Map.entry("headers", List.of("Headers")),
          Map.entry("request", List.of("Request")),
          Map.entry("response", List.of("Response")),
          Map.entry("fetch", List.of("fetch")),
          Map.entry("navigator", List.of("navigator", "Navigator")),
          Map.entry("console", List.of("console")),
          Map.entry("small", List.of("self", "reportError")));

  private static final Map<String, String> BY_NAME = byName();

  private WebGlobals() {}

  private static Map<String, String> byName() {
    var all = new LinkedHashMap<String, String>();
    FAMILIES.forEach((family, names) -> names.forEach(name -> all.put(name, family)));
    return all;
  }

  /** The script that makes a global; {@code null} for a name that the web does not have. */
  public static @Nullable String familyOf(String name) {
    return BY_NAME.get(name);
  }

  /** All names, a line each. */
  public static String names() {
    return String.join("\n", BY_NAME.keySet());
  }
}
