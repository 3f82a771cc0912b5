package dev.hearth.stdlib.proxmox.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a drive or mount point is wanted to be, held against the one that is there.
 *
 * <p>{@code local-lvm:8} asks for a new disk; where a disk of that storage hangs already, it is the
 * wanted one, and only its size and options are compared. So nothing is ever made twice, and no
 * data is replaced.
 */
final class DriveComparison {
  private static final Pattern NEW_DISK = Pattern.compile("([^/:\\s]+):(\\d+(?:\\.\\d+)?)");
  private static final Pattern NEW_CLOUD_INIT = Pattern.compile("([^/:\\s]+):cloudinit");
  private static final Pattern FORMAT = Pattern.compile(".*\\.(raw|qcow2|vmdk|qcow|qed|cloop)");
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  /** Storages hand out whole extents, so a disk can be this much larger than was asked for. */
  private static final long EXTENT = 4L << 20;

  /** Proxmox cuts sizes to KiB. */
  private static final long CUT = 1L << 10;

  /** What only matters for making it, or is compared on its own. */
  private static final Set<String> NOT_COMPARED = Set.of("size", "format", "import-from");

  /** The size of these is not for a client to choose. */
  private static final Set<String> FIXED_SIZES = Set.of("efidisk0", "tpmstate0");

  private final String name;
  private final String file;
  private final PropertyString want;
  private final PropertyString have;
  private final String is;

  private DriveComparison(
      String name, PropertyFormat format, PropertyString want, String is, PropertyString have) {
    this.name = name;
    this.file = format.first().orElseThrow();
    this.want = want;
    this.have = have;
    this.is = is;
  }

  /** What differs; both values must be of the format. */
  static List<Difference> of(String name, PropertyFormat format, String wanted, String is) {
    return new DriveComparison(name, format, format.parse(wanted), is, format.parse(is)).all();
  }

  /**
   * What to send for a drive that is not there yet. The size of an imported disk is that of its
   * image, so a wanted one is left for afterwards.
   */
  static String toMake(PropertyFormat format, String wanted) {
    if (format.problem(wanted, "").isPresent()) {
      return wanted; // the server says what is wrong
    }
    var want = format.parse(wanted);
    return want.written("import-from").isPresent() && want.written("size").isPresent()
        ? want.without("size").toString()
        : wanted;
  }

  private List<Difference> all() {
    var asked = wantedFile();
    var there = file(have);
    var made = NEW_DISK.matcher(asked);
    var drive = NEW_CLOUD_INIT.matcher(asked);
    if (made.matches() && !isDisc(have)) {
      return ofDisk(made.group(1));
    }
    if (drive.matches()
        && DriveFormats.isCloudInit(there)
        && there.startsWith(drive.group(1) + ":")) {
      return options();
    }
    return asked.equals(there) ? ofVolume() : List.of(Difference.set(name, is, want.toString()));
  }

  /** A disk that would have to be made, where there is one. */
  private List<Difference> ofDisk(String storage) {
    var all = new ArrayList<Difference>();
    var there = file(have).replaceFirst(":.*", "");
    if (!there.equals(storage)) {
      all.add(Difference.move(name, there, storage));
    }
    var format = want.written("format");
    if (all.isEmpty() && format.isPresent() && !format.equals(format())) {
      return List.of(
          Difference.fixed(
              name,
              is,
              want.toString(),
              "has the format " + format().orElse("raw") + " and not " + format.get()));
    }
    all.addAll(options());
    size().ifPresent(all::add);
    return all;
  }

  private List<Difference> ofVolume() {
    var all = new ArrayList<>(options());
    size().ifPresent(all::add);
    return all;
  }

  private Optional<String> format() {
    var matcher = FORMAT.matcher(file(have));
    return have.written("format")
        .or(() -> matcher.matches() ? Optional.of(matcher.group(1)) : Optional.of("raw"));
  }

  private List<Difference> options() {
    var wanted = want.with(file, file(have)).without(NOT_COMPARED.toArray(String[]::new));
    if (have.get("media").filter("cdrom"::equals).isPresent() && isDisc(want)) {
      wanted = wanted.with("media", "cdrom"); // it is one without being told
    }
    if (wanted.sameAs(have, NOT_COMPARED)) {
      return List.of();
    }
    var size = have.written("size");
    var sent = size.isPresent() ? wanted.with("size", size.get()) : wanted;
    return List.of(Difference.set(name, is, sent.toString()));
  }

  private Optional<Difference> size() {
    var known = have.written("size");
    var wanted = bytes();
    if (known.isEmpty() || wanted.isEmpty() || FIXED_SIZES.contains(name)) {
      return Optional.empty();
    }
    long more = wanted.get() - DiskSize.bytes(known.get());
    if (more >= CUT) {
      return Optional.of(Difference.grow(name, known.get(), DiskSize.text(wanted.get())));
    }
    return more > -EXTENT
        ? Optional.empty()
        : Optional.of(
            Difference.fixed(
                name,
                known.get(),
                DiskSize.text(wanted.get()),
                "has " + known.get() + " and cannot shrink to " + DiskSize.text(wanted.get())));
  }

  /** The size that is wanted; of an imported disk and of a named volume only where it is told. */
  private Optional<Long> bytes() {
    var made = NEW_DISK.matcher(wantedFile());
    if (made.matches() && want.written("import-from").isEmpty()) {
      long bytes = new BigDecimal(made.group(2)).multiply(GIB).longValue();
      return Optional.of(bytes - bytes % CUT);
    }
    return want.written("size").map(DiskSize::bytes);
  }

  private String wantedFile() {
    return file(want);
  }

  private String file(PropertyString drive) {
    return drive.get(file).orElse("");
  }

  /** Whether it holds nothing that could be lost: a disc, an empty drive, cloud-init data. */
  private boolean isDisc(PropertyString drive) {
    var at = file(drive);
    return at.equals("none")
        || at.equals("cdrom")
        || NEW_CLOUD_INIT.matcher(at).matches()
        || DriveFormats.isCloudInit(at)
        || drive.get("media").filter("cdrom"::equals).isPresent();
  }
}
