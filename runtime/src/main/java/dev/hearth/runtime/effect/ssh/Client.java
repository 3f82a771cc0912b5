package dev.hearth.runtime.effect.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.keys.ClientIdentityLoader;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.forward.DefaultForwarderFactory;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * MINA's client, one for the whole program, with all that it would find out by itself taken away:
 * no configuration, no keys, no agent, no sockets. What is a connection's own is its {@link Login}.
 */
final class Client extends SshClient {
  /** In the order of preference. The first is safe from tomorrow's computers, and cheap. */
  private static final List<DHFactory> KEY_EXCHANGES =
      List.of(
          BuiltinDHFactories.mlkem768x25519,
          new Curve25519.Factory("curve25519-sha256"),
          new Curve25519.Factory("curve25519-sha256@libssh.org"),
          BuiltinDHFactories.ecdhp256,
          BuiltinDHFactories.ecdhp384,
          BuiltinDHFactories.ecdhp521,
          BuiltinDHFactories.dhg16_512,
          BuiltinDHFactories.dhg14_256);

  /**
   * ChaCha20 comes first since its plain Java is twice as fast as that of AES, for which only the
   * server compiler knows the machine's instructions, and our launcher does without that compiler.
   */
  private static final List<NamedFactory<Cipher>> CIPHERS =
      List.of(
          BuiltinCiphers.cc20p1305_openssh,
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.aes256ctr);

  private static final List<NamedFactory<Mac>> MACS =
      List.of(
          BuiltinMacs.hmacsha256etm,
          BuiltinMacs.hmacsha512etm,
          BuiltinMacs.hmacsha256,
          BuiltinMacs.hmacsha512);

