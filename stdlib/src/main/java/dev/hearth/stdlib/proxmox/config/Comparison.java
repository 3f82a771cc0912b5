package dev.hearth.stdlib.proxmox.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is wanted of a guest against what it is, by what the values mean: the order inside
 * property strings, units, defaults that are spelled out, and what the server makes itself are no
 * difference. Only wanted keys are looked at.
 */
public final class Comparison {
  /** What Proxmox never shows again, so that nobody can tell whether it is as wanted. */
  public static final Set<String> SECRETS = Set.of("cipassword");

  /** How a drive without a disk is written, among other options. */
  private static final Set<String> NO_DISK = Set.of("none", "file=none", "volume=none");

  /**
   * Where absence means what the format assumes; of all other devices it means that none is there.
   */
  private static final Set<String> ABSENT_IS_DEFAULT =
      Set.of("agent", "cpu", "features", "memory", "spice_enhancements", "vga");

  /** What cannot be changed once the guest is there. */
  private static final Map<String, String> ONLY_AT_FIRST =
      Map.of(
          "unprivileged", "can only be chosen when the container is made",
          "template", "is not changed by a configuration");

  private final KeyTable keys;
  private final Map<String, String> actual;

  /**
   * A comparison with one guest.
   *
   * @param keys what its configuration may hold
   * @param actual its configuration, as the API shows it
   */
  public Comparison(KeyTable keys, Map<String, String> actual) {
    this.keys = keys;
    this.actual = actual;
  }

  /**
   * What is wanted in the names and units of Proxmox; an empty text is the wish that nothing be
   * there.
   */
  public static Map<String, @Nullable String> kept(Map<String, @Nullable String> wanted) {
    var kept = new LinkedHashMap<String, @Nullable String>();
    wanted.forEach(
        (key, value) -> {
          var set = value == null || value.isEmpty() ? null : Sizes.plain(key, value);
          switch (key) {
            case "cdrom" ->
                kept.put(
                    "ide2", set == null || set.contains("media=") ? set : set + ",media=cdrom");
            case "smp" -> {
              kept.put("sockets", set);
              kept.putIfAbsent("cores", null);
            }
            case "sshkeys" -> kept.put(key, set == null ? null : SshKeyList.encoded(set));
            case "tpmstate0", "efidisk0" -> kept.put(key, isNoDisk(set) ? null : set);
            default -> kept.put(key, set);
          }
        });
    return kept;
  }

  private static boolean isNoDisk(@Nullable String drive) {
    return drive != null && List.of(drive.split(",")).stream().anyMatch(NO_DISK::contains);
  }

  /** What to send for a key of a guest that is to be made. */
  public String toMake(String key, String wanted) {
    return driveFormat(key).map(format -> DriveComparison.toMake(format, wanted)).orElse(wanted);
  }

  /** All that differs; keys that nobody can look into are not among it. */
  public List<Difference> differences(Map<String, @Nullable String> wanted) {
    var all = new ArrayList<Difference>();
    kept(wanted)
        .forEach(
            (key, value) -> {
              var is = actual.get(key);
              if (is != null && value != null && SECRETS.contains(key)) {
                return;
              }
              all.addAll(differences(key, value, is));
            });
    return all;
  }

  private List<Difference> differences(String key, @Nullable String wanted, @Nullable String is) {
    if (wanted == null) {
      return is == null || is.isEmpty()
          ? List.of()
          : List.of(fixedOr(Difference.set(key, is, null)));
    }
    if (wanted.equals(is)) {
      return List.of();
    }
    if (is == null) {
      return isDefault(key, wanted)
          ? List.of()
          : List.of(fixedOr(Difference.set(key, null, toMake(key, wanted))));
    }
    var format = driveFormat(key);
    if (format.isPresent() && isReadable(format.get(), wanted, is)) {
      return DriveComparison.of(key, format.get(), wanted, is);
    }
    if (isSame(key, wanted, is)) {
      return List.of();
    }
    var sent = keys.find(key).map(known -> known.onto(wanted, is)).orElse(wanted);
    return List.of(fixedOr(Difference.set(key, is, sent)));
  }

  private static Difference fixedOr(Difference difference) {
    var why = ONLY_AT_FIRST.get(difference.key());
    var wanted = difference.wanted();
    return why == null
        ? difference
        : Difference.fixed(
            difference.key(), difference.is(), wanted == null ? "none" : wanted, why);
  }

  private boolean isSame(String key, String wanted, String is) {
    return keys.find(key).map(known -> known.same(wanted, is)).orElse(false)
        || (key.equals("machine") && isPinned(wanted, is))
        || (key.equals("vmgenid") && wanted.equals("1") && is.length() > 1);
  }

  /** Windows keeps the machine that it was made with: Proxmox writes the version of that day. */
  private boolean isPinned(String wanted, String is) {
    var format = DeviceFormats.MACHINE_FORMAT;
    if (!actual.getOrDefault("ostype", "").startsWith("w") || !isReadable(format, wanted, is)) {
      return false;
    }
    var want = format.parse(wanted);
    var have = format.parse(is);
    var type = want.get("type").orElse("pc");
    var pinned =
        switch (type) {
          case "pc" -> "pc-i440fx-";
          case "q35" -> "pc-q35-";
          default -> null;
        };
    return pinned != null
        && have.get("type").orElse("").startsWith(pinned)
        && want.without("type").sameAs(have.without("type"), Set.of());
  }

  private boolean isDefault(String key, String wanted) {
    if (key.equals("machine")) {
      return wanted.equals("pc") || wanted.equals("type=pc");
    }
    var known = keys.find(key);
    if (known.isEmpty()) {
      return false;
    }
    var type = known.get().type();
    if (type.format() instanceof PropertyFormat format) {
      return ABSENT_IS_DEFAULT.contains(key)
          && format.problem(wanted, "").isEmpty()
          && format.parse(wanted).isDefault();
    }
    return type.fallback() != null && known.get().same(wanted, type.fallback());
  }

  private static boolean isReadable(PropertyFormat format, String wanted, String is) {
    return format.problem(wanted, "").isEmpty() && format.problem(is, "").isEmpty();
  }

  private Optional<PropertyFormat> driveFormat(String key) {
    if (!DriveKeys.isDrive(key) && !key.matches("rootfs|mp\\d+")) {
      return Optional.empty();
    }
    return keys.find(key)
        .map(known -> known.type().format())
        .filter(PropertyFormat.class::isInstance)
        .map(PropertyFormat.class::cast);
  }
}
