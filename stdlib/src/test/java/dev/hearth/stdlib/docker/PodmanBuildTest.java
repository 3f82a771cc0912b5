package dev.hearth.stdlib.docker;

/** Builds by a real engine. */
class PodmanBuildTest extends BuildContract {
  PodmanBuildTest() {
    super("podman");
  }
}
