package dev.hearth.stdlib.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A vendor's JSON document that has an address, or a file's name, and a digest in one object:
 * streams of CoreOS, templates of Oracle, releases of GitHub. Where in the document that object is
 * makes no difference.
 */
final class VendorJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JsonNode document;

  private VendorJson(JsonNode document) {
    this.document = document;
  }

  /** Empty when it is no JSON. */
  static Optional<VendorJson> parse(String text) {
    try {
      return Optional.of(new VendorJson(MAPPER.readTree(text)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The builds that it tells of, oldest first: by what the open words of their address are their
   * digests, of which there is one unless something is wrong.
   */
  NavigableMap<Map<String, String>, Set<String>> builds(AddressPattern image, String algorithm) {
    var builds = new TreeMap<Map<String, String>, Set<String>>(image.order());
    var open = new ArrayDeque<JsonNode>(List.of(document));
    while (!open.isEmpty()) {
      var node = open.pop();
      node.forEach(open::push);
      if (node.isObject()) {
        words(node, image)
            .ifPresent(
                words ->
                    digest(node, algorithm)
                        .ifPresent(
                            digest ->
                                builds
                                    .computeIfAbsent(words, _ -> new LinkedHashSet<>())
                                    .add(digest)));
      }
    }
    return builds;
  }

  private static Optional<Map<String, String>> words(JsonNode object, AddressPattern image) {
    var file = image.file();
    boolean isEnough = file.words().containsAll(image.words());
    return object.properties().stream()
        .map(Map.Entry::getValue)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .map(text -> image.read(text).or(() -> isEnough ? file.read(text) : Optional.empty()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** In a field that is called as the algorithm, or {@code sha256:HEX} in {@code digest}. */
  private static Optional<String> digest(JsonNode object, String algorithm) {
    int digits = ChecksumFile.digits(algorithm);
    Collection<String> said =
        List.of(
            object.path(algorithm).asText(),
            object.path("digest").asText().replaceFirst("^" + algorithm + ":", ""));
    return said.stream()
        .filter(text -> text.matches("[0-9a-fA-F]{" + digits + "}"))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .findFirst();
  }
}