  private static final List<NamedFactory<Signature>> SIGNATURES =
      List.of(
          BuiltinSignatures.ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  private static final List<NamedFactory<Signature>> CERTIFICATES =
      List.of(
          BuiltinSignatures.ed25519_cert,
          BuiltinSignatures.nistp256_cert,
          BuiltinSignatures.nistp384_cert,
          BuiltinSignatures.nistp521_cert,
          BuiltinSignatures.rsaSHA512_cert,
          BuiltinSignatures.rsaSHA256_cert);

  private Client() {}

  /** The one client, started. */
  static Client shared() {
    return Shared.CLIENT;
  }

  /** Loaded with the first connection, since it is far from cheap. */
  private static final class Shared {
    static final Client CLIENT = started();

    private static Client started() {
      JdkEd25519.install();
      var client = new Client();
      client.setUp();
      client.start();
      return client;
    }
  }

  private void setUp() {
    setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ClientBuilder.DH2KEX));
    setCipherFactories(CIPHERS);
    setMacFactories(MACS);
    setCompressionFactories(ClientBuilder.setUpDefaultCompressionFactories(true));
    setSignatureFactories(both(SIGNATURES, CERTIFICATES));
    setRandomFactory(org.apache.sshd.common.random.JceRandomFactory.INSTANCE);
    setChannelFactories(List.of(new ForwardedChannel.Factory()));
    setGlobalRequestHandlers(List.of());
    setForwarderFactory(DefaultForwarderFactory.INSTANCE); // asked for, but nothing uses it
    setUnknownChannelReferenceHandler(
        org.apache.sshd.common.session.helpers.DefaultUnknownChannelReferenceHandler.INSTANCE);
    setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    setClientIdentityLoader(new NoFiles());
    setFilePasswordProvider(FilePasswordProvider.EMPTY);
    setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    setPasswordIdentityProvider(PasswordIdentityProvider.EMPTY_PASSWORDS_PROVIDER);
    setServerKeyVerifier((session, address, key) -> login(session).isRightKey(key));
    setPublicKeyAuthenticationReporter(
        new PublicKeyAuthenticationReporter() {
          @Override
          public void signalAuthenticationFailure(
              ClientSession session,
              String service,
              KeyPair identity,
              boolean partial,
              List<String> methods) {
            login(session).takes(methods);
          }
        });
    setUserAuthFactories(
        List.of(
            new PublicKeys(),
            UserAuthKeyboardInteractiveFactory.INSTANCE,
            UserAuthPasswordFactory.INSTANCE));
    setScheduledExecutorService(ThreadUtils.newSingleThreadScheduledExecutor("ssh-timer"), false);
    setIoServiceFactoryFactory(new Streams());
    CoreModuleProperties.ABORT_ON_INVALID_CERTIFICATE.set(this, true);
    CoreModuleProperties.SEND_IMMEDIATE_IDENTIFICATION.set(this, true);
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    var both = new ArrayList<T>(first);
    both.addAll(second);
    return List.copyOf(both);
  }

  /** Begins a session over the stream in the context. */
  ConnectFuture connect(SshTarget target, AttributeRepository context) throws IOException {
    var address = InetSocketAddress.createUnresolved(target.host(), target.port());
    var entry = new HostConfigEntry(target.host(), target.host(), target.port(), target.user());
    entry.setIdentitiesOnly(true);
    return doConnect(target.user(), address, context, null, null, entry);
  }

  static Login login(ClientSession session) {
    var context = Objects.requireNonNull(session.getConnectionContext());
    return Objects.requireNonNull(context.getAttribute(Login.KEY));
  }

  @Override
  protected SessionFactory createSessionFactory() {
    return new SessionFactory(this) {
      @Override
      protected ClientSessionImpl doCreateSession(IoSession ioSession) throws Exception {
        return new Session(Client.this, ioSession);
      }
    };
  }

  /**
   * Asks the host for a key of a kind that is known of it, so that an old host is not a new one.
   */
  private static final class Session extends ClientSessionImpl {
    Session(Client client, IoSession ioSession) throws Exception {
      super(client, ioSession);
      var context = Objects.requireNonNull(getConnectionContext());
      addSessionListener(Objects.requireNonNull(context.getAttribute(SshSession.LISTENER)));
    }

    @Override
    protected String resolveAvailableSignaturesProposal(FactoryManager manager) {
      var check = login(this).hostKey();
      var known = check.knownTypes();
      var names = new ArrayList<String>();
      if (check.hasAuthority()) {
        CERTIFICATES.forEach(factory -> names.add(factory.getName()));
      }
      var plain = SIGNATURES.stream().map(NamedFactory::getName).toList();
      plain.stream().filter(name -> known.contains(keyType(name))).forEach(names::add);
      plain.stream().filter(name -> !known.contains(keyType(name))).forEach(names::add);
      return String.join(",", names);
    }

    private static String keyType(String signature) {
      return signature.startsWith("rsa-") ? "ssh-rsa" : signature;
    }
  }

  /** The connection's own keys in place of all that MINA would look for. */
  private static final class PublicKeys extends UserAuthPublicKeyFactory {
    @Override
    public UserAuthPublicKey createUserAuth(ClientSession session) throws IOException {
      return new UserAuthPublicKey(both(SIGNATURES, CERTIFICATES)) {
        @Override
        protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
            ClientSession session, SignatureFactoriesManager manager) {
          return login(session).identities(this);
        }
      };
    }
  }

  /** Keys come through the gate, and never from here. */
  private static final class NoFiles implements ClientIdentityLoader {
    @Override
    public boolean isValidLocation(NamedResource location) {
      return false;
    }

    @Override
    public Iterable<KeyPair> loadClientIdentities(
        @Nullable SessionContext session,
        NamedResource location,
        @Nullable FilePasswordProvider provider) {
      return List.of();
    }
  }

  private static final class Streams implements IoServiceFactoryFactory {
    @Override
    public IoServiceFactory create(FactoryManager manager) {
      return new StreamTransport(Objects.requireNonNull(((Client) manager).getSessionFactory()));
    }

    @Override
    public void setExecutorServiceFactory(
        org.apache.sshd.common.Factory<CloseableExecutorService> factory) {
      // Virtual threads need no pool.
    }
  }
}
