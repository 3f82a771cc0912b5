package dev.hearth.runtime.secret;

import java.nio.file.Path;

/** A process that uses the secrets of a config folder, to be killed meanwhile. */
final class SealSecrets {
  private SealSecrets() {}

  public static void main(String[] arguments) {
    System.out.println(new FileSecretStore(Path.of(arguments[0])).names().size());
  }
}
