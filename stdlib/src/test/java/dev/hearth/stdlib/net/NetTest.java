package dev.hearth.stdlib.net;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:net} seen from a recipe. */
@Timeout(60)
class NetTest {
  private final Path folder;
  private final RecipeTester tester;

  NetTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private JsonNode value(String net, String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { net } from 'hearth:net';
        export const recipe = { permissions: { net: ['%s'] } };
        const codes = (...works) => works.map((work) => { try { return work(); } catch (e) { return e.code; } });
        export default async () => {
        %s
        };
        """
            .formatted(net, body.indent(2).stripTrailing());
    var result =
        tester.run(
            Files.writeString(folder.resolve("recipe.js"), recipe),
            request -> request.allow("net=" + net));
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value());
  }

  @Test
  void networks_are_reckoned_with() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                const a = net.cidr('10.0.0.77/24');
                const b = net.cidr('2001:db8:0:0:1::/64');
                return [a, a.first, a.last, a.firstHost, a.lastHost, a.size, b.cidr, b.size, b.lastHost,
                  net.cidr('10.0.0.4/31').hosts(), net.cidr('10.0.0.0/29').hosts().length, net.cidr('::1').cidr,
                  net.cidr('0:0:1:0:0:0:1:0').cidr, a.contains(net.cidr('10.0.0.128/25')), a.contains('10.0.1.0'),
                  a.overlaps('10.0.0.0/8'), a.contains('::1'), net.cidr('0.0.0.0/0').contains('255.255.255.255')];
                """))
        .hasToString(
            "[\"10.0.0.0/24\",\"10.0.0.0\",\"10.0.0.255\",\"10.0.0.1\",\"10.0.0.254\",\"256\","
                + "\"2001:db8::/64\",\"18446744073709551616\",\"2001:db8::ffff:ffff:ffff:ffff\","
                + "[\"10.0.0.4\",\"10.0.0.5\"],6,\"::1\",\"0:0:1::1:0\",true,false,true,false,true]");
  }

  @Test
  void what_is_free_is_found_among_what_is_used() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                const a = net.cidr('10.0.0.0/22');
                return [a.nextHost(), a.nextHost(['10.0.0.2', '10.0.0.1', '10.0.0.0/25', 'fd00::1']),
                  a.nextSubnet(24), a.nextSubnet(24, ['10.0.1.128/25', '10.0.0.5', '10.0.2.0/32']),
                  a.nextSubnet(23, ['10.0.0.0/24']), a.subnets(24),
                  ...codes(() => a.nextSubnet(24, ['10.0.0.0/8']), () => net.cidr('10.0.0.0/30').nextHost(['10.0.0.1', '10.0.0.2']),
                    () => a.subnets(20), () => net.cidr('::/0').hosts())];
                """))
        .hasToString(
            "[\"10.0.0.1\",\"10.0.0.128\",\"10.0.0.0/24\",\"10.0.3.0/24\",\"10.0.2.0/23\","
                + "[\"10.0.0.0/24\",\"10.0.1.0/24\",\"10.0.2.0/24\",\"10.0.3.0/24\"],"
                + "\"cidr.none-free\",\"cidr.none-free\",\"cidr.prefix\",\"cidr.too-many\"]");
  }

  @Test
  void what_is_no_address_is_refused() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                const wrong = ['', 'x', '10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.0/33', '::/129', '1::2::3', '10.0.0.1/', '/8',
                  '::ffff:10.0.0.1', 'fe80::1%eth0', '10.0.0.1.', '1.2.3.4/-1', 'web.lan'];
                return [...new Set(codes(...wrong.map((text) => () => net.cidr(text))))];
                """))
        .hasToString("[\"cidr.malformed\"]");
  }

  @Test
  void a_port_is_waited_for_and_the_gate_is_asked() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = server.getLocalPort();
      assertThat(
              value(
                  "127.0.0.1:*",
                  """
                  await net.waitForPort('127.0.0.1', %d, { timeout: '10s' });
                  const told = [await net.answers('127.0.0.1', %d), await net.answers('127.0.0.1', 1), await net.resolve('127.0.0.1')];
                  for (const work of [() => net.answers('127.0.0.2', 1), () => net.answers('a b', 1), () => net.answers('127.0.0.1', 0),
                      () => net.waitForPort('127.0.0.1', 1, { timeout: '20ms', every: '5ms' })]) {
                    try { told.push(await work()); } catch (e) { told.push(e.code); }
                  }
                  return told;
                  """
                      .formatted(port, port)))
          .hasToString(
              "[true,false,[\"127.0.0.1\"],\"permission.denied\",\"cidr.address\",\"cidr.address\","
                  + "\"time.timed-out\"]");
    }
  }

  @Test
  void hardware_addresses_are_one_however_they_are_written() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                const card = net.mac('BC-24-11-2E-C5-FF');
                return [card, `${card}`, card.prefix, card.local, card.multicast, card.equals('bc24.112e.c5ff'),
                  card.equals(net.mac('bc24112ec5fe')), card.plus(1), card.plus(-0x11),
                  net.mac('02:00:00:00:00:01').local, net.mac('ff:ff:ff:ff:ff:ff').multicast];
                """))
        .hasToString(
            "[\"bc:24:11:2e:c5:ff\",\"bc:24:11:2e:c5:ff\",\"bc:24:11\",false,false,true,"
                + "false,\"bc:24:11:2e:c6:00\",\"bc:24:11:2e:c5:ee\","
                + "true,true]");
  }

  @Test
  void what_is_no_hardware_address_is_refused() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                return codes(
                  () => net.mac('bc:24:11:2e:c5'), () => net.mac('bc:24-11:2e:c5:01'), () => net.mac('bc:24:11:2e:c5:0g'),
                  () => net.mac('bc:24:11:2e:c5:01:02'), () => net.mac('bc2.4112ec501.1'), () => net.mac(''),
                  () => net.mac('bc24:112e:c501'), () => net.mac('١٢:24:11:2e:c5:01'),
                  () => net.newMac({ prefix: '01:00' }), () => net.newMac({ prefix: 'bc:24:11:2e:c5:01' }),
                  () => net.newMac({ prefix: '' }), () => net.mac('ff:ff:ff:ff:ff:ff').plus(1),
                  () => net.mac('00:00:00:00:00:01').plus(-2), () => net.mac('00:00:00:00:00:01').plus(2 ** 53 - 1),
                  () => net.newMac({ sead: 'x' }));
                """))
        .hasToString(
            "[\"mac.malformed\",\"mac.malformed\",\"mac.malformed\","
                + "\"mac.malformed\",\"mac.malformed\",\"mac.malformed\","
                + "\"mac.malformed\",\"mac.malformed\","
                + "\"mac.prefix\",\"mac.prefix\","
                + "\"mac.prefix\",\"mac.no-such\","
                + "\"mac.no-such\",\"mac.no-such\","
                + "\"recipe.op-argument\"]");
  }

  @Test
  void new_cards_get_local_addresses_and_with_a_seed_always_the_same() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                const random = Array.from({ length: 200 }, () => net.newMac());
                const seeded = net.newMac({ seed: 'web1/net0' });
                const behind = net.newMac({ seed: 'web1/net0', prefix: 'BC:24:11' });
                return [random.every((mac) => mac.local && !mac.multicast), new Set(random.map(String)).size,
                  seeded.local, seeded.equals(net.newMac({ seed: 'web1/net0' })),
                  seeded.equals(net.newMac({ seed: 'web1/net1' })), behind.prefix, `${behind}`.slice(9) === `${seeded}`.slice(9)];
                """))
        .hasToString("[true,200,true,true,false,\"bc:24:11\",true]");
  }

  @Test
  void an_address_has_a_name_in_the_zone_of_ptr_records() throws Exception {
    assertThat(
            value(
                "127.0.0.1:1",
                """
                return [net.reverseName('192.0.2.130'), net.reverseName('2001:db8::567:89ab'),
                  ...codes(() => net.reverseName('10.0.0.0/24'), () => net.reverseName('host.lan'))];
                """))
        .hasToString(
            "[\"130.2.0.192.in-addr.arpa\","
                + "\"b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa\","
                + "\"cidr.no-address\",\"cidr.no-address\"]");
  }
}
