package dev.hearth.runtime.effect;

import java.io.IOException;

/** The server side of one accepted stream; called on a virtual thread of its own. */
public interface StreamService {
  /** Serves until the stream ends. The caller closes the stream afterwards. */
  void serve(NetStream stream) throws IOException;
}
