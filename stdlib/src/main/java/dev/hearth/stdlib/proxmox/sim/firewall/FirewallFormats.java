package dev.hearth.stdlib.proxmox.sim.firewall;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.firewall.IpText.Unreadable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What may stand in the fields of rules, with the words in which Proxmox refuses. */
final class FirewallFormats {
  /** The names of aliases and sets. */
  static final String NAME = "[A-Za-z][A-Za-z0-9\\-\\_]+";

  private static final int LONGEST_NAME = 64;
  private static final int LAST_PORT = 65_535;
  private static final int MOST_PORTS = 15;
  private static final String ALIAS = "(?:guest/|dc/)?" + NAME;

  private static final Set<String> SERVICES =
      words(
          """
          tcpmux echo discard systat daytime netstat qotd chargen ftp-data ftp ssh telnet smtp time whois tacacs
          domain bootps bootpc tftp gopher finger http kerberos iso-tsap acr-nema pop3 sunrpc auth nntp ntp epmap
          netbios-ns netbios-dgm netbios-ssn imap2 snmp snmp-trap cmip-man cmip-agent mailq xdmcp bgp smux qmtp z3950
          ipx ptp-event ptp-general pawserv zserv rpc2portmap codaauth2 clearcase ldap svrloc https snpp microsoft-ds
          kpasswd submissions submission ipp iscsi-target ldaps rsync ftps-data ftps telnets imaps pop3s socks
          proofd rootd openvpn rmiregistry lotusnote ms-sql-s ms-sql-m ingreslock datametrics sa-msg-port kermit
          groupwise l2f radius radius-acct cisco-sccp nfs gnunet rtcm-sc104 gsigatekeeper gris cvspserver mysql
          svn mailto rfe cfinger postgresql amqp rtmp sip sip-tls xmpp-client xmpp-server x11 gnutella-svc
          syslog-tls bacula-dir bacula-fd bacula-sd xmms2 nbd zabbix-agent zabbix-trapper amanda dicom hkp http-alt
          webmin nut isisd mdns ircs-u git shell login exec printer talk route uucp nfsd pptp vnc rdp mdns
          """);

  private static final Set<String> PROTOCOLS =
      words(
          """
          ip icmp igmp ggp ipencap st tcp egp igp pup udp hmp xns-idp rdp iso-tp4 dccp xtp ddp idpr-cmtp ipv6 ipv6-route
          ipv6-frag idrp rsvp gre esp ah skip ipv6-icmp ipv6-nonxt ipv6-opts rspf vmtp eigrp ospf ax.25 ipip etherip
          encap pim ipcomp vrrp l2tp isis sctp fc mobility-header udplite mpls-in-ip manet hip shim6 wesp rohc ethernet
          icmpv6
          """);

