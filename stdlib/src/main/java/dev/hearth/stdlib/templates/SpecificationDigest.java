package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest by which a template's specification is told from another one. Where it is built and
 * where its image lies do not count; what the image is does. Nor does a password that is a Secret:
 * whoever reads the digest could try passwords until one fits.
 */
final class SpecificationDigest {
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private SpecificationDigest() {}

  static String of(JsonNode spec, String image) {
    var counted = spec.deepCopy();
    if (counted instanceof ObjectNode object) {
      object.remove("node");
      object.remove("imageStorage");
      object.put("image", image);
    }
    try {
      // As maps, since only those are put in order.
      var map = CANONICAL.convertValue(counted, Object.class);
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(
              sha256.digest(CANONICAL.writeValueAsString(map).getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read can be written.", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
