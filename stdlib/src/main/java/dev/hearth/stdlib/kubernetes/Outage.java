package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.Timeouts;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The times in which an API server is away, as when it is started again or replaced, for one thing
 * that is to outlive them: with pauses that grow, until patience ends. What passes by itself is
 * said here and nowhere else. Used by one thread.
 */
final class Outage {
  private static final int ATTEMPTS = 5;
  private static final Duration OF_CALLS = Duration.ofMinutes(1);

  /** How long streams wait for a server that was there: a machine starts again in that time. */
  private static final Duration OF_STREAMS = Duration.ofMinutes(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** What is tried at the end of a wait may take that long nevertheless. */
  private static final Duration LAST_LOOK = Duration.ofMillis(500);

  /** What never reached a server. */
  private static final Set<ErrorCode> UNREACHED =
      Set.of(
          NetError.REFUSED,
          NetError.CONNECT_TIMEOUT,
          NetError.UNREACHABLE,
          NetError.NAME_NOT_RESOLVED,
          NetError.RESOLVE_TIMEOUT,
          HttpError.PROXY_FAILED);

  private static final Set<ErrorCode> PASSING =
      Set.of(
          HttpError.CONNECTION_LOST,
          HttpError.BODY_BROKE_OFF,
          HttpError.TIMEOUT,
          HttpError.BODY_STALLED,
          KubernetesError.SERVER_TIMEOUT,
          KubernetesError.TOO_MANY_REQUESTS);

  private static final Set<Integer> PASSING_STATUS = Set.of(429, 502, 503, 504);

  /**
   * What servers say, with status 500, of what is behind them: of etcd, of nodes, of each other.
   * Any other 500 may be for good.
   */
  private static final Pattern BEHIND =
      Pattern.compile(
          "etcdserver: |etcdclient: |rpc error: |dial tcp|connection re(fused|set)|i/o timeout"
              + "|TLS handshake timeout|context deadline exceeded|request canceled|http2: |: EOF$");

  private final ApiServer server;
  private final int most;
  private final Duration each; // how long one outage may last; zero where a deadline is given
  private final boolean isWait;
  private long deadline;
  private int failures;

  private Outage(ApiServer server, int most, Duration each, boolean isWait, long deadline) {
    this.server = server;
    this.most = most;
    this.each = each;
    this.isWait = isWait;
    this.deadline = deadline;
  }

  /** For one call: a few attempts, unless the first one took long. */
  static Outage ofCall(ApiServer server) {
    long deadline = server.clock().nanoTime() + OF_CALLS.toNanos();
    return new Outage(server, ATTEMPTS, Duration.ZERO, false, deadline);
  }

  /** For what is tried again by others. */
  static Outage once(ApiServer server) {
    return new Outage(server, 1, Duration.ZERO, false, Long.MAX_VALUE);
  }

  /** For what goes on without an end, such as a watch. */
  static Outage ofStream(ApiServer server) {
    return new Outage(server, Integer.MAX_VALUE, OF_STREAMS, false, 0);
  }

  /** For what is waited for until a time of the server's clock, in its nanoseconds. */
  static Outage until(ApiServer server, long deadline) {
    return new Outage(server, Integer.MAX_VALUE, Duration.ZERO, true, deadline);
  }

  /** Which attempt it is. */
  int attempt() {
    return failures + 1;
  }

  /** The server answers. */
  void over() {
    failures = 0;
  }

  /** Limits of a contact that do not exceed what is waited for. */
  Timeouts within(Timeouts limits) {
    if (!isWait) {
      return limits;
    }
    var left = Duration.ofNanos(deadline - server.clock().nanoTime());
    var rest = left.compareTo(LAST_LOOK) < 0 ? LAST_LOOK : left;
    return new Timeouts(
        shorter(limits.connect(), rest),
        shorter(limits.read(), rest),
        shorter(limits.call(), rest));
  }

  private static Duration shorter(Duration limit, Duration rest) {
    return limit.isZero() || limit.compareTo(rest) <= 0 ? limit : rest;
  }

  /**
   * Whether what failed is over after a while without anybody's doing. A server that was never
   * there is none that is away: then the address is wrong, most often.
   */
  static boolean passes(ApiServer server, HearthException failure) {
    if (UNREACHED.contains(failure.code()) || failure.code() == NetError.TLS_FAILED) {
      return server.wasThere();
    }
    if (failure.code() == KubernetesError.DISRUPTION) {
      return false; // a budget says that, and not the server
    }
    return PASSING.contains(failure.code())
        || (failure.details().get("status") instanceof Integer status
            && (PASSING_STATUS.contains(status)
                || (status == 500 && BEHIND.matcher(words(failure)).find())));
  }

  /** What failed, as the end of a sentence. */
  static String asPart(HearthException failure) {
    return failure.sentence().replaceFirst("\\.$", "");
  }

  private static String words(HearthException failure) {
    var message = failure.details().get("message");
    return message == null ? failure.sentence() : message.toString();
  }

  /** Whether the server did nothing of what it was asked for, so that it may be asked again. */
  static boolean isUndone(HearthException failure) {
    return UNREACHED.contains(failure.code())
        || failure.code() == KubernetesError.TOO_MANY_REQUESTS
        || failure.details().containsKey(ApiServer.RETRY_AFTER);
  }

  /**
   * Takes note of a failure; fails with it where it does not pass, or patience has ended.
   *
   * @return how long to wait until it is tried again
   */
  Duration bear(HearthException failure) {
    if (!passes(server, failure)) {
      throw failure;
    }
    long now = server.clock().nanoTime();
    if (failures++ == 0 && !each.isZero()) {
      deadline = now + each.toNanos();
    }
    var left = Duration.ofNanos(deadline - now);
    if (failures >= most || !left.isPositive()) {
      throw failure;
    }
    var pause =
        failure.details().get(ApiServer.RETRY_AFTER) instanceof Long seconds
            ? Duration.ofSeconds(seconds)
            : pause();
    return pause.compareTo(left) > 0 ? left : pause;
  }

  /** Between a half and the whole of what is doubled each time: many do not come back at once. */
  private Duration pause() {
    long most =
        Math.min(FIRST_PAUSE.toMillis() << Math.min(failures, 10), LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  /** Waits until it may be tried again; fails as {@link #bear} does. */
  void sitOut(HearthException failure) throws InterruptedException {
    server.clock().sleep(bear(failure));
  }

  /** Does what only reads, again until it succeeds. */
  <T> T outlive(Supplier<T> reading) throws InterruptedException {
    while (true) {
      try {
        var read = reading.get();
        over();
        return read;
      } catch (HearthException e) {
        sitOut(e);
      }
    }
  }
}
