package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.NetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host and all that is to be known to get in, resolved: no alias, no token, no {@code ~} is left.
 *
 * @param name what the user calls it, for messages
 * @param host a host name or an address
 * @param knownAs the name under which its key is known, when it is not its address
 * @param identities private keys, in the order in which they are offered
 * @param certificates files of certificates for those keys
 * @param identitiesOnly whether the agent may offer nothing but these keys
 * @param agent the agent's socket
 * @param knownHosts files of known keys; what is new goes into the first
 * @param hostKeys what happens to a key that nobody knows
 * @param hashHosts whether what is new is recorded without showing the host's name
 * @param fingerprint {@code SHA256:…} of the host's key, which pins it
 * @param aliveSeconds after how long without news the host is asked whether it lives; 0: never
 * @param jump the host through which this one is reached
 */
public record SshTarget(
    String name,
    String host,
    int port,
    String user,
    @Nullable String knownAs,
    List<Identity> identities,
    List<String> certificates,
    boolean identitiesOnly,
    @Nullable String agent,
    List<String> knownHosts,
    List<String> globalKnownHosts,
    HostKeys hostKeys,
    boolean hashHosts,
    @Nullable String fingerprint,
    int timeoutSeconds,
    int aliveSeconds,
    int aliveCount,
    @Nullable SshTarget jump) {
  /** What of an ssh_config means something here. */
  static final Set<String> KEYWORDS =
      Set.of(
          "hostname",
          "user",
          "port",
          "identityfile",
          "identitiesonly",
          "identityagent",
          "certificatefile",
          "proxyjump",
          "proxycommand",
          "userknownhostsfile",
          "globalknownhostsfile",
          "stricthostkeychecking",
          "hashknownhosts",
          "hostkeyalias",
          "connecttimeout",
          "serveraliveinterval",
          "serveralivecountmax");

  /** How long connecting and logging in may take when nobody says otherwise. */
  public static final int DEFAULT_TIMEOUT_SECONDS = 30;

  /**
   * A private key.
   *
   * @param given whether somebody named it; one of the usual places may be empty
   */
  public record Identity(String file, boolean given) {}

  /** What happens to a host key that nobody knows; one that has changed is never accepted. */
  public enum HostKeys {
    /** A person is asked, and without one it is refused. */
    ASK,
    /** It is refused. */
    REFUSE,
    /** It is recorded, and the user is told. */
    RECORD
  }

  public SshTarget {
    identities = List.copyOf(identities);
    certificates = List.copyOf(certificates);
    knownHosts = List.copyOf(knownHosts);
    globalKnownHosts = List.copyOf(globalKnownHosts);
  }

  /** The same host, as one that was never met. */
  SshTarget unknown() {
    return new SshTarget(
        name,
        host,
        port,
        user,
        knownAs,
        identities,
        certificates,
        identitiesOnly,
        agent,
        List.of(),
        List.of(),
        HostKeys.REFUSE,
        false,
        null,
        timeoutSeconds,
        aliveSeconds,
        aliveCount,
        jump);
  }

  public NetAddress address() {
    return new NetAddress(host, port);
  }

  public Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds == 0 ? DEFAULT_TIMEOUT_SECONDS : timeoutSeconds);
  }

  /** The name as known_hosts has it: {@code web1}, {@code [web1]:2222}. */
  public String knownName() {
    if (knownAs != null) {
      return knownAs;
    }
    return port == 22 ? host : "[" + host + "]:" + port;
  }

  /** This host and those on the way, the first one to be connected to first. */
  public List<SshTarget> way() {
    return jump == null
        ? List.of(this)
        : Stream.concat(jump.way().stream(), Stream.of(this)).toList();
  }

  /** Who logs in where, for messages. */
  @Override
  public String toString() {
    return user + "@" + address();
  }
}
