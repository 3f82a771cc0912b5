package dev.hearth.runtime.effect;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The machine's own network. Nothing checks it: recipes only ever meet it behind the gate. */
public final class SystemNet implements Net {
  /** How long resolving a name, and then connecting, may take when nobody says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** What of the environment is about the network, in both spellings that are in use. */
  private static final Set<String> SETTINGS =
      Set.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE");

  private final Duration timeout;
  private final Environment environment;

  /** The network with the {@link #DEFAULT_TIMEOUT}. */
  public SystemNet() {
    this(DEFAULT_TIMEOUT);
  }

  /**
   * The network with a time limit.
   *
   * @param timeout the most that resolving, connecting and the TLS handshake may take, each
   */
  public SystemNet(Duration timeout) {
    this(timeout, Environment.system());
  }

  /** The network with a time limit, as {@code environment} says it is set up. */
  public SystemNet(Duration timeout, Environment environment) {
    this.timeout = timeout;
    this.environment = environment;
  }

  @Override
  public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
    var stream = connectToAny(address, addresses);
    return tls == null ? stream : tls.client(stream, address, timeout);
  }

  private NetStream connectToAny(NetAddress address, List<InetAddress> addresses) {
    long deadline = System.nanoTime() + timeout.toNanos();
    var failures = new ArrayList<String>();
    var code = NetError.UNREACHABLE;
    for (int i = 0; i < addresses.size(); i++) {
      var target = new InetSocketAddress(addresses.get(i), address.port());
      // A fair share of what is left, so that one dead address does not cost the others their try.
      long share = (deadline - System.nanoTime()) / (addresses.size() - i);
      try {
        return connect(target, Math.max(1, TimeUnit.NANOSECONDS.toMillis(share)));
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new HearthException(NetError.INTERRUPTED, address).causedBy(e);
        }
        code = worse(code, e);
        failures.add(ChannelStream.literal(target) + ": " + e.getMessage());
      }
    }
    throw new HearthException(code, address, seconds(timeout)).with("attempts", failures);
  }

  private static NetStream connect(InetSocketAddress target, long millis) throws IOException {
    var channel = SocketChannel.open();
    try {
      channel.socket().connect(target, Math.toIntExact(millis));
      return ChannelStream.tcp(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A refusal says the most, silence more than no route. */
  private static NetError worse(NetError known, IOException e) {
    if (e instanceof java.net.NoRouteToHostException) {
      return known;
    }
    if (e instanceof java.net.ConnectException) {
      return NetError.REFUSED;
    }
    boolean silent = e instanceof SocketTimeoutException && known != NetError.REFUSED;
    return silent ? NetError.CONNECT_TIMEOUT : known;
  }

  @Override
  public NetStream connect(Path unixSocket) {
    return UnixSockets.connect(unixSocket);
  }

  @Override
  public List<InetAddress> resolve(String host) {
    // The system's resolver hears no interrupt, so another thread waits for it.
    var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    Thread.ofVirtual().name("resolve " + host).start(lookup);
    try {
      return lookup.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(NetError.INTERRUPTED, host).causedBy(e);
    } catch (TimeoutException e) {
      throw new HearthException(NetError.RESOLVE_TIMEOUT, host, seconds(timeout)).causedBy(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw new HearthException(NetError.NAME_NOT_RESOLVED, host).causedBy(unknown);
      }
      throw new IllegalStateException("The resolver failed for " + host + ".", e);
    }
  }

  @Override
  public Listener listen(String host, int port, @Nullable Tls tls) {
    var where = new InetSocketAddress(resolve(host).getFirst(), port);
    try {
      var channel = ServerSocketChannel.open();
      try {
        channel.bind(where);
        var listener = ChannelListener.tcp(channel);
        return tls == null ? listener : new TlsListener(listener, tls);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new HearthException(NetError.LISTEN_FAILED, host + ":" + port)
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  @Override
  public Listener listen(Path unixSocket) {
    return UnixSockets.listen(unixSocket);
  }

  @Override
  public boolean isInProcess(NetAddress address) {
    return false;
  }

  @Override
  public Optional<String> userSetting(String variable) {
    return SETTINGS.contains(variable.toUpperCase(Locale.ROOT))
        ? environment.get(variable)
        : Optional.empty();
  }

  /** A time limit as people write it: {@code 10 s}, {@code 250 ms}. */
  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
