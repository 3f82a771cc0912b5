package dev.hearth.stdlib.docker;

/** Networks, volumes and events of a real engine. */
class Engine20NetworksTest extends NetworksContract {
  Engine20NetworksTest() {
    super("20");
  }
}
