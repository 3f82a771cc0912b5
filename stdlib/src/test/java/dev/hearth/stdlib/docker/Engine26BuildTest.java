package dev.hearth.stdlib.docker;

/** Builds by a real engine. */
class Engine26BuildTest extends BuildContract {
  Engine26BuildTest() {
    super("26");
  }
}
