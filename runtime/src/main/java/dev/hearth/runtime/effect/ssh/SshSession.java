package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.jspecify.annotations.Nullable;

/**
 * A host that let us in. Many commands, transfers and forwarded streams share it; it is safe from
 * any thread.
 */
public final class SshSession implements AutoCloseable {
  private final SshTarget target;
  private final ClientSession session;
  private final @Nullable SshSession jump;

  private SshSession(SshTarget target, ClientSession session, @Nullable SshSession jump) {
    this.target = target;
    this.session = session;
    this.jump = jump;
  }

  /**
   * Who answers questions meanwhile, and who is told things.
   *
   * @param hostKeys empty where nobody can be asked
   * @param passphrases empty where nobody can be asked
   * @param keyRing the keys that were unlocked before
   * @param warnings hears what the user should know
   */
  public record Audience(
      Optional<HostKeyQuestion> hostKeys,
      Optional<PassphraseQuestion> passphrases,
      KeyRing keyRing,
      Consumer<String> warnings) {}

  /**
   * Connects, through the hosts on the way, and logs in. Blocks.
   *
   * @param effects reach the address of the first host on the way, the files of keys and of known
   *     hosts, and the agent
   * @throws HearthException {@code ssh.…}, {@code net.…}, {@code permission.…}
   */
  public static SshSession open(
      SshTarget target, Effects effects, SshSecrets secrets, Audience audience) {
    SshSession before = null;
    try {
      for (var host : target.way()) {
        var own = host.equals(target) ? secrets : secrets.onTheWay();
        before = new Approach(host, before, effects, own, audience).open();
      }
      return java.util.Objects.requireNonNull(before);
    } catch (RuntimeException e) {
      if (before != null) {
        before.close();
      }
      throw e;
    }
  }

  /**
   * The fingerprint of the key that a host shows now. Nobody logs in there, and nothing says that
   * it is the right host.
   *
   * @param effects reach the address of the first host on the way
   * @throws HearthException as {@link #open} does, but for {@code ssh.host-key-…} of the host
   *     itself
   */
  public static String hostKey(
      SshTarget target, Effects effects, SshSecrets secrets, Audience audience) {
    var stranger = target.unknown();
    var jump = target.jump();
    try (var before = jump == null ? null : open(jump, effects, secrets.onTheWay(), audience)) {
      var check = new HostKeyCheck(stranger, effects.files(), Optional.empty(), warning -> {});
      var login = new Login(stranger, effects, SshSecrets.NONE, audience.keyRing(), check);
      try {
        new Approach(stranger, before, effects, SshSecrets.NONE, audience).handshake(login);
      } catch (HearthException e) {
        if (e.code() != SshError.HOST_KEY_UNKNOWN) {
          throw e;
        }
      }
      return check.refused();
    }
  }

