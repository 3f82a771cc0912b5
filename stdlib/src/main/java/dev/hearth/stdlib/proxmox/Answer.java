package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Proxmox answered.
 *
 * @param reason the words behind the status, where older versions put all they say
 * @param body the JSON of the answer; an empty object when there was none
 */
record Answer(int status, String reason, ObjectNode body) {
  boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** What it is about; JSON null when there is nothing to say. */
  JsonNode data() {
    var data = body.get("data");
    return data == null ? JsonNodeFactory.instance.nullNode() : data;
  }

  /** What it says went wrong: the words behind the status, else the body's message. */
  String words() {
    var message = body.path("message").asText("").strip();
    boolean usual = reason.isBlank() || reason.equals("Internal Server Error");
    var said = usual && !message.isEmpty() ? message : reason.strip();
    return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
  }

  /** What is wrong, by parameter; only answers with status 400 say it. */
  Map<String, String> errors() {
    Map<String, String> errors = new LinkedHashMap<>();
    for (var error : body.path("errors").properties()) {
      errors.put(error.getKey(), error.getValue().asText().strip());
    }
    return errors;
  }
}
