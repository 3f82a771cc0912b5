package dev.hearth.stdlib.proxmox.schema;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Why a schema is not used. */
public enum SchemaError implements ErrorCode {
  SCHEMA_UNREADABLE(
      "The schema of the API cannot be read: %s.",
      "Open the API viewer of this Proxmox in a browser; without a schema calls are sent unchecked.");

  private final ErrorText text;

  SchemaError(String message, String hint) {
    this.text = ErrorText.of("proxmox", name(), ErrorKind.SYSTEM, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
