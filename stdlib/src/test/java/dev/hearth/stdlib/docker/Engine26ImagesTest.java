package dev.hearth.stdlib.docker;

/** Images of a real engine. */
class Engine26ImagesTest extends ImagesContract {
  Engine26ImagesTest() {
    super("26");
  }
}
