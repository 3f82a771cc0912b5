package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.ConnectionTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a Proxmox VE who it is, who we are to it, and what is missing to build templates. */
final class ConnectionProbe {
  /** What building a template needs, by where a role is usually given. */
  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "/vms",
          List.of(
              "VM.Allocate",
              "VM.Audit",
              "VM.Config.CDROM",
              "VM.Config.CPU",
              "VM.Config.Cloudinit",
              "VM.Config.Disk",
              "VM.Config.HWType",
              "VM.Config.Memory",
              "VM.Config.Network",
              "VM.Config.Options",
              "VM.PowerMgmt"),
          "/storage",
          List.of("Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit"),
          "/nodes",
          List.of("Sys.AccessNetwork", "Sys.Audit"),
          "/sdn/zones/localnetwork",
          List.of("SDN.Use"));

  private final ProxmoxConnection connection;

  ConnectionProbe(ProxmoxConnection connection) {
    this.connection = connection;
  }

  /** Fails with the field that is to blame, where it is the credentials. */
  ConnectionTest test() {
    try {
      return look();
    } catch (HearthException e) {
      var blamed =
          e.code() == ProxmoxError.UNAUTHORIZED || e.code() == ProxmoxError.TOKEN_MALFORMED;
      throw blamed ? e.with("field", connection.secretField()) : e;
    }
  }

  private ConnectionTest look() {
    var version = connection.data(ApiCall.get("version")).path("version").asText();
    var rights = connection.data(ApiCall.get("access", "permissions"));
    var missing = new ArrayList<String>();
    NEEDED.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                entry.getValue().stream()
                    .filter(privilege -> !isGiven(rights, entry.getKey(), privilege))
                    .forEach(privilege -> missing.add(privilege + " on " + entry.getKey())));
    return new ConnectionTest("Proxmox VE " + version, connection.identity().name(), missing);
  }

  /**
   * Whether a privilege is given on the path, above it, or somewhere below: who may use one storage
   * of all is not told to get the rest.
   */
  private static boolean isGiven(JsonNode rights, String path, String privilege) {
    return rights.properties().stream()
        .filter(given -> given.getValue().has(privilege))
        .map(Map.Entry::getKey)
        .anyMatch(at -> at.equals("/") || at.startsWith(path) || path.startsWith(at + "/"));
  }
}
