package dev.hearth.stdlib.proxmox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hearth.stdlib.proxmox.contract.Scenario.Step;
import dev.hearth.stdlib.proxmox.contract.Target.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Holds scenarios against a target. */
final class Judge {
  private static final JsonMapper JSON = new JsonMapper();

  private final Target target;
  private final Names names;
  private String upid = "";
  private String digest = "";

  Judge(Target target, Names names) {
    this.target = target;
    this.names = names;
  }

  void hold(Scenario scenario) throws Exception {
    for (var step : scenario.steps()) {
      var reply = target.ask(step.who(), step.method(), fill(step.path()), fill(step.form()));
      check(step, fill(step.expected()), reply);
    }
  }

  private String fill(String text) {
    return names
        .fill(text)
        .replace("{upid}", URLEncoder.encode(upid, StandardCharsets.UTF_8))
        .replace("{digest}", digest);
  }

  private void check(Step step, String expected, Reply reply) throws Exception {
    var what = step + " answered " + reply;
    if (expected.startsWith("task ")) {
      upid = data(reply).asText();
      assertThat(upid).as(what).startsWith("UPID:");
      target.await(upid);
      var status = target.ask("root", "GET", fill("/nodes/{node}/tasks/{upid}/status"), "");
      assertThat(data(status).path("exitstatus").asText())
          .as(what)
          .matches(glob(expected.substring(5)));
      return;
    }
    digest = data(reply).path("digest").asText(digest);
    var status = expected.split(" ", 2)[0];
    var rest = expected.substring(status.length()).strip();
    assertThat(reply.status()).as(what).isEqualTo(Integer.parseInt(status));
    if (rest.startsWith("= ")) {
      assertThat(data(reply)).as(what).isEqualTo(JSON.readTree(rest.substring(2)));
    } else if (rest.startsWith("has ")) {
      has(what, JSON.readTree(rest.substring(4)), data(reply));
    } else if (status.equals("400")) {
      assertThat(reply.reason()).as(what).isEqualTo("Parameter verification failed.");
      assertThat(errors(reply)).as(what).matches(glob(rest));
    } else if (!rest.isEmpty()) {
      assertThat(reply.reason()).as(what).matches(glob(rest));
    }
  }

  /** The data as it is once it went over a wire: a number has no Java type there. */
  private static JsonNode data(Reply reply) throws JsonProcessingException {
    var body = reply.body();
    return body == null ? MissingNode.getInstance() : JSON.readTree(body.toString()).path("data");
  }

  private static String errors(Reply reply) {
    var errors = new TreeMap<String, String>();
    var body = reply.body();
    if (body != null) {
      body.path("errors")
          .properties()
          .forEach(error -> errors.put(error.getKey(), error.getValue().asText()));
    }
    var lines = errors.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    return String.join(" | ", lines).replace("\n", "\\n");
  }

  private static void has(String what, JsonNode wanted, JsonNode there) {
    if (!matches(wanted, there)) {
      fail(what + "\nwhich should have " + wanted);
    }
  }

  private static boolean matches(JsonNode wanted, JsonNode there) {
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(entry -> matches(entry.getValue(), there.path(entry.getKey())));
    }
    if (wanted.isArray()) {
      boolean bothEmpty = !wanted.isEmpty() || there.isEmpty();
      for (var item : wanted) {
        boolean found = false;
        for (var candidate : there) {
          found |= matches(item, candidate);
        }
        bothEmpty &= found;
      }
      return bothEmpty && there.isArray();
    }
    if (wanted.isTextual()) {
      return there.isTextual() && there.asText().matches(glob(wanted.asText()));
    }
    return wanted.equals(there);
  }

  private static String glob(String text) {
    return "(?s)" + Pattern.quote(text).replace("*", "\\E.*\\Q");
  }
}
