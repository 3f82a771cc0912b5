package dev.hearth.stdlib.docker;

/** Networks, volumes and events of a real engine. */
class Engine26NetworksTest extends NetworksContract {
  Engine26NetworksTest() {
    super("26");
  }
}
