package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a playbook told while it ran, and what that makes of its end. */
final class PlayRecord {
  private static final int SHOWN = 300;

  /** What ssh puts a warning about a changed host key into. */
  private static final Pattern FRAME = Pattern.compile("@{5,}|(?m)^@ +| +@$");

  /** Where an error is, as ansible-core up to 2.18 and from 2.19 on says it. */
  private static final List<Pattern> PLACES =
      List.of(
          Pattern.compile("The error appears to be in '(.+?)': line (\\d+), column"),
          Pattern.compile("(?m)^Origin: (.+):(\\d+):\\d+$"));

  private final OpContext context;
  private final Map<String, PlayResult.Counts> hosts = new TreeMap<>();
  private final List<PlayResult.Change> changes = new ArrayList<>();
  private final Map<String, JsonNode> lost = new LinkedHashMap<>();
  private final Map<String, JsonNode> results = new TreeMap<>();
  private boolean isBegun;
  private boolean isCounted;

  PlayRecord(OpContext context) {
    this.context = context;
  }

  /** Notes an event; whether it is one for the recipe. */
  boolean note(JsonNode event) {
    var kind = event.path("kind").asText();
    var host = event.path("host").asText("");
    if (event.has("result")) {
      results.put(host, event.path("result"));
    }
    switch (kind) {
      case "start" -> isBegun = true;
      case "stats" -> {
        isCounted = true;
        event
            .path("hosts")
            .properties()
            .forEach(one -> hosts.put(one.getKey(), PlayResult.Counts.of(one.getValue())));
      }
      case "task" -> {
        log(Level.INFO, "Task " + shown(event, "task"), event);
        tell("task-started", event);
      }
      case "no-hosts" -> log(Level.WARN, "No host matches play " + shown(event, "play"), event);
      case "changed" -> {
        changes.add(change(event));
        log(Level.DEBUG, "Changed on " + VisibleText.of(host), event);
      }
      case "failed" -> {
        boolean isIgnored = event.path("ignored").asBoolean();
        if (!isIgnored) {
          lost.put(host, event);
        }
        log(isIgnored ? Level.INFO : Level.WARN, "Failed on " + VisibleText.of(host), event);
      }
      case "unreachable" -> {
        lost.put(host, event);
        log(Level.WARN, "Unreachable: " + VisibleText.of(host), event);
      }
      default -> {}
    }
    return !kind.equals("start") && !kind.equals("stats");
  }

  private void log(Level level, String message, JsonNode event) {
    context.log().write(level, message, facts(event, "play", "task", "role", "message"));
  }

  private void tell(String name, JsonNode event) {
    context.events().tell(name, facts(event, "play", "task", "role", "file", "line"));
  }

  private static Map<String, Object> facts(JsonNode event, String... names) {
    var facts = new LinkedHashMap<String, Object>();
    for (var name : names) {
      if (event.has(name)) {
        facts.put(name, event.path(name));
      }
    }
    return facts;
  }

  private static PlayResult.Change change(JsonNode event) {
    return new PlayResult.Change(
        event.path("host").asText(""),
        event.path("task").asText(""),
        text(event, "role"),
        text(event, "file"),
        event.has("line") ? event.path("line").asInt() : null);
  }

  private static @Nullable String text(JsonNode event, String name) {
    return event.has(name) ? event.path(name).asText() : null;
  }

  PlayResult result(boolean isModule) {
    boolean changed = hosts.values().stream().anyMatch(one -> one.changed() > 0);
    context.events().tell("playbook-ended", Map.of("changed", changed, "hosts", hosts));
    return new PlayResult(changed, hosts, List.copyOf(changes), isModule ? results : null);
  }

  /** Fails unless the status and the counts say that all went well. */
  void requireSuccess(int status, String said) {
    if (status == 0 && isCounted) {
      return;
    }
    var excerpt = Programs.excerpt(said);
    if (!isBegun) {
      throw notBegun(said).with("stderr", excerpt).with("status", status);
    }
    if (isCounted) {
      // A failed task counts before a host that is not there: it is the playbook's own.
      for (var isFailure : List.of(true, false)) {
        for (var each : lost.entrySet()) {
          var counts = hosts.get(each.getKey());
          boolean isLost =
              counts != null && (isFailure ? counts.failed() > 0 : counts.unreachable() > 0);
          if (isLost) {
            throw lost(each.getValue(), isFailure).with("stderr", excerpt);
          }
        }
      }
    }
    throw new HearthException(AnsibleError.STOPPED, status, Programs.sentence(said))
        .with("hosts", hosts)
        .with("stderr", excerpt);
  }

  private static HearthException notBegun(String said) {
    for (var place : PLACES) {
      var found = place.matcher(said);
      if (found.find()) {
        var file = VisibleText.of(found.group(1));
        int line = Integer.parseInt(found.group(2));
        return new HearthException(AnsibleError.SYNTAX, Programs.sentence(said), file, line)
            .with("file", found.group(1))
            .with("line", line);
      }
    }
    return new HearthException(AnsibleError.REFUSED, Programs.sentence(said));
  }

  private HearthException lost(JsonNode event, boolean isFailure) {
    var host = shown(event, "host");
    var failure =
        isFailure
            ? new HearthException(
                AnsibleError.TASK_FAILED, shown(event, "task"), host, shown(event, "message"))
            : new HearthException(AnsibleError.UNREACHABLE, host, shown(event, "message"));
    var details = new LinkedHashMap<String, Object>();
    for (var name :
        List.of("play", "task", "role", "file", "line", "host", "message", "stdout", "status")) {
      if (event.has(name)) {
        details.put(name, event.path(name));
      }
    }
    if (event.has("action")) {
      details.put("module", event.path("action"));
    }
    if (event.has("stderr")) {
      details.put("taskErrors", event.path("stderr"));
    }
    details.put("hosts", hosts);
    details.put("lost", List.copyOf(lost.values()));
    for (var each : details.entrySet()) {
      failure = failure.with(each.getKey(), each.getValue());
    }
    return failure;
  }

  /** A text of an event as it stands in a sentence: its first line, and what a colon announces. */
  private static String shown(JsonNode event, String name) {
    var text = event.path(name).asText("it does not say why");
    var lines = FRAME.matcher(text).replaceAll("").lines().map(String::strip).toList();
    var told = lines.stream().filter(line -> !line.isEmpty()).iterator();
    var line = told.hasNext() ? told.next() : "";
    if (line.endsWith(":") && told.hasNext()) {
      line += " " + told.next();
    }
    var whole = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    return VisibleText.of(whole).replaceFirst("[.:]$", "");
  }
}
