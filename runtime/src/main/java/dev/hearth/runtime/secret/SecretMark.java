package dev.hearth.runtime.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a Secret stands in data that comes back as one: {@code {"hearth:secret": "its value"}}. Such
 * data is kept sealed; what is kept open beside it has masks.
 */
public final class SecretMark {
  /** The one field of the object that stands for a Secret. */
  public static final String FIELD = "hearth:secret";

  private static final Pattern MASK = Pattern.compile("(?:\\*\\*\\*)+");

  private SecretMark() {}

  /** A secret in its mark. */
  public static ObjectNode of(Secret secret) {
    return JsonNodeFactory.instance.objectNode().put(FIELD, secret.reveal());
  }

  /** The same data with {@link Secret#MASK} in place of each marked secret. */
  public static JsonNode masked(JsonNode node) {
    if (isMark(node)) {
      return TextNode.valueOf(Secret.MASK);
    }
    return switch (node) {
      case ObjectNode object -> {
        var masked = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(it -> masked.set(it.getKey(), masked(it.getValue())));
        yield masked;
      }
      case ArrayNode array -> {
        var masked = JsonNodeFactory.instance.arrayNode();
        array.forEach(it -> masked.add(masked(it)));
        yield masked;
      }
      default -> node;
    };
  }

  /**
   * The secrets that were taken out of data: what stands in {@code whole} where {@code masked} has
   * a mask. Who opens sealed data has to mask them again, marked or not.
   */
  public static List<Secret> takenOut(JsonNode masked, JsonNode whole) {
    var found = new ArrayList<Secret>();
    collect(masked, whole, found);
    return found;
  }

  private static void collect(JsonNode masked, JsonNode whole, List<Secret> found) {
    if (isMark(whole) && masked.isTextual()) {
      found.add(Secret.of(whole.path(FIELD).textValue()));
    } else if (whole.isTextual()) {
      collect(masked.asText(), whole.textValue(), found);
    } else if (whole instanceof ObjectNode object) {
      var names = masked.fieldNames(); // in the same order
      for (var field : object.properties()) {
        var name = next(names, field.getKey());
        collect(name, field.getKey(), found);
        collect(masked.path(name), field.getValue(), found);
      }
    } else {
      for (var i = 0; i < whole.size(); i++) {
        collect(masked.path(i), whole.path(i), found);
      }
    }
  }

  private static String next(Iterator<String> names, String otherwise) {
    return names.hasNext() ? names.next() : otherwise;
  }

  private static void collect(String masked, String whole, List<Secret> found) {
    if (masked.equals(whole)) {
      return;
    }
    var kept = MASK.split(masked, -1);
    var begin = kept[0].length();
    for (var i = 1; i < kept.length; i++) {
      var last = i == kept.length - 1;
      var end = last ? whole.length() - kept[i].length() : whole.indexOf(kept[i], begin + 1);
      if (end <= begin) {
        found.add(Secret.of(whole)); // what stands between the masks tells nothing
        return;
      }
      found.add(Secret.of(whole.substring(begin, end)));
      begin = end + kept[i].length();
    }
  }

  private static boolean isMark(JsonNode node) {
    return node.isObject() && node.size() == 1 && node.path(FIELD).isTextual();
  }
}
