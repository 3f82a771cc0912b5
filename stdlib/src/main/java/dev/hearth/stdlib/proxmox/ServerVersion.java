package dev.hearth.stdlib.proxmox;

/**
 * Which Proxmox VE answers.
 *
 * @param major 7, 8, 9 …
 */
record ServerVersion(int major) {
  static ServerVersion of(ProxmoxConnection connection) {
    var version = connection.data(ApiCall.get("version")).path("version").asText("8");
    return new ServerVersion(Integer.parseInt(version.replaceAll("\\D.*", "")));
  }
}
