package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.Specification.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The network cards of a wish and what they are addressed by. */
final class NetworkReader {
  static final List<String> FIELDS = List.of("networks", "nameservers", "searchDomains");

  private static final List<String> OF_A_CARD =
      List.of(
          "bridge", "model", "vlan", "mtu", "mac", "firewall", "ip", "gateway", "ip6", "gateway6");

  private static final List<String> MODELS =
      List.of("virtio", "e1000", "e1000e", "rtl8139", "vmxnet3");

  private static final Pattern BRIDGE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,14}");

  /** Not of a group: the last bit of the first byte is 0. */
  private static final Pattern MAC =
      Pattern.compile("[0-9A-Fa-f][02468ACEace](?::[0-9A-Fa-f]{2}){5}");

  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private static final int MOST_CARDS = 32;

  private final Fields wish;

  NetworkReader(Fields wish) {
    this.wish = wish;
  }

  /** One card that asks for its address, unless others are wished for. */
  List<Nic> cards() {
    List<Nic> cards = new ArrayList<>();
    for (var card : wish.objects("networks")) {
      cards.add(card(card));
    }
    if (cards.size() > MOST_CARDS) {
      wish.fault("networks", "are more than the " + MOST_CARDS + " that a machine can have");
    }
    return cards.isEmpty() && !wish.has("networks")
        ? List.of(new Nic("vmbr0", "virtio", null, null, null, false, "dhcp", null, null, null))
        : cards;
  }

  private static Nic card(Fields card) {
    card.only(OF_A_CARD);
    var model = card.choice("model", "virtio", MODELS);
    var mtu = card.number("mtu", 1, 65520).orElse(null);
    if (mtu != null && !model.equals("virtio")) {
      card.fault("mtu", "can be set for the model `virtio` alone");
    } else if (mtu != null && mtu != 1 && mtu < 576) {
      card.fault("mtu", "has to be 576 or more, or 1 for that of the bridge");
    }
    var ip = address(card, "ip", "dhcp", List.of("dhcp", "none"));
    var ip6 = address(card, "ip6", null, List.of("auto", "dhcp", "none"));
    return new Nic(
        card.matching("bridge", BRIDGE, "a bridge of the node, such as `vmbr0`").orElse("vmbr0"),
        model,
        card.number("vlan", 1, 4094).orElse(null),
        mtu,
        card.matching("mac", MAC, "a MAC address of one card, such as BC:24:11:00:00:01")
            .orElse(null),
        card.flag("firewall").orElse(false),
        ip,
        gateway(card, "gateway", "ip", ip),
        ip6,
        gateway(card, "gateway6", "ip6", ip6));
  }

  private static @Nullable String address(
      Fields card, String name, @Nullable String usual, List<String> words) {
    boolean isIpv6 = name.equals("ip6");
    var said = card.text(name).orElse(null);
    if (said == null) {
      return usual;
    }
    if (!words.contains(said) && !Addresses.isCidr(said, isIpv6)) {
      card.fault(
          name,
          "is %s, and has to be %s, or an address with its prefix, such as %s"
              .formatted(
                  Faults.quoted(said),
                  String.join(", ", words),
                  isIpv6 ? "fd00::5/64" : "10.0.0.5/24"));
      return usual;
    }
    return said.equals("none") ? null : said;
  }

  private static @Nullable String gateway(
      Fields card, String name, String of, @Nullable String address) {
    var said = card.text(name).orElse(null);
    if (said == null) {
      return null;
    }
    if (!(name.equals("gateway6") ? Addresses.isIpv6(said) : Addresses.isIpv4(said))) {
      card.fault(name, "is " + Faults.quoted(said) + ", and has to be an IP address");
    } else if (address == null || address.indexOf('/') < 0) {
      card.fault(name, "needs a fixed address in `" + of + "`");
    }
    return said;
  }

  List<String> nameservers() {
    List<String> all = new ArrayList<>();
    wish.each(
        "nameservers",
        (field, item) -> {
          if (Addresses.isIpv4(item.asText()) || Addresses.isIpv6(item.asText())) {
            all.add(item.asText());
          } else {
            wish.faultAt(
                field, "is " + Faults.quoted(item.asText()) + ", and has to be an IP address");
          }
        });
    return all;
  }

  List<String> searchDomains() {
    return wish.texts("searchDomains", DOMAIN, "a domain");
  }
}