  private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "udplite", "sctp", "dccp");

  static final Set<String> ICMP_TYPES =
      words(
          """
          any echo-reply destination-unreachable network-unreachable host-unreachable protocol-unreachable
          port-unreachable fragmentation-needed source-route-failed network-unknown host-unknown network-prohibited
          host-prohibited TOS-network-unreachable TOS-host-unreachable communication-prohibited
          host-precedence-violation precedence-cutoff source-quench redirect network-redirect host-redirect
          TOS-network-redirect TOS-host-redirect echo-request router-advertisement router-solicitation time-exceeded
          ttl-zero-during-transit ttl-zero-during-reassembly parameter-problem ip-header-bad required-option-missing
          timestamp-request timestamp-reply address-mask-request address-mask-reply
          """);

  static final Set<String> ICMPV6_TYPES =
      words(
          """
          destination-unreachable no-route communication-prohibited beyond-scope address-unreachable port-unreachable
          failed-policy reject-route packet-too-big time-exceeded ttl-zero-during-transit
          ttl-zero-during-reassembly parameter-problem bad-header unknown-header-type unknown-option echo-request
          echo-reply router-solicitation router-advertisement neighbor-solicitation neighbour-solicitation
          neighbor-advertisement neighbour-advertisement redirect
          """);

  static final ValueFormat ADDRESSES =
      ValueFormat.of("pve-fw-addr-spec", value -> problem(() -> versionOf(value)));
  static final ValueFormat SOURCE_PORTS =
      ValueFormat.of("pve-fw-sport-spec", value -> portProblem(value, false));
  static final ValueFormat DESTINATION_PORTS =
      ValueFormat.of("pve-fw-dport-spec", value -> portProblem(value, true));
  static final ValueFormat PROTOCOL =
      ValueFormat.of(
          "pve-fw-protocol-spec",
          value ->
              PROTOCOLS.contains(value) || isProtocolNumber(value)
                  ? Optional.empty()
                  : Optional.of("unknown protocol '" + value + "'\n"));
  static final ValueFormat ICMP_TYPE =
      ValueFormat.of(
          "pve-fw-icmp-type-spec",
          value ->
              ICMP_TYPES.contains(value) || ICMPV6_TYPES.contains(value)
                  ? Optional.empty()
                  : Optional.of("invalid icmp-type '" + value + "'\n"));
  static final ValueFormat NETWORK =
      ValueFormat.of(
          "IPorCIDR",
          value ->
              isNetwork(value)
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid IP address or CIDR network\n"));
  static final ValueFormat NETWORK_OR_ALIAS =
      ValueFormat.of(
          "IPorCIDRorAlias",
          value -> value.matches(ALIAS) ? Optional.empty() : NETWORK.problem(value, ""));
  static final ValueFormat HELPERS =
      ValueFormat.of(
          "pve-fw-conntrack-helper",
          value ->
              value.matches(
                      "(amanda|ftp|irc|netbios-ns|pptp|sane|sip|snmp|tftp)"
                          + "([,; ]+(amanda|ftp|irc|netbios-ns|pptp|sane|sip|snmp|tftp))*")
                  ? Optional.empty()
                  : Optional.of("invalid conntrack helper '" + value + "'\n"));

  private FirewallFormats() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+", 0)).collect(Collectors.toUnmodifiableSet());
  }

  /** Something that finds out about a text, or why it cannot be read. */
  private interface Reading {
    OptionalInt read() throws Unreadable;
  }

  private static Optional<String> problem(Reading reading) {
    try {
      reading.read();
      return Optional.empty();
    } catch (Unreadable e) {
      return Optional.of(e.text() + "\n");
    }
  }

  /** Which protocol a list of addresses is of; names of sets and aliases do not tell. */
  static OptionalInt versionOf(String list) throws Unreadable {
    if (list.matches("\\+\\S+")) {
      return named(list, LONGEST_NAME + 1, "ipset");
    }
    if (list.matches(ALIAS)) {
      return named(list, LONGEST_NAME, "alias");
    }
    var elements = list.split(",", 0);
    if (!String.join(",", elements).equals(list)) {
      throw IpText.unreadable("extraneous commas in list");
    }
    int known = 0;
    boolean hasRange = false;
    for (var element : elements) {
      int version = versionOfElement(element);
      hasRange |= element.contains("-");
      if (known != 0 && known != version) {
        throw IpText.unreadable("detected mixed ipv4/ipv6 address list");
      }
      known = version;
    }
    if (hasRange && elements.length > 1) {
      throw IpText.unreadable("you can't use a range in a list");
    }
    return OptionalInt.of(known);
  }

  private static int versionOfElement(String element) throws Unreadable {
    try {
      return IpText.version(element);
    } catch (Unreadable e) {
      throw IpText.unreadable("invalid IP address: " + e.text());
    }
  }

  private static OptionalInt named(String text, int longest, String what) throws Unreadable {
    if (text.length() > longest) {
      throw IpText.unreadable(what + " name too long");
    }
    return OptionalInt.empty();
  }

  private static Optional<String> portProblem(String value, boolean isDestination) {
    var items = value.split(",", 0);
    if (!String.join(",", items).equals(value)) {
      return Optional.of("extraneous commas in list\n");
    }
    int count = 0;
    boolean isIcmp = false;
    for (var item : items) {
      if (item.matches("\\d+:\\d+")) {
        count += 2;
        var problem = rangeProblem(item.split(":", 0));
        if (problem.isPresent()) {
          return problem;
        }
      } else if (item.matches("\\d+")) {
        count++;
        if (!isPort(item)) {
          return Optional.of("invalid port '" + item + "'\n");
        }
      } else if (isDestination && (ICMP_TYPES.contains(item) || ICMPV6_TYPES.contains(item))) {
        isIcmp = true;
      } else if (!SERVICES.contains(item)) {
        return Optional.of("invalid port '" + item + "'\n");
      }
    }
    if (isIcmp && items.length > 1) {
      return Optional.of("ICMP ports not allowed in port range\n");
    }
    return count > MOST_PORTS
        ? Optional.of("too many entries in port list (> 15 numbers)\n")
        : Optional.empty();
  }

  private static Optional<String> rangeProblem(String[] ends) {
    for (var end : ends) {
      if (!isPort(end)) {
        return Optional.of("invalid port '" + end + "'\n");
      }
    }
    return Integer.parseInt(ends[0]) <= Integer.parseInt(ends[1])
        ? Optional.empty()
        : Optional.of(
            "backwards range '%s:%s' not allowed, did you mean '%s:%s'?\n"
                .formatted(ends[0], ends[1], ends[1], ends[0]));
  }

  private static boolean isPort(String digits) {
    return digits.length() <= 9 && Integer.parseInt(digits) <= LAST_PORT;
  }

  private static boolean isProtocolNumber(String value) {
    return value.matches("\\d{1,3}") && Integer.parseInt(value) < 256;
  }

  static boolean hasPorts(String protocol) {
    return WITH_PORTS.contains(protocol);
  }

  static boolean isIcmp(String protocol) {
    return isIcmpV4(protocol) || List.of("icmpv6", "ipv6-icmp").contains(protocol);
  }

  static boolean isIcmpV4(String protocol) {
    return protocol.equals("icmp");
  }

  private static boolean isNetwork(String value) {
    int slash = value.indexOf('/');
    var ip = slash < 0 ? value : value.substring(0, slash);
    var mask = slash < 0 ? "" : value.substring(slash + 1);
    if (!Formats.isIpv4(ip) && !Formats.isIpv6(ip)) {
      return false;
    }
    int bits = Formats.isIpv4(ip) ? 32 : 128;
    return slash < 0 || (mask.matches("\\d{1,3}") && Integer.parseInt(mask) <= bits);
  }

  /** A network as it is kept: one of a single address is that address. */
  static String kept(String network) {
    var whole = network.contains(":") ? "/128" : "/32";
    return network.endsWith(whole)
        ? network.substring(0, network.length() - whole.length())
        : network;
  }

  /** 4 or 6. */
  static int versionOfNetwork(String network) {
    return network.contains(":") ? 6 : 4;
  }
}
