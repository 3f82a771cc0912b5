package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.spi.Cache;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Where the schema comes from, and what happens where there is none. */
class SchemaSourceTest {
  private static final String FILE = "GET /pve-docs/api-viewer/apidoc.js";
  private static final String SCRIPT =
      """
      const apiSchema = [ { "path": "/pools", "info": { "POST": { "parameters": {
        "additionalProperties": 0, "properties": { "poolid": { "type": "string" } } } } } } ]
      ;
      """;

  private final Map<String, String> kept = new ConcurrentHashMap<>();
  private final ScriptedProxmox server =
      new ScriptedProxmox().data("GET /version", "{\"version\":\"8.4.1\"}");

  private final Cache cache =
      new Cache() {
        @Override
        public Optional<String> read(String name) {
          return Optional.ofNullable(kept.get(name));
        }

        @Override
        public void keep(String name, String text) {
          kept.put(name, text);
        }
      };

  private static HttpResponse script(String text) {
    return HttpResponse.of(200, "application/javascript", text);
  }

  private SchemaSource source() {
    return new SchemaSource(server.withToken(), cache);
  }

  private static ApiCall wrong() {
    return ApiCall.post("pools").with(params -> params.put("poolidd", "lab"));
  }

  private static HearthException refusal(SchemaSource source) {
    return requireNonNull(
        catchThrowableOfType(HearthException.class, () -> source.checked(wrong())));
  }

  private long downloads() {
    return server.requests().stream().filter(FILE::equals).count();
  }

  @Test
  void a_wrong_call_is_refused_with_all_that_is_wrong_and_nothing_is_sent() {
    server.answers(FILE, script(SCRIPT));
    var refusal = refusal(source());
    assertThat(refusal.id()).isEqualTo("proxmox.parameter");
    assertThat(refusal.sentence())
        .isEqualTo(
            "Proxmox does not accept the parameters of `POST /pools`: there is no `poolidd` (did"
                + " you mean `poolid`?); `poolid` is missing.");
    assertThat(refusal.details()).containsEntry("request", "POST /pools").containsKey("errors");
    assertThat(server.requests()).containsExactly("GET /version", FILE);
  }

  @Test
  void the_file_is_asked_for_without_credentials() {
    server.answers(FILE, script(SCRIPT));
    source().schema();
    var head = server.heads().getLast();
    assertThat(head.path()).isEqualTo("/pve-docs/api-viewer/apidoc.js");
    assertThat(head.headers().first("Authorization")).isEmpty();
    assertThat(head.headers().first("Cookie")).isEmpty();
  }

  @Test
  void it_is_read_once_and_kept_for_the_next_run_until_the_version_changes() {
    server.answers(FILE, script(SCRIPT));
    var source = source();
    refusal(source);
    refusal(source);
    refusal(source());
    assertThat(downloads()).isOne();

    server.data("GET /version", "{\"version\":\"9.0.3\"}");
    source().schema(); // the last one that is told of 8.4.1
    refusal(source());
    assertThat(downloads()).isEqualTo(2);
    assertThat(kept).hasSize(3).containsKey("latest").doesNotContainValue("");
  }

  @Test
  void what_was_kept_and_is_damaged_is_read_anew() {
    server.answers(FILE, script(SCRIPT));
    source().schema();
    kept.replaceAll((name, text) -> text.substring(0, text.length() / 2));
    refusal(source());
    kept.replaceAll((name, text) -> "[{\"path\":\"no slash\"}]");
    refusal(source());
    assertThat(downloads()).isEqualTo(3);
  }

  @Test
  void without_a_schema_calls_go_unchecked_and_the_reason_is_told_once() {
    var source = source(); // the server answers 501
    assertThat(source.checked(wrong())).isEqualTo(wrong());
    assertThat(source.checked(wrong())).isEqualTo(wrong());
    assertThat(server.told())
        .containsExactly("DEBUG Parameters go unchecked: This Proxmox has no `" + FILE + "`.");
    assertThat(downloads()).isOne();
    assertThat(kept).isEmpty();
  }

  @Test
  void a_schema_that_is_none_or_never_ends_is_not_kept_and_stops_nobody() {
    server
        .answers(FILE, script("<html>A portal wants your name</html>"))
        .answers(FILE, ScriptedProxmox.huge((16 << 20) + 1));
    assertThat(source().checked(wrong())).isEqualTo(wrong());
    assertThat(source().checked(wrong())).isEqualTo(wrong());
    assertThat(server.told()).hasSize(2).allMatch(line -> line.startsWith("DEBUG Parameters go"));
    assertThat(kept).isEmpty();
  }

  @Test
  void no_name_that_is_kept_comes_from_the_server() {
    var hostile =
        new ScriptedProxmox()
            .data("GET /version", "{\"version\":\"../../../../.bashrc\\n\"}")
            .answers(FILE, script(SCRIPT));
    new SchemaSource(hostile.withToken(), cache).schema();
    assertThat(kept.keySet())
        .allMatch(name -> name.equals("latest") || name.matches("schema-[0-9a-f]{32}\\.json"));
  }
}
