package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.spi.ConnectionTest;
import dev.hearth.runtime.spi.Op;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine itself, and the raw door. */
final class SystemOps {
  private final Engine engine;

  SystemOps(Engine engine) {
    this.engine = engine;
  }

  @Op
  JsonNode version() {
    return engine.object(EngineCall.get("/version"));
  }

  @Op
  JsonNode info() {
    return engine.object(EngineCall.get("/info"));
  }

  /**
   * A path of the API and what is asked of it.
   *
   * @param params of the query; an object or a list becomes JSON, as the API's filters are
   * @param body sent as JSON
   */
  record Raw(
      @Nullable String method, String path, @Nullable ObjectNode params, @Nullable JsonNode body) {

    private EngineCall call(String word) {
      var call = EngineCall.raw(word.toUpperCase(Locale.ROOT), path);
      if (params != null) {
        for (Map.Entry<String, JsonNode> each : params.properties()) {
          var value = each.getValue();
          if (!value.isNull()) {
            call = call.query(each.getKey(), value.isTextual() ? value.textValue() : value);
          }
        }
      }
      return body == null || body.isNull() ? call : call.json(body);
    }
  }

  @Op
  JsonNode read(Raw request) {
    return engine.json(request.call("GET"));
  }

  @Op(writes = true)
  JsonNode change(Raw request) {
    return engine.json(request.call(request.method() == null ? "POST" : request.method()));
  }

  /** What answers at a connection. */
  ConnectionTest test() {
    var version = version();
    var info = info();
    var name = version.path("Platform").path("Name").asText("");
    var system =
        (name.isEmpty() ? version.path("Components").path(0).path("Name").asText("Docker") : name)
            + " "
            + version.path("Version").asText();
    var rootless = info.path("SecurityOptions").toString().contains("rootless") ? ", rootless" : "";
    return new ConnectionTest(
        system + " (API " + engine.version() + rootless + ")", engine.place(), List.of());
  }
}
