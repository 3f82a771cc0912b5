package dev.hearth.stdlib.docker;

class ComposeByPodmanTest extends ComposeContract {
  ComposeByPodmanTest() {
    super("podman", "engine");
  }

  /** Podman has systemd do so, which is not there. */
  @Override
  boolean checksHealth() {
    return false;
  }

  /** Its name server gives no quick answer about IPv6, which `wget` waits for. */
  @Override
  String reaches(String name) {
    return "nslookup -type=a " + name;
  }
}
