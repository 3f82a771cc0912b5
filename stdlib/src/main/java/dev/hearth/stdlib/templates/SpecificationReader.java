package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.templates.ImageFacts.Setup;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A user's wish, made a whole specification, or all that is wrong with it. */
final class SpecificationReader {
  /** A value that ends up between commas: what has one would add options of its own. */
  static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  static final String A_STORAGE = "the name of a storage";

  private static final List<String> OWN_FIELDS =
      List.of(
          "name",
          "node",
          "storage",
          "imageStorage",
          "image",
          "upgrade",
          "agent",
          "tags",
          "categories",
          "notes");

  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_+.-]*");

  /** Proxmox keeps 8 KiB of notes, and the template's own record needs its part of them. */
  private static final int LONGEST_NOTES = 6000;

  private final Faults faults = new Faults();
  private final Fields wish;
  private final ImageFacts image;

  private SpecificationReader(JsonNode wish, ImageFacts image) {
    this.wish = Fields.of(wish, "", faults);
    this.image = image;
  }

  /** Fails with all that is wrong. */
  static Specification read(JsonNode wish, ImageFacts image) {
    return new SpecificationReader(wish, image).read();
  }

  /** Every field that there is. */
  static List<String> fields() {
    return Stream.of(
            OWN_FIELDS,
            HardwareReader.FIELDS,
            NetworkReader.FIELDS,
            AccountReader.FIELDS,
            SoftwareReader.FIELDS,
            ContentReader.FIELDS)
        .flatMap(List::stream)
        .toList();
  }

  private Specification read() {
    wish.only(fields());
    requireTarget(wish);
    var storage = wish.matching("storage", PLAIN, A_STORAGE).orElse("");
    var hardware = new HardwareReader(wish, image);
    var network = new NetworkReader(wish);
    var software = new SoftwareReader(wish, faults, image);
    var content = new ContentReader(wish, faults);
    var repositories = software.repositories();
    var specification =
        new Specification(
            name(wish),
            wish.matching("node", PLAIN, "the name of a node").orElse(""),
            storage,
            wish.matching("imageStorage", PLAIN, A_STORAGE).orElse("local"),
            new SourceReader(wish, image).source(),
            hardware.hardware(),
            hardware.disks(storage),
            network.cards(),
            network.nameservers(),
            network.searchDomains(),
            new AccountReader(wish, faults, image).accounts(),
            content.locale(),
            content.timezone(),
            content.keyboard(),
            content.hostname(),
            software.packages(repositories),
            repositories,
            content.commands("commands"),
            content.commands("everyBoot"),
            content.files(),
            wish.flag("upgrade").orElse(image.setup() == Setup.CLOUD_INIT),
            agent(),
            tags(wish, "tags"),
            wish.texts("categories", TAG, "a word that Proxmox takes as a tag"),
            notes());
    new Abilities(image, wish, faults).require(specification);
    faults.throwIfAny();
    return specification;
  }

  /**
   * Only where the image has it, unless it is asked for: to install it takes vendor data, which not
   * everybody can put on a node.
   */
  private boolean agent() {
    boolean canInstall =
        image.setup() == Setup.CLOUD_INIT
            && image.agentPackage() != null
            && image.packageManager() != null;
    boolean wanted = wish.flag("agent").orElse(image.agentPreinstalled());
    if (wanted && !image.agentPreinstalled() && !canInstall && image.isKnown()) {
      wish.fault("agent", "cannot be installed in " + image.called());
    }
    return wanted;
  }

  /** Says what is missing of what nothing can be made without. */
  static void requireTarget(Fields wish) {
    for (var needed : List.of("name", "node", "storage", "image")) {
      if (!wish.has(needed)) {
        wish.fault(needed, "is missing");
      }
    }
  }

  static String name(Fields wish) {
    return wish.matching("name", NAME, "a DNS name: letters, digits and `-`").orElse("");
  }

  /** The tags in these fields, in the order and the letters in which Proxmox keeps them. */
  static List<String> tags(Fields wish, String... fields) {
    var tags = new TreeSet<String>();
    for (var field : fields) {
      wish.texts(field, TAG, "a tag of letters, digits, `_`, `+`, `.` and `-`")
          .forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
    }
    return List.copyOf(tags);
  }

  private String notes() {
    var notes = wish.text("notes").orElse("");
    if (notes.length() > LONGEST_NOTES) {
      wish.fault("notes", "have more than " + LONGEST_NOTES + " characters");
    }
    return notes;
  }
}
