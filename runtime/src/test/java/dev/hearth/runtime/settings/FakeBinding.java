package dev.hearth.runtime.settings;

import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import java.util.List;

/** A binding with the fields that Proxmox has. */
final class FakeBinding implements Binding {
  @Override
  public String name() {
    return "proxmox";
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.required("url", "Address of the API", "https://pve.lan:8006"),
        ConnectionField.optional("fingerprint", "SHA-256 of the certificate", "AA:BB"),
        ConnectionField.optional("user", "User and realm", "root@pam"),
        ConnectionField.secret("token", "API token"),
        ConnectionField.secret("password", "Password"));
  }

  @Override
  public List<Permission> reach(Connection connection) {
    if (!connection.settings().path("url").asText().startsWith("https://")) {
      throw new IllegalArgumentException("no https");
    }
    return List.of();
  }
}
