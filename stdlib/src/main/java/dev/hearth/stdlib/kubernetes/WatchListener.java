package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Who hears what a watch tells, and keeps of it what is wanted. */
interface WatchListener {
  /**
   * Hears of one thing that happened. Where this fails, it has heard nothing of it.
   *
   * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
   * @param object stands at the begin of the object, and is read to its end
   * @return what the object is
   */
  ObjectIdentity hear(String type, JsonParser object) throws IOException;

  boolean hasHeard();

  /** Whether it is time to take what was heard. */
  boolean isFull();
}
