package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Cache;
import dev.hearth.runtime.spi.OpContext.Log;
import dev.hearth.stdlib.proxmox.schema.ApiTypes;
import dev.hearth.stdlib.proxmox.schema.SchemaScript;
import dev.hearth.stdlib.proxmox.schema.ServerSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema that a server serves of its own API: read at the first need, and kept for this server
 * and its version. Where there is none to be had, calls go unchecked. Safe from any thread.
 */
final class SchemaSource {
  private static final String SCRIPT = "/pve-docs/api-viewer/apidoc.js";
  private static final long SCRIPT_BYTES = 16L << 20;

  /** How the schema is kept; who keeps it otherwise takes another number. */
  private static final int FORM = 2;

  private static final JsonMapper JSON = new JsonMapper();

  /** Under this stands the name of the schema that was read last. */
  private static final String LATEST = "latest";

  private final ProxmoxConnection connection;
  private final Cache cache;
  private boolean asked;
  private @Nullable ServerSchema schema;

  SchemaSource(ProxmoxConnection connection, Cache cache) {
    this.connection = connection;
    this.cache = cache;
  }

  /**
   * Refuses a call that the server would refuse, before it is sent.
   *
   * @throws HearthException {@code proxmox.parameter} with all that is wrong
   */
  ApiCall checked(ApiCall call) {
    var found = schema().flatMap(all -> all.find(call.method(), call.path().segments()));
    if (found.isPresent()) {
      var problems = found.get().method().problems(call.params(), found.get().given());
      if (!problems.isEmpty()) {
        throw new HearthException(
                ProxmoxError.PARAMETER, call, String.join("; ", problems.values()))
            .with("request", call.toString())
            .with("errors", problems);
      }
    }
    return call;
  }

  /** The schema; empty when this server has none that can be read. */
  synchronized Optional<ServerSchema> schema() {
    if (!asked) {
      try {
        schema = load();
      } catch (HearthException e) {
        if (e.code().text().kind() == ErrorKind.INTERRUPTED) {
          throw e;
        }
        connection
            .log()
            .write(Log.Level.DEBUG, "Parameters go unchecked: " + e.sentence(), Map.of());
      }
      asked = true;
    }
    return Optional.ofNullable(schema);
  }

  private ServerSchema load() {
    var version = connection.data(ApiCall.get("version"));
    // Together with the address, since one server must not speak for another.
    var of = FORM + " " + connection.place() + " " + version.path("version").asText();
    var name = "schema-" + digest(of) + ".json";
    var kept = cache.read(name).flatMap(SchemaSource::parsed);
    if (kept.isPresent()) {
      keepAsLatest(name);
      return kept.get();
    }
    var script = connection.file(SCRIPT, SCRIPT_BYTES);
    var tree = SchemaScript.tree(new String(script, StandardCharsets.UTF_8));
    var fresh = ServerSchema.of(tree);
    cache.keep(name, tree.toString());
    keepAsLatest(name);
    return fresh;
  }

  private void keepAsLatest(String schemaName) {
    if (!cache.read(LATEST).equals(Optional.of(schemaName))) {
      cache.keep(LATEST, schemaName);
    }
  }

  /** The types of the API of the server that was read last; empty when none was. */
  static Optional<String> types(Cache cache) {
    return cache.read(LATEST).flatMap(cache::read).flatMap(SchemaSource::types);
  }

  private static Optional<String> types(String kept) {
    try {
      return Optional.of(ApiTypes.of(JSON.readTree(kept)));
    } catch (JacksonException | HearthException e) {
      return Optional.empty();
    }
  }

  /** What was kept; empty when it is damaged, and then read anew. */
  private static Optional<ServerSchema> parsed(String text) {
    try {
      return Optional.of(ServerSchema.of(JSON.readTree(text)));
    } catch (JacksonException | HearthException e) {
      return Optional.empty();
    }
  }

  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
