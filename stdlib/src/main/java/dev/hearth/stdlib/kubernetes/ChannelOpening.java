package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Starts a command, in the way that the cluster knows. Over WebSocket only version 5 of its
 * channels can say that the input ends, which clusters before Kubernetes 1.30 do not have: a
 * command that reads goes by SPDY there.
 */
final class ChannelOpening {
  private static final String SPDY = "SPDY/3.1";

  private final ApiServer server;
  private final PodContainer at;
  private final Execution.Wish wish;

  ChannelOpening(ApiServer server, PodContainer at, Execution.Wish wish) {
    this.server = server;
    this.at = at;
    this.wish = wish;
  }

  Channels open() {
    var protocols =
        wish.reads()
            ? List.of(WebSocketChannels.V5)
            : List.of(WebSocketChannels.V5, WebSocketChannels.V4);
    HearthException refusal;
    try {
      return new WebSocketChannels(server.webSocket(call("GET"), protocols));
    } catch (HearthException e) {
      if (!e.details().containsKey("status")) {
        throw e; // nobody answered
      }
      refusal = e;
    }
    try {
      return bySpdy();
    } catch (HearthException e) {
      throw e.causedBy(refusal);
    }
  }

  private Channels bySpdy() {
    var call = call("POST").header("X-Stream-Protocol-Version", WebSocketChannels.V4);
    var streams = new SpdyStreams(server.upgrade(call, SPDY).stream());
    try {
      return new SpdyChannels(streams, channels());
    } catch (IOException e) {
      streams.close();
      throw new HearthException(PodError.COMMAND_NOT_STARTED, wish.shown(), at.shownPod())
          .causedBy(e);
    }
  }

  private Set<Integer> channels() {
    var wanted = new HashSet<>(Set.of(Channels.STDOUT));
    if (wish.reads()) {
      wanted.add(Channels.STDIN);
    }
    wanted.add(wish.terminal() == null ? Channels.STDERR : Channels.RESIZE);
    return wanted;
  }

  private ApiCall call(String method) {
    var call =
        ApiCall.of(method, at.podName().path().then("exec"))
            .accept("*/*") // it is the node that answers, and it has no other type
            .about("commands in " + at.shownPod())
            .param("container", at.name())
            .param("stdout", true)
            .param("stdin", wish.reads() ? true : null)
            .param("stderr", wish.terminal() == null ? true : null)
            .param("tty", wish.terminal() == null ? null : true);
    for (var word : wish.command()) {
      call = call.param("command", word);
    }
    return call;
  }
}
