package dev.hearth.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Messages of the Chrome DevTools Protocol, as far as they concern us. */
final class DebuggerMessages {
  /** Facades and the like: a debugger steps over them, and does not stop in them. */
  private static final String OUR_MODULES = "^(file://)?/?hearth(-module)?:";

  private static final Pattern OURS = Pattern.compile(OUR_MODULES);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DebuggerMessages() {}

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // the inspector says what is wrong with it
    }
  }

  /** A message of our own; negative, so that its number is none of the debugger's. */
  static ObjectNode command(int id, String method) {
    var message = JSON.createObjectNode().put("id", -id).put("method", method);
    message.putObject("params");
    return message;
  }

  /** Whether it answers a {@link #command}. */
  static boolean isForUs(JsonNode message) {
    return message.path("id").asLong() < 0;
  }

  /** Whether it answers the {@link #command} with that number. */
  static boolean answers(JsonNode message, int id) {
    return message.path("id").asLong() == -id;
  }

  /** Whether it is paused in a module of ours, or in what no module's text says. */
  static boolean isBeforeTheBeginning(JsonNode paused) {
    var frame = paused.path("params").path("callFrames").path(0);
    return frame.path("functionName").asText().startsWith(":module")
        || OURS.matcher(frame.path("url").asText()).lookingAt();
  }

  static ObjectNode passOverOurs(int id) {
    var message = command(id, "Debugger.setBlackboxPatterns");
    params(message).putArray("patterns").add(OUR_MODULES);
    return message;
  }

  /** The debugger's own wish, with ours. */
  static String withOurs(JsonNode wish) {
    if (wish.path("params").path("patterns") instanceof ArrayNode patterns) {
      patterns.add(OUR_MODULES);
    }
    return wish.toString();
  }

  private static ObjectNode params(ObjectNode message) {
    return message.withObject("/params");
  }
}
