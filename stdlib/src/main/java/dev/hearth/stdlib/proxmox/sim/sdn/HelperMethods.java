package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.base.Servers;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cluster/sdn/controllers}, {@code dns} and {@code ipams}. Every server that they name
 * answers, but a node itself, which serves nothing.
 */
final class HelperMethods {
  private static final int FIRST_WITH_PATTERNS = 9;
  private static final int LONGEST = 64;
  private static final Param TEXT = Param.optional(string());
  private static final Param PRINT = Param.optional(Standard.FINGERPRINT);
  private static final ValueFormat ISIS_NET =
      ValueFormat.of(
          "pve-sdn-isis-net",
          value ->
              value.matches("[a-fA-F0-9]{2}(\\.[a-fA-F0-9]{4}){3,9}\\.[a-fA-F0-9]{2}")
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid isis net\n"));

  /** What of them holds only once it is applied. */
  static final SdnObjects CONTROLLERS = controllers(FIRST_WITH_PATTERNS).objects();

  private HelperMethods() {}

  static List<SdnPlugins> of(int major) {
    return List.of(controllers(major), dns(major), ipams(major));
  }

  private static Param id(int major, String what, String pattern, int longest) {
    if (major >= FIRST_WITH_PATTERNS) {
      var type = matching(pattern).minLength(2);
      return Param.of(longest == 0 ? type : type.maxLength(longest));
    }
    var format =
        ValueFormat.of(
            "pve-sdn-" + what + "-id",
            value -> {
              if (longest > 0 && value.length() > longest) {
                return Optional.of(
                    "%s ID '%s' can't be more length than %d characters\n"
                        .formatted(what, value, longest));
              }
              return value.matches(pattern)
                  ? Optional.empty()
                  : Optional.of("%s ID '%s' contains illegal characters\n".formatted(what, value));
            });
    return Param.of(formatted(format));
  }

  /** How an address management may be named. */
  static Param ipamId(int major) {
    return id(major, "ipam", "[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]", 0);
  }

  /** The controllers of a major version. */
  static SdnPlugins controllers(int major) {
    boolean isNew = major >= FIRST_WITH_PATTERNS;
    var params = new LinkedHashMap<String, Param>();
    params.put(
        "asn", Param.optional(integer().min(0).max(isNew ? 4_294_967_295L : 4_294_967_296L)));
    params.put("bgp-multipath-as-path-relax", Param.optional(bool()));
    params.put("ebgp", Param.optional(bool()));
    params.put("ebgp-multihop", Param.optional(integer()));
    params.put("isis-domain", TEXT);
    params.put("isis-ifaces", Param.optional(formatted(Formats.INTERFACE.list())));
    params.put("isis-net", Param.optional(formatted(ISIS_NET)));
    params.put("loopback", TEXT);
    params.put("node", Param.optional(formatted(Formats.NODE)));
    params.put("peers", Param.optional(formatted(NetworkFormats.IP.list())));
    if (isNew) {
      params.put("fabric", Param.optional(matching(FabricMethods.ID_PATTERN)));
    }
    var types =
        Map.of(
            "bgp",
            "node! asn! peers! bgp-multipath-as-path-relax ebgp ebgp-multihop loopback",
            "evpn",
            isNew ? "asn! peers fabric" : "asn! peers!",
            "faucet",
            "",
            "isis",
            "isis-domain! isis-net! isis-ifaces! node! loopback");
    var id = id(major, "controller", "[a-zA-Z][a-zA-Z0-9_-]*[a-zA-Z0-9]", LONGEST);
    return new SdnPlugins(
        "controllers", "controller", id, types, new Fields(params), new ControllerRules(), true);
  }

  /** What controllers must not do to each other, and to zones. */
  private static final class ControllerRules implements SdnPlugins.Hooks {
    @Override
    public void keeping(Call call, String id, String type, Map<String, String> values) {
      var node = call.world().entry();
      long others =
          call.world().sections("sdn/controllers").all().entrySet().stream()
              .filter(other -> !other.getKey().equals(id))
              .filter(other -> other.getValue().type().equals(type))
              .filter(
                  other ->
                      type.equals("evpn") || node.equals(other.getValue().values().get("node")))
              .count();
      switch (type) {
        case "evpn" -> refuseIf(others >= 1, "only 1 global evpn controller can be defined");
        case "bgp" -> refuseIf(others > 1, "only 1 bgp controller can be defined");
        case "isis" -> refuseIf(others > 1, "only 1 bgp or isis controller can be defined");
        default -> {
          // as many as one likes
        }
      }
    }

    private static void refuseIf(boolean isWrong, String text) {
      if (isWrong) {
        throw Refusal.die(text);
      }
    }

    @Override
    public void deleting(Call call, String id) {
      call.world()
          .sections("sdn/zones")
          .all()
          .forEach(
              (zone, is) ->
                  refuseIf(
                      id.equals(is.values().get("controller")),
                      "controller " + id + " is used by " + zone));
    }
  }

  private static SdnPlugins dns(int major) {
    var params = new LinkedHashMap<String, Param>();
    params.put("url", TEXT);
    params.put("key", TEXT);
    params.put("ttl", Param.optional(integer()));
    params.put("reversemaskv6", Param.optional(integer()));
    params.put("fingerprint", PRINT);
    var types = Map.of("powerdns", "url! key! ttl reversemaskv6 fingerprint");
    return new SdnPlugins(
        "dns",
        "dns",
        id(major, "dns", "[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]", 0),
        types,
        new Fields(params),
        (_, _, _, values) -> checkServer(values.get("url"), "dns api error: "),
        false);
  }

  private static SdnPlugins ipams(int major) {
    var params = new LinkedHashMap<String, Param>();
    params.put("url", TEXT);
    params.put("token", TEXT);
    params.put("section", Param.optional(integer()));
    params.put("fingerprint", PRINT);
    var types =
        Map.of(
            "netbox", "url! token! fingerprint",
            "phpipam", "url! token! section! fingerprint",
            "pve", "");
    return new SdnPlugins(
        "ipams",
        "ipam",
        ipamId(major),
        types,
        new Fields(params),
        (_, _, type, values) ->
            checkServer(values.get("url"), "Can't connect to " + type + " api: "),
        false);
  }

  private static void checkServer(@Nullable String url, String saying) {
    if (url == null) {
      return;
    }
    var address = address(url);
    var host = address.getHost();
    if (host == null) {
      throw Refusal.die(saying + "Invalid response from server: 400 URL must be absolute");
    }
    if (Servers.isThisNode(host)) {
      int usual = "https".equals(address.getScheme()) ? 443 : 80;
      throw Refusal.die(
          "%sInvalid response from server: 500 Can't connect to %s:%d (Connection refused)"
              .formatted(saying, host, address.getPort() < 0 ? usual : address.getPort()));
    }
  }

  private static URI address(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw Refusal.die("Invalid response from server: 400 URL must be absolute");
    }
  }
}
