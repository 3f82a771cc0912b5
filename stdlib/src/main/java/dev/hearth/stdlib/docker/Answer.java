package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an engine answered.
 *
 * @param body JSON null where there was none
 */
record Answer(int status, JsonNode body) {
  /** Whether it was done, or was so already (304). */
  boolean isGood() {
    return (status >= 200 && status < 300) || status == 304;
  }

  /** What it says went wrong, without a final dot. */
  String words() {
    var said = body.path("message").asText("").strip();
    var words = said.isEmpty() ? "status " + status : said;
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }
}
