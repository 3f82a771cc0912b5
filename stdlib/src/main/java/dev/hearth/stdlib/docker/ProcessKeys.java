package dev.hearth.stdlib.docker;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys about what runs in a container: image, command, environment, health, its end. */
final class ProcessKeys {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9_.]+(?:/[a-z0-9_.]+){0,2}");

  static final Map<String, SpecRule> RULES =
      Map.ofEntries(
          entry("image", (value, body) -> body.config("Image", value.word())),
          entry("name", ProcessKeys::name),
          entry("container_name", ProcessKeys::name),
          entry("platform", ProcessKeys::platform),
          entry("pull_policy", ProcessKeys::pull),
          entry("command", (value, body) -> body.config("Cmd", value.command())),
          entry("entrypoint", (value, body) -> body.config("Entrypoint", value.command())),
          entry("environment", ProcessKeys::environment),
          entry("labels", (value, body) -> labels(value, body.configObject("Labels"))),
          entry("annotations", ProcessKeys::annotations),
          entry("user", SpecRule.config("User")),
          entry("working_dir", SpecRule.config("WorkingDir")),
          entry("hostname", SpecRule.config("Hostname")),
          entry("domainname", SpecRule.config("Domainname")),
          entry("tty", (value, body) -> body.config("Tty", BooleanNode.valueOf(value.truth()))),
          entry(
              "stdin_open",
              (value, body) -> body.config("OpenStdin", BooleanNode.valueOf(value.truth()))),
          entry("stop_signal", SpecRule.config("StopSignal")),
          entry("stop_grace_period", ProcessKeys::grace),
          entry("healthcheck", ProcessKeys::health),
          entry("restart", ProcessKeys::restart),
          entry("init", SpecRule.hostTruth("Init")),
          entry("runtime", SpecRule.host("Runtime")),
          entry("logging", ProcessKeys::logging));

  private ProcessKeys() {}

  private static void name(SpecValue value, SpecBody body) {
    var name = value.word();
    if (!NAME.matcher(name).matches()) {
      throw value.not(
          "name of a container",
          "Use two or more of `a-z A-Z 0-9 _ . -`, the first a letter or digit.");
    }
    body.name(name);
  }

  private static void platform(SpecValue value, SpecBody body) {
    var platform = value.word();
    if (!PLATFORM.matcher(platform).matches()) {
      throw value.not("platform", "Write it like `linux/arm64` or `linux/arm/v7`.");
    }
    body.platform(platform);
  }

  private static void pull(SpecValue value, SpecBody body) {
    var policy = value.oneOf("always", "missing", "if_not_present", "never");
    body.pull(policy.equals("if_not_present") ? "missing" : policy);
  }

  /** A variable without a value is taken out of those that the image has. */
  private static void environment(SpecValue value, SpecBody body) {
    var variables = JSON.arrayNode();
    value.pairs().forEach((name, text) -> variables.add(text == null ? name : name + "=" + text));
    body.config("Env", variables);
  }

  /** Adds labels; one without a value has an empty one. */
  static void labels(SpecValue value, ObjectNode labels) {
    value.pairs().forEach((name, text) -> labels.put(name, text == null ? "" : text));
  }

  private static void annotations(SpecValue value, SpecBody body) {
    body.needs(1, 43, "`annotations`");
    labels(value, body.hostObject("Annotations"));
  }

  private static void grace(SpecValue value, SpecBody body) {
    body.config("StopTimeout", JSON.numberNode(Math.ceilDiv(value.nanoseconds(), 1_000_000_000L)));
  }

  private static void health(SpecValue value, SpecBody body) {
    var fields =
        value.fields(
            "test", "interval", "timeout", "start_period", "start_interval", "retries", "disable");
    var health = JSON.objectNode();
    var disable = fields.get("disable");
    var test = fields.get("test");
    if (disable != null && disable.truth()) {
      health.putArray("Test").add("NONE");
    } else if (test != null && test.isList()) {
      var words = test.words();
      switch (words.path(0).asText()) {
        case "NONE", "CMD", "CMD-SHELL" -> health.set("Test", words);
        default ->
            throw test.wrong(
                "does not begin with `NONE`, `CMD` or `CMD-SHELL`",
                "Write `['CMD', 'program', 'argument']`, or a text for the shell.");
      }
    } else if (test != null) {
      health.putArray("Test").add("CMD-SHELL").add(test.word());
    }
    duration(fields.get("interval"), health, "Interval");
    duration(fields.get("timeout"), health, "Timeout");
    duration(fields.get("start_period"), health, "StartPeriod");
    if (fields.get("start_interval") != null) {
      body.needs(1, 44, "`healthcheck.start_interval`");
      duration(fields.get("start_interval"), health, "StartInterval");
    }
    var retries = fields.get("retries");
    if (retries != null) {
      health.put("Retries", retries.integer(0, Integer.MAX_VALUE));
    }
    body.config("Healthcheck", health);
  }

  private static void duration(@Nullable SpecValue value, ObjectNode health, String field) {
    if (value != null) {
      health.put(field, value.nanoseconds());
    }
  }

  private static final Pattern RESTART =
      Pattern.compile("(no|always|unless-stopped|on-failure)(?::(\\d{1,9}))?");

  private static void restart(SpecValue value, SpecBody body) {
    // YAML reads a bare `no` as false.
    var text =
        value.node().isBoolean() && !value.node().booleanValue() ? "no" : value.node().asText();
    var form = RESTART.matcher(text);
    if (!form.matches() || (form.group(2) != null && !form.group(1).equals("on-failure"))) {
      throw value.not(
          "restart policy",
          "Write `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`.");
    }
    var policy = JSON.objectNode().put("Name", form.group(1));
    if (form.group(2) != null) {
      policy.put("MaximumRetryCount", Integer.parseInt(form.group(2)));
    }
    body.host("RestartPolicy", policy);
  }

  private static void logging(SpecValue value, SpecBody body) {
    var fields = value.fields("driver", "options");
    var log = JSON.objectNode();
    var driver = fields.get("driver");
    log.put("Type", driver == null ? "" : driver.text());
    var options = fields.get("options");
    if (options != null) {
      labels(options, log.putObject("Config"));
    }
    body.host("LogConfig", log);
  }
}
