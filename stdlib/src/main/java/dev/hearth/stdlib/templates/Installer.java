package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The installers that find their answers on a second disc, so that nobody has to sit before the
 * machine. Others ask, or want to be told on their command line where the answers are.
 */
enum Installer {
  /** Anaconda, which reads {@code ks.cfg} of whatever is labelled {@code OEMDRV}. */
  KICKSTART {
    @Override
    Answers answers(Specification spec) {
      return new Answers("OEMDRV", Map.of("ks.cfg", Kickstart.of(spec)), null, List.of());
    }
  },
  /**
   * Ubuntu's, which reads the seed of cloud-init. It asks before it writes to a disk, unless its
   * command line has the word; so that is typed at the boot menu.
   */
  AUTOINSTALL {
    @Override
    Answers answers(Specification spec) {
      var typed =
          List.of(
              new Typed("c", "2s"),
              new Typed("linux /casper/vmlinuz autoinstall ---\n", "5s"),
              new Typed("initrd /casper/initrd\n", "10s"),
              new Typed("boot\n", "0s"));
      return new Answers("cidata", Map.of("meta-data", ""), Autoinstall.of(spec), typed);
    }
  };

  private static final Set<String> ANACONDA =
      Set.of("fedora", "rhel", "rocky", "almalinux", "centos-stream", "oracle");

  /** Its earlier discs have another boot menu. */
  private static final double FIRST_OF_UBUNTU = 22.04;

  /**
   * What is typed at the boot menu.
   *
   * @param pause for as long as the machine then needs
   */
  record Typed(String text, String pause) {}

  /**
   * What is on the disc with the answers.
   *
   * @param label by which the installer finds it
   * @param userData the file {@code user-data}, as data; null for none
   */
  record Answers(
      String label, Map<String, String> files, @Nullable JsonNode userData, List<Typed> typed) {}

  abstract Answers answers(Specification spec);

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that the discs of this distribution have; empty where it cannot be left alone. */
  static Optional<Installer> of(ImageFacts image) {
    var family = String.valueOf(image.family());
    if (ANACONDA.contains(family)) {
      return Optional.of(KICKSTART);
    }
    boolean isNew =
        family.equals("ubuntu")
            && String.valueOf(image.release()).matches("\\d\\d\\.\\d\\d")
            && Double.parseDouble(String.valueOf(image.release())) >= FIRST_OF_UBUNTU;
    return isNew ? Optional.of(AUTOINSTALL) : Optional.empty();
  }
}
