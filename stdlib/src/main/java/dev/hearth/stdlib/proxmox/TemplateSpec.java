package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.NetFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a template is to be. Everything but the node, the image and the storage has a default.
 *
 * @param memory in MiB
 * @param diskSize such as {@code 10GiB}; without one the disk is as large as the image says
 * @param bios {@code seabios} or {@code ovmf}
 * @param vmid the id to take; without one the next free one
 */
record TemplateSpec(
    @Nullable String node,
    @Nullable Image image,
    @Nullable String storage,
    @Nullable String imageStorage,
    @Nullable Integer memory,
    @Nullable Integer cores,
    @Nullable String cpu,
    @Nullable String diskSize,
    @Nullable String bridge,
    @Nullable Integer vlan,
    @Nullable String user,
    @Nullable List<String> sshKeys,
    @Nullable String password,
    @Nullable String ipconfig,
    @Nullable String nameserver,
    @Nullable String searchdomain,
    @Nullable List<String> tags,
    @Nullable String notes,
    @Nullable Boolean agent,
    @Nullable String bios,
    @Nullable Long vmid) {

  /** A value that ends up between commas: what has one would add options of its own. */
  private static final Pattern PLAIN = Pattern.compile("[^,=\\s\\p{Cntrl}]+");

  private static final Pattern SIZE = Pattern.compile("\\d{1,6}(?:\\.\\d{1,3})?(?:M|G|T)iB");
  private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern GATEWAY = Pattern.compile("(?:^|,)gw=");
  private static final Pattern FIXED = Pattern.compile("(?:^|,)ip=[0-9]");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_+.-]*");

  /**
   * Where the disk comes from: a file that the node has, or one that it is to download.
   *
   * @param filename what it is called on the storage
   * @param algorithm of the checksum; {@code sha256} unless said otherwise
   */
  record Image(
      @Nullable String volid,
      @Nullable String url,
      @Nullable String filename,
      @Nullable String checksum,
      @Nullable String algorithm) {}

  /** Fails for what is missing or cannot be. */
  TemplateSpec {
    need("node", node);
    need("storage", storage);
    if (image == null || (image.volid() == null) == (image.url() == null)) {
      throw wrong("image", "needs either `volid` or `url`");
    }
    if (image.url() != null && image.filename() == null) {
      throw wrong("image", "needs the `filename` that it gets on the storage");
    }
    plain("storage", storage);
    plain("imageStorage", imageStorage);
    plain("image.volid", image.volid());
    plain("cpu", cpu);
    plain("bridge", bridge);
    if (diskSize != null && !SIZE.matcher(diskSize).matches()) {
      throw wrong("diskSize", "is a number with its unit, such as `10GiB`");
    }
    if (bios != null && !bios.equals("seabios") && !bios.equals("ovmf")) {
      throw wrong("bios", "is `seabios` or `ovmf`");
    }
    if (vlan != null && (vlan < 1 || vlan > 4094)) {
      throw wrong("vlan", "is 1 to 4094");
    }
    checkNetwork(ipconfig, nameserver);
    if (user != null && !user.isEmpty() && !USER.matcher(user).matches()) {
      throw wrong("user", "is a name of small letters, digits, `_` and `-`");
    }
    for (var key : sshKeys == null ? List.<String>of() : sshKeys) {
      checkKey(key);
    }
    for (var tag : tags == null ? List.<String>of() : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw wrong(
            "tags", "has one that Proxmox does not take: letters, digits, `_`, `+`, `.`, `-`");
      }
    }
    if (notes != null && notes.lines().anyMatch(TemplateMark::isMark)) {
      throw wrong("notes", "must not have the line by which Hearth knows its templates");
    }
  }

  private static void checkNetwork(@Nullable String ipconfig, @Nullable String nameserver) {
    for (var server : nameserver == null ? List.<String>of() : Lists.split(nameserver)) {
      if (!ADDRESS.matcher(server).matches()) {
        throw wrong("nameserver", "has one that is no IP address: `" + shown(server) + "`");
      }
    }
    if (ipconfig == null) {
      return;
    }
    if (NetFormat.IP_CONFIG.problem(ipconfig, "").isPresent()) {
      throw wrong("ipconfig", "is `ip=dhcp`, or an address with its prefix: `ip=10.0.0.5/24`");
    }
    if (GATEWAY.matcher(ipconfig).find() && !FIXED.matcher(ipconfig).find()) {
      throw wrong("ipconfig", "has a gateway, which needs a fixed address such as `10.0.0.5/24`");
    }
  }

  private static void checkKey(String key) {
    if (key.isBlank() || key.strip().chars().anyMatch(Character::isISOControl)) {
      throw wrong("sshKeys", "has a key that is not one line");
    }
    if (!SshPublicKey.isOne(key)) {
      throw wrong("sshKeys", "has one that is no public key: `" + shown(key) + "`")
          .hint("Give the line of a file such as ~/.ssh/id_ed25519.pub, whole.");
    }
  }

  private static String shown(String text) {
    return text.length() > 40 ? text.substring(0, 39) + "…" : text;
  }

  private static void need(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw wrong(field, "is missing");
    }
  }

  private static void plain(String field, @Nullable String value) {
    if (value != null && !PLAIN.matcher(value).matches()) {
      throw wrong(field, "must have no comma, `=` or space");
    }
  }

  private static HearthException wrong(String field, String what) {
    return new HearthException(ProxmoxError.TEMPLATE_SPEC, field, what);
  }

  String onNode() {
    return Objects.requireNonNull(node, "checked when it was made");
  }

  String disks() {
    return Objects.requireNonNull(storage, "checked when it was made");
  }

  Image from() {
    return Objects.requireNonNull(image, "checked when it was made");
  }

  /** The storage of the image: the one its volume id names, else as said, else {@code local}. */
  String images() {
    var volid = from().volid();
    if (volid != null) {
      return volid.replaceFirst(":.*$", "");
    }
    return imageStorage == null ? "local" : imageStorage;
  }

  String imageVolume() {
    var volid = from().volid();
    return volid == null ? download().volid(images()) : volid;
  }

  Storages.Download download() {
    var file = from();
    return new Storages.Download(
        Objects.requireNonNull(file.url(), "only asked for downloads"),
        Objects.requireNonNull(file.filename(), "checked when it was made"),
        "import",
        file.checksum(),
        file.algorithm());
  }

  boolean isEfi() {
    return "ovmf".equals(bios);
  }

  /** The tags with Hearth's own, sorted, in lower case, as Proxmox keeps them. */
  String allTags() {
    var all = new TreeSet<String>();
    all.add("hearth");
    for (var tag : tags == null ? List.<String>of() : tags) {
      all.add(tag.toLowerCase(java.util.Locale.ROOT));
    }
    return String.join(";", all);
  }

  /** What the image is known by: a new build of it is another image. */
  String imageIdentity() {
    var checksum = from().checksum();
    return checksum == null ? imageVolume() : checksum;
  }

  /** The keys, one a line. */
  String keys() {
    return sshKeys == null
        ? ""
        : String.join("\n", sshKeys.stream().map(String::strip).sorted().toList());
  }
}