  private static void closeQuietly(NetStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It failed already, and with a better reason.
    }
  }

  public SshTarget target() {
    return target;
  }

  public boolean isOpen() {
    return session.isOpen() && !session.isClosing();
  }

  /**
   * Starts a command, as the user's login shell there reads it.
   *
   * @throws HearthException {@code ssh.channel-refused}, {@code ssh.lost}
   */
  public SshProcess start(String command) {
    ChannelExec channel;
    try {
      channel = session.createExecChannel(command, null, Map.of());
    } catch (IOException e) {
      throw lost(e);
    }
    opened(channel.toString(), "a command", () -> Futures.verify(channel.open(), target.timeout()));
    return new SshProcess(this, channel);
  }

  /**
   * The files of the host; the caller closes them.
   *
   * @throws HearthException {@code ssh.sftp-missing}, {@code ssh.channel-refused}, {@code ssh.lost}
   */
  public RemoteFiles files() {
    try {
      return new RemoteFiles(
          this, SftpClientFactory.instance().createSftpClient(session, SftpConstants.SFTP_V3));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted() || e instanceof InterruptedIOException) {
        Thread.currentThread().interrupt();
        throw new HearthException(SshError.INTERRUPTED, target.name()).causedBy(e);
      }
      if (!isOpen()) {
        throw lost(e);
      }
      boolean refused = e instanceof SshChannelOpenException;
      throw new HearthException(
              refused ? SshError.CHANNEL_REFUSED : RemoteFileError.SFTP_MISSING,
              target.name(),
              "SFTP")
          .with("reason", String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }

  /** A stream to what that host can reach. */
  public NetStream connect(NetAddress address) {
    var channel = new StreamChannel(address);
    try {
      session
          .getService(org.apache.sshd.common.session.ConnectionService.class)
          .registerChannel(channel);
    } catch (IOException e) {
      throw lost(e);
    }
    opened(
        channel.toString(),
        "`" + address + "`",
        () -> Futures.verify(channel.open(), target.timeout()));
    return channel.stream();
  }

  /**
   * Has the host listen for us.
   *
   * @param host an address of the host's; {@code localhost} for none but its own programs
   * @param port 0 for any free one
   * @throws HearthException {@code ssh.listen-refused}, {@code ssh.lost}
   */
  public Listener listen(String host, int port) {
    try {
      var listener = RemoteListener.open(this, host, port);
      if (listener == null) {
        throw new HearthException(SshError.LISTEN_REFUSED, target.name(), host + ":" + port);
      }
      return listener;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted() || e instanceof InterruptedIOException) {
        Thread.currentThread().interrupt();
        throw new HearthException(SshError.INTERRUPTED, target.name()).causedBy(e);
      }
      throw lost(e);
    }
  }

  ClientSession session() {
    return session;
  }

  /** Something that waits for the host. */
  @FunctionalInterface
  interface Opening {
    void run() throws IOException, InterruptedException, TimeoutException;
  }

  void opened(String channel, String what, Opening opening) {
    try {
      opening.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(SshError.INTERRUPTED, target.name()).causedBy(e);
    } catch (IOException e) {
      throw isOpen()
          ? new HearthException(SshError.CHANNEL_REFUSED, target.name(), what)
              .with("reason", String.valueOf(e.getMessage()))
              .causedBy(e)
          : lost(e);
    } catch (TimeoutException e) {
      throw lost(new IOException(channel + " was not opened in time.", e));
    }
  }

  /** The failure for a connection that broke. */
  HearthException lost(@Nullable Exception cause) {
    var lost = new HearthException(SshError.LOST, target.name(), "it broke off");
    return cause == null
        ? lost
        : lost.with("reason", String.valueOf(cause.getMessage())).causedBy(cause);
  }

  @Override
  public void close() {
    session.close(false);
    if (jump != null) {
      jump.close();
    }
  }

  /**
   * To one host, over one that is reached already or over the network: again after a person has
   * answered, since no host waits for that.
   */
  private record Approach(
      SshTarget target,
      @Nullable SshSession before,
      Effects effects,
      SshSecrets secrets,
      Audience audience) {
    SshSession open() {
      var check =
          new HostKeyCheck(target, effects.files(), audience.hostKeys(), audience.warnings());
      while (true) {
        var login = new Login(target, effects, secrets, audience.keyRing(), check);
        try {
          return new SshSession(target, handshake(login), before);
        } catch (HearthException e) {
          boolean answered =
              e.code() == SshError.HOST_KEY_UNKNOWN
                  ? check.isKnownNow()
                  : isOfLogin(e) && unlocksOne(login.locked());
          if (!answered) {
            throw e;
          }
        }
      }
    }

    private ClientSession handshake(Login login) {
      var stream =
          before == null
              ? effects.net().connect(target.address(), null)
              : before.connect(target.address());
      try {
        return new Handshake(target, login).run(stream);
      } catch (RuntimeException e) {
        closeQuietly(stream);
        throw e;
      }
    }

    private static boolean isOfLogin(HearthException e) {
      return e.code() == SshError.AUTHENTICATION_FAILED || e.code() == SshError.KEY_ENCRYPTED;
    }

    /** The first that a person does not leave out; the others follow when it was the wrong one. */
    private boolean unlocksOne(List<Path> locked) {
      var question = audience.passphrases();
      return question.isPresent()
          && locked.stream()
              .anyMatch(key -> audience.keyRing().unlock(effects.files(), key, question.get()));
    }
  }

  /** From a stream to a session that is let in. */
  private static final class Handshake implements SessionListener {
    private final SshTarget target;
    private final Login login;
    private volatile boolean spoke;
    private volatile @Nullable Throwable failure;

    Handshake(SshTarget target, Login login) {
      this.target = target;
      this.login = login;
    }

    ClientSession run(NetStream stream) {
      long deadline = System.nanoTime() + target.timeout().toNanos();
      var context =
          AttributeRepository.ofAttributesMap(
              Map.of(StreamTransport.STREAM, stream, Login.KEY, login, LISTENER, this));
      ClientSession session = null;
      try {
        var connecting = Client.shared().connect(target, context);
        session = Futures.await(connecting, target.timeout()).verify(1).getSession();
        login.password().ifPresent(addTo(session));
        keepAlive(session);
        Futures.verify(session.auth(), Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        session.removeSessionListener(this);
        return session;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw given(session, new HearthException(SshError.INTERRUPTED, target.name()).causedBy(e));
      } catch (TimeoutException e) {
        throw given(
            session,
            new HearthException(
                    SshError.HANDSHAKE_TIMEOUT,
                    target.address(),
                    target.timeout().toSeconds() + " s")
                .causedBy(e));
      } catch (IOException e) {
        throw given(session, explained(session, e));
      }
    }

    private static Consumer<dev.hearth.runtime.secret.Secret> addTo(ClientSession session) {
      return password -> session.addPasswordIdentity(password.reveal());
    }

    private void keepAlive(ClientSession session) {
      if (target.aliveSeconds() > 0) {
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(session, target.aliveCount());
        session.setSessionHeartbeat(
            HeartbeatType.IGNORE, Duration.ofSeconds(target.aliveSeconds()));
      }
    }

    private static HearthException given(@Nullable ClientSession session, HearthException failure) {
      if (session != null) {
        session.close(true);
      }
      return failure;
    }

    private HearthException explained(@Nullable ClientSession session, IOException e) {
      var refused = login.refusal();
      if (refused.isPresent()) {
        return refused.get();
      }
      var reason = failure == null ? e : failure;
      if (session == null || !spoke) {
        return failed(SshError.NOT_SSH, reason);
      }
      if (session.getKexState() != org.apache.sshd.common.kex.KexState.DONE
          && reason instanceof SshException broken
          && broken.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED) {
        return failed(SshError.NEGOTIATION, reason);
      }
      if (noMoreMethods(e) || noMoreMethods(reason)) {
        return login.failure();
      }
      return new HearthException(SshError.LOST, target.name(), "it broke off while logging in")
          .with("reason", String.valueOf(reason.getMessage()))
          .causedBy(reason);
    }

    private static boolean noMoreMethods(Throwable e) {
      return e instanceof SshException broken
          && broken.getDisconnectCode()
              == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    }

    private HearthException failed(ErrorCode code, Throwable reason) {
      return new HearthException(code, target.address())
          .with("reason", String.valueOf(reason.getMessage()))
          .causedBy(reason);
    }

    @Override
    public void sessionPeerIdentificationReceived(
        Session session, String version, List<String> extra) {
      spoke = true;
    }

    @Override
    public void sessionNegotiationEnd(
        Session session,
        Map<KexProposalOption, String> ours,
        Map<KexProposalOption, String> theirs,
        Map<KexProposalOption, String> agreed,
        @Nullable Throwable reason) {
      if (reason != null) {
        failure = reason;
      }
    }

    @Override
    public void sessionException(Session session, Throwable reason) {
      if (failure == null) {
        failure = reason;
      }
    }
  }

  /** Where the context of a connection has who listens to its handshake. */
  static final AttributeRepository.AttributeKey<SessionListener> LISTENER =
      new AttributeRepository.AttributeKey<>();

  /** An address as MINA has it, without looking it up. */
  static SshdSocketAddress unresolved(NetAddress address) {
    return new SshdSocketAddress(address.host(), address.port());
  }
}
