package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Makes news of what a builder says. */
interface BuildTrace {
  /** The news in a message; none where it says nothing new. */
  List<BuildNews> news(JsonNode message);

  /** What is still to be told when the builder has ended well. */
  List<BuildNews> end();
}
