package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Docker's classic builder and Podman's say: text, as a terminal would show it. */
final class ClassicTrace implements BuildTrace {
  private static final Pattern STEP =
      Pattern.compile("(?:\\[\\d+/\\d+] )?(?:Step|STEP) (\\d+/\\d+) ?: (.*)");
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  private final StringBuilder line = new StringBuilder();
  private final Map<String, String> transfers = new HashMap<>();
  private @Nullable String step;
  private boolean isCached;

  @Override
  public List<BuildNews> news(JsonNode message) {
    var news = new ArrayList<BuildNews>();
    if (message.has("stream")) {
      line.append(message.path("stream").asText());
      for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
        line(line.substring(0, end), news);
        line.delete(0, end + 1);
      }
    } else if (message.has("status")) {
      transfer(message, news);
    }
    return news;
  }

  private void line(String raw, List<BuildNews> news) {
    var text = COLOURS.matcher(raw).replaceAll("").stripTrailing();
    var begun = STEP.matcher(text);
    if (begun.matches()) {
      news.addAll(end());
      step = "[" + begun.group(1) + "] " + begun.group(2);
      isCached = false;
      news.add(BuildNews.step(step, "running", null));
    } else if (text.startsWith(" ---> Using cache") || text.startsWith("--> Using cache")) {
      isCached = true;
    } else if (!text.isEmpty() && !text.startsWith(" ---> ") && !text.startsWith("--> ")) {
      news.add(BuildNews.log(step, text));
    }
  }

  private void transfer(JsonNode message, List<BuildNews> news) {
    var id = message.path("id").asText("");
    var status = message.path("status").asText();
    var detail = message.path("progressDetail");
    if (!status.equals(transfers.put(id, status))) {
      var total = detail.has("total") ? Long.valueOf(detail.path("total").asLong()) : null;
      var what = id.isEmpty() ? status : id + ": " + status;
      news.add(BuildNews.transfer(what, detail.path("current").asLong(0), total));
    }
  }

  @Override
  public List<BuildNews> end() {
    var last = step;
    step = null;
    return last == null
        ? List.of()
        : List.of(BuildNews.step(last, isCached ? "cached" : "done", null));
  }
}
