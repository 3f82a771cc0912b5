package dev.hearth.runtime.effect.gate;

import static dev.hearth.runtime.effect.gate.Gates.id;
import static dev.hearth.runtime.effect.gate.Gates.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.permission.PermissionParser;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GatedNetTest {
  private final Gates gates = new Gates();
  private final Resolver resolver = new Resolver();

  @Test
  void a_granted_address_is_connected_to_for_real() throws IOException {
    try (var listener = new SystemNet().listen("127.0.0.1", 0, null)) {
      var address = NetAddress.parse(listener.address());
      var net = new GatedNet(new SystemNet(), gates.granting("net=" + address));
      Thread.ofVirtual().start(() -> greet(listener));

      try (var stream = net.connect(address, null)) {
        assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("hello");
      }
    }
  }

  @Test
  void what_was_not_granted_is_not_even_resolved() {
    var net = net("net=example.org:443");

    var error = refusal(() -> net.connect(new NetAddress("evil.example", 443), null));

    assertThat(error.id()).isEqualTo("permission.denied");
    assertThat(id(() -> net.resolve("evil.example"))).isEqualTo("permission.denied");
    assertThat(id(() -> net.connect(new NetAddress("example.org", 80), null)))
        .isEqualTo("permission.denied");
    assertThat(resolver.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1",
    "::1",
    "0.0.0.0",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "224.0.0.1",
  })
  void a_granted_name_does_not_open_an_address_that_is_not_public(String address) {
    resolver.answers("example.org", address);
    var net = net("net=example.org:443", "net=*:443");

    var error = refusal(() -> net.connect(new NetAddress("example.org", 443), null));

    assertThat(error.id()).isEqualTo("permission.private-address");
    assertThat(error.kind().exitStatus()).isEqualTo(3);
    assertThat(error.sentence()).contains("`example.org` leads to ");
    assertThat(id(() -> net.resolve("example.org"))).isEqualTo("permission.private-address");
    assertThat(resolver.connected).isEmpty();
  }

  @Test
  void the_refusal_names_the_flag_that_opens_the_address() {
    resolver.answers("nas.example.org", "192.168.1.5");
    var address = new NetAddress("nas.example.org", 443);

    var error = refusal(() -> net("net=nas.example.org:443").connect(address, null));
    assertThat(error.sentence())
        .isEqualTo(
            "recipe.js may not connect to nas.example.org:443: `nas.example.org` leads to"
                + " 192.168.1.5, which is not a public address.");
    assertThat(error.hint())
        .isEqualTo(
            "If that is meant, add `net: ['192.168.1.5:443']` to the `permissions` of the recipe"
                + " and run it with `--allow-net=192.168.1.5:443`.");

    connect(net("net=nas.example.org:443", "net=192.168.1.5:443"), address);
    assertThat(resolver.connected).containsExactly("nas.example.org:443 at 192.168.1.5");
  }

  @Test
  void a_name_that_changes_its_answer_is_connected_to_what_was_checked() {
    resolver.answers("example.org", "192.0.2.1");
    resolver.answers("example.org", "127.0.0.1");
    var net = net("net=example.org:443");

    connect(net, new NetAddress("example.org", 443));
    var second = refusal(() -> net.connect(new NetAddress("example.org", 443), null));

    assertThat(resolver.connected).containsExactly("example.org:443 at 192.0.2.1");
    assertThat(second.id()).isEqualTo("permission.private-address");
  }

  @Test
  void of_several_addresses_only_the_public_ones_are_tried() {
    resolver.answers("example.org", "127.0.0.1", "192.0.2.1", "10.0.0.1");

    connect(net("net=example.org:443"), new NetAddress("example.org", 443));

    assertThat(resolver.connected).containsExactly("example.org:443 at 192.0.2.1");
  }

  @Test
  void addresses_that_a_caller_brings_are_held_against_what_the_name_has() throws IOException {
    resolver.answers("example.org", "192.0.2.1");
    var net = net("net=example.org:443");

    net.connect(
            new NetAddress("example.org", 443), List.of(InetAddress.ofLiteral("127.0.0.1")), null)
        .close();

    assertThat(resolver.connected).containsExactly("example.org:443 at 192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({
    "nas, 192.168.1.5",
    "nas.lan, 10.0.0.5",
    "nas.home.arpa, fd00::5",
    "a.localhost, 127.0.0.1",
    "localhost, ::1",
  })
  void a_name_that_only_the_own_network_has_opens_the_own_network(String name, String address) {
    resolver.answers(name, address);

    connect(net("net=" + name + ":443"), new NetAddress(name, 443));

    assertThat(resolver.connected).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"nas.lan, 127.0.0.1", "nas.lan, 169.254.169.254", "localhost, 10.0.0.1"})
  void but_not_this_machine_and_localhost_nothing_else(String name, String address) {
    resolver.answers(name, address);

    assertThat(id(() -> net("net=" + name + ":443").connect(new NetAddress(name, 443), null)))
        .isEqualTo("permission.private-address");
  }

  @Test
  void the_star_does_not_open_the_own_network() {
    resolver.answers("nas.lan", "192.168.1.5");
    resolver.answers("localhost", "127.0.0.1");
    var net = net("net=*:443");

    assertThat(id(() -> net.connect(new NetAddress("nas.lan", 443), null)))
        .isEqualTo("permission.private-address");
    assertThat(id(() -> net.connect(new NetAddress("localhost", 443), null)))
        .isEqualTo("permission.private-address");
  }

  @Test
  void spellings_of_loopback_are_addresses_or_lead_to_one() {
    for (var spelling : new String[] {"127.1", "2130706433", "0x7f.1", "0177.0.0.1"}) {
      resolver.answers(spelling, "127.0.0.1");

      assertThat(id(() -> net("net=*:80").connect(new NetAddress(spelling, 80), null)))
          .isIn("permission.private-address", "permission.denied");
    }
    assertThat(resolver.connected).isEmpty();
  }

  @Test
  void the_reach_of_the_users_own_connection_may_be_private() {
    resolver.answers("pve.example.org", "10.0.0.5");
    resolver.answers("pve.example.org", "10.0.0.5");
    var run = gates.run();
    var recipe = Gates.principal("proxmox:write");
    var reach = PermissionParser.relativeTo(Path.of("/")).parse("net=pve.example.org:8006");
    var address = new NetAddress("pve.example.org", 8006);

    connect(
        new GatedNet(resolver, run.as(recipe.through("hearth:proxmox", List.of(reach)))), address);

    assertThat(resolver.connected).containsExactly("pve.example.org:8006 at 10.0.0.5");
    assertThat(id(() -> new GatedNet(resolver, run.as(recipe)).connect(address, null)))
        .isEqualTo("permission.denied");
  }

  @Test
  void everything_granted_is_everything() {
    resolver.answers("example.org", "127.0.0.1");

    connect(net("all"), new NetAddress("example.org", 443));

    assertThat(resolver.connected).hasSize(1);
  }

  @Test
  void through_a_proxy_it_is_the_target_that_must_be_granted() {
    var net = net("net=proxy.example:3128");

    assertThat(
            id(
                () ->
                    net.connectVia(
                        new NetAddress("proxy.example", 3128), new NetAddress("evil.org", 443))))
        .isEqualTo("permission.denied");
  }

  @Test
  void a_simulated_host_is_reached_without_resolving_and_still_needs_a_grant() throws IOException {
    var simulated = new InProcessNet();
    simulated.serve(
        new NetAddress("pve", 8006), stream -> stream.output().write("hi".getBytes(UTF_8)));
    var net = new GatedNet(simulated, gates.granting("net=pve:8006"));

    try (var stream = net.connect(new NetAddress("pve", 8006), null)) {
      assertThat(stream.input().readAllBytes()).isEqualTo("hi".getBytes(UTF_8));
    }
    assertThat(id(() -> net.connect(new NetAddress("other", 8006), null)))
        .isEqualTo("permission.denied");
  }

  @Test
  void listening_needs_its_own_grant() throws IOException {
    var net = new GatedNet(new SystemNet(), gates.granting("listen=127.0.0.1:0", "net=*:*"));

    try (var listener = net.listen("127.0.0.1", 0, null)) {
      assertThat(listener.address()).startsWith("127.0.0.1:");
    }
    assertThat(id(() -> net.listen("0.0.0.0", 0, null))).isEqualTo("permission.denied");
  }

  @Test
  void a_unix_socket_is_what_its_path_leads_to(@TempDir Path folder) throws IOException {
    var real = folder.toRealPath();
    Files.createFile(real.resolve("own"));
    Files.createSymbolicLink(real.resolve("link"), real.resolve("own"));
    var gate = gates.closed(real.resolve("own")).granting("all");

    assertThat(id(() -> new GatedNet(new SystemNet(), gate).connect(real.resolve("link"))))
        .isEqualTo("permission.protected");

    Files.createSymbolicLink(real.resolve("other"), real.resolve("docker.sock"));
    var net =
        new GatedNet(new SystemNet(), new Gates().granting("net=unix:" + real.resolve("a.sock")));
    assertThat(id(() -> net.connect(real.resolve("other")))).isEqualTo("permission.denied");
    assertThat(id(() -> net.connect(real.resolve("a.sock")))).isEqualTo("net.socket-not-found");
  }

  @Test
  void a_connection_more_than_the_limit_waits_until_another_is_closed() throws Exception {
    resolver.answers("example.org", "192.0.2.1");
    resolver.answers("example.org", "192.0.2.1");
    var gate =
        gates
            .limits(Limits.DEFAULT.with(Limit.CONNECTIONS_PER_HOST, 1))
            .granting("net=example.org:443");
    var net = new GatedNet(resolver, gate);
    var first = net.connect(new NetAddress("example.org", 443), null);

    var second = Thread.ofVirtual().start(() -> connect(net, new NetAddress("example.org", 443)));
    while (gate.waits().stream().mapToInt(Wait::waiting).sum() < 1) {
      Thread.onSpinWait();
    }
    assertThat(resolver.connected).hasSize(1);
    first.input().close();
    second.join();

    assertThat(resolver.connected).hasSize(2);
    assertThat(gate.waits()).extracting(Wait::what).containsExactly("a connection to example.org");
  }

  private Net net(String... flags) {
    return new GatedNet(resolver, gates.granting(flags));
  }

  private static void connect(Net net, NetAddress address) {
    try {
      net.connect(address, null).close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void greet(Listener listener) {
    try (var stream = listener.accept()) {
      stream.output().write("hello".getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A name server that says what the test wants, and a network that leads into this process. */
  private static final class Resolver implements Net {
    private final List<String> asked = new ArrayList<>();
    private final List<String> connected = new ArrayList<>();
    private final Map<String, List<List<InetAddress>>> answers = new HashMap<>();
    private final InProcessNet inner = new InProcessNet();

    void answers(String host, String... addresses) {
      answers
          .computeIfAbsent(host, _ -> new ArrayList<>())
          .add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    @Override
    public synchronized List<InetAddress> resolve(String host) {
      asked.add(host);
      var known = answers.get(host);
      if (known != null) {
        return known.size() > 1 ? known.removeFirst() : known.getFirst(); // the last answer stays
      }
      return List.of(InetAddress.ofLiteral(host));
    }

    @Override
    public synchronized NetStream connect(
        NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
      connected.add(address + " at " + addresses.getFirst().getHostAddress());
      inner.serve(address, stream -> {});
      return inner.connect(address, addresses, tls);
    }

    @Override
    public NetStream connect(Path unixSocket) {
      return inner.connect(unixSocket);
    }

    @Override
    public Listener listen(String host, int port, @Nullable Tls tls) {
      return inner.listen(host, port, tls);
    }

    @Override
    public Listener listen(Path unixSocket) {
      return inner.listen(unixSocket);
    }

    @Override
    public boolean isInProcess(NetAddress address) {
      return false;
    }
  }
}
