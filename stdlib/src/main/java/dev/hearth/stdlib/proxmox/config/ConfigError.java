package dev.hearth.stdlib.proxmox.config;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a configuration value is refused before it meets a server. */
public enum ConfigError implements ErrorCode {
  PROPERTY_STRING_MALFORMED(
      "`%s` is not a list of KEY=VALUE pairs separated by commas: %s.",
      "Write it as Proxmox shows it, such as `virtio,bridge=vmbr0,tag=50`."),
  DISK_SIZE_MALFORMED(
      "`%s` is not a disk size.",
      "Write a number with one of the units K, M, G or T, such as 10G.");

  private final ErrorText text;

  ConfigError(String message, String hint) {
    this.text = ErrorText.of("proxmox", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
