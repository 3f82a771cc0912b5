package dev.hearth.stdlib.docker;

/** Images of a real engine. */
class Engine20ImagesTest extends ImagesContract {
  Engine20ImagesTest() {
    super("20");
  }
}
