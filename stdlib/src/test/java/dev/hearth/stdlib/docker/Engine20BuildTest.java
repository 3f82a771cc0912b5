package dev.hearth.stdlib.docker;

/** Builds by a real engine. */
class Engine20BuildTest extends BuildContract {
  Engine20BuildTest() {
    super("20");
  }
}
