package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A debugger: speaks the Chrome DevTools Protocol as Chrome does. */
final class DebuggerClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;
  private int sent;

  DebuggerClient(String url) {
    socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(url), this).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      var message = read(text.toString());
      text.setLength(0);
      (message.has("id") ? answers : events).add(message);
    }
    from.request(1);
    return java.util.concurrent.CompletableFuture.completedStage(null);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command, and returns its result. */
  JsonNode ask(String method, String params) throws InterruptedException {
    var id = ++sent;
    socket
        .sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params), true)
        .join();
    var answer = requireNonNull(answers.poll(6, TimeUnit.SECONDS), method + " was not answered");
    if (answer.path("id").asInt() != id) {
      throw new AssertionError("An answer to something else came: " + answer);
    }
    return answer.path("result");
  }

  JsonNode ask(String method) throws InterruptedException {
    return ask(method, "{}");
  }

  /** The parameters of the next event of this name; others are passed over. */
  JsonNode event(String method) throws InterruptedException {
    return event(method, params -> true);
  }

  JsonNode event(String method, Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      var event = requireNonNull(events.poll(6, TimeUnit.SECONDS), method + " did not come");
      if (event.path("method").asText().equals(method) && wanted.test(event.path("params"))) {
        return event.path("params");
      }
    }
  }

  /** Attaches as Chrome does: the script of this URL, once it is loaded, may be asked for. */
  void attach() throws InterruptedException {
    ask("Runtime.enable");
    ask("Debugger.enable");
    ask("Debugger.setBlackboxPatterns", "{\"patterns\":[\"node_modules\"]}");
    ask("Runtime.runIfWaitingForDebugger");
  }

  /** The value of a local variable in the frame at which it is paused. */
  JsonNode local(JsonNode paused, String name) throws InterruptedException {
    for (var scope : paused.path("callFrames").path(0).path("scopeChain")) {
      var id = scope.path("object").path("objectId").asText();
      var properties = ask("Runtime.getProperties", "{\"objectId\":\"%s\"}".formatted(id));
      for (var property : properties.path("result")) {
        if (property.path("name").asText().equals(name)) {
          return property.path("value");
        }
      }
    }
    throw new AssertionError("There is no variable `" + name + "` in " + paused);
  }

  /** Goes away without a word. */
  @Override
  public void close() {
    socket.abort();
  }
}
