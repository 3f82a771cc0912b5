package dev.hearth.stdlib.secret;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Secrets;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;

/** What recipes can do with stored secrets. */
final class SecretOps {
  private final Secrets secrets;

  SecretOps(Secrets secrets) {
    this.secrets = secrets;
  }

  record Named(String name) {}

  @Op
  Secret get(Named request) {
    return secrets
        .get(request.name())
        .orElseThrow(
            () ->
                new HearthException(SecretModuleError.NOT_STORED, VisibleText.of(request.name())));
  }
}
