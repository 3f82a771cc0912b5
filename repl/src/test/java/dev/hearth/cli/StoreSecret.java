package dev.hearth.cli;

import dev.hearth.runtime.secret.FileSecretStore;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;

/** Another process that stores a secret: its arguments are the config folder, a name, a value. */
final class StoreSecret {
  private StoreSecret() {}

  public static void main(String[] arguments) {
    new FileSecretStore(Path.of(arguments[0])).put(arguments[1], Secret.of(arguments[2]));
  }
}
