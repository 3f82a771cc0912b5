package dev.hearth.stdlib.docker;

/** Networks, volumes and events of a real engine. */
class PodmanNetworksTest extends NetworksContract {
  PodmanNetworksTest() {
    super("podman");
  }

  @Override
  String inUse() {
    return "docker.engine-failed"; // which it says of most that does not work
  }

  @Override
  String volumeEvents() {
    return "[\"volume create\",\"volume remove\"]"; // in its own words
  }
}
