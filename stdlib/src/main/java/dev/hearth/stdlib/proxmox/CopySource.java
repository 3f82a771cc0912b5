package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpContext.Log.Level;
import dev.hearth.stdlib.proxmox.sim.copy.Ask;
import dev.hearth.stdlib.proxmox.sim.copy.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A Proxmox VE that is copied into a simulator: it is only ever read. What it refuses is left out,
 * and told when all is read.
 */
final class CopySource implements Source {
  /** After these there is nobody to ask further. */
  private static final Set<ProxmoxError> FINAL =
      Set.of(
          ProxmoxError.UNAUTHORIZED,
          ProxmoxError.SECOND_FACTOR,
          ProxmoxError.TOKEN_MALFORMED,
          ProxmoxError.NOT_PROXMOX,
          ProxmoxError.INTERRUPTED);

  /** Lists show only what one may see, and do not say that there is more. */
  private static final Map<String, String> AUDITS =
      new TreeMap<>(
          Map.of(
              "Datastore.Audit", "/storage",
              "Pool.Audit", "/pool",
              "SDN.Audit", "/sdn",
              "Sys.Audit", "/access",
              "VM.Audit", "/vms"));

  private final ProxmoxConnection connection;
  private final Map<String, Refused> refused = new LinkedHashMap<>();

  /** The first question of a kind that was refused, why, and how many there were. */
  private record Refused(Ask first, String reason, int count) {
    Refused again() {
      return new Refused(first, reason, count + 1);
    }
  }

  CopySource(ProxmoxConnection connection) {
    this.connection = connection;
  }

  @Override
  public Optional<JsonNode> get(Ask ask) {
    var call =
        ApiCall.get(ask.segments().toArray()).with(params -> ask.params().forEach(params::put));
    try {
      return Optional.of(connection.data(call)).filter(data -> !data.isNull());
    } catch (HearthException e) {
      if (!(e.code() instanceof ProxmoxError code) || FINAL.contains(code)) {
        throw e;
      }
      refuse(ask, e);
      return Optional.empty();
    }
  }

  private synchronized void refuse(Ask ask, HearthException e) {
    var reason = e.sentence().replace("`" + ask + "`", "it");
    var now = refused.get(ask.kind());
    refused.put(ask.kind(), now == null ? new Refused(ask, reason, 1) : now.again());
  }

  /** Tells what was left out, a line for each kind of question. */
  synchronized void tell(OpContext.Log log) {
    for (var is : refused.values()) {
      var more = is.count() == 1 ? "" : " and " + (is.count() - 1) + " more like it";
      log.write(Level.WARN, "left out: `" + is.first() + "`" + more + ": " + is.reason(), Map.of());
    }
    var rights = connection.data(ApiCall.get("access", "permissions"));
    AUDITS.forEach(
        (privilege, path) -> {
          if (!rights.path("/").has(privilege) && !rights.path(path).has(privilege)) {
            var lacking = "`" + privilege + "` on `" + path + "`.";
            log.write(Level.WARN, "perhaps not all: what is listed only with " + lacking, Map.of());
          }
        });
  }
}
