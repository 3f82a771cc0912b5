package dev.hearth.stdlib.images;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A vendor's checksum file. Lines in the form of coreutils and of BSD are told apart by themselves;
 * a digest without a name counts in a file that is declared to be nothing else. Of a clear-signed
 * message only what was signed is read; the signature itself is not checked.
 */
final class ChecksumFile {
  private static final Pattern COREUTILS = Pattern.compile("([0-9a-fA-F]{64,128}) [ *]?(\\S.*)");
  private static final Pattern BSD =
      Pattern.compile("(SHA256|SHA512) \\((.+)\\) = ([0-9a-fA-F]{64,128})");
  private static final Pattern ALONE = Pattern.compile("[0-9a-fA-F]{64,128}");

  /** Some files have one part for each algorithm. */
  private static final Pattern HEADING = Pattern.compile("# ([A-Z0-9]+) HASH");

  private static final String MESSAGE = "-----BEGIN PGP SIGNED MESSAGE-----";
  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

  /**
   * A line of it.
   *
   * @param name empty where the digest stands alone
   */
  private record Entry(String name, String digest) {
    Entry {
      digest = digest.toLowerCase(Locale.ROOT);
    }

    /** Some vendors write the path on their own server in front. */
    boolean isOf(String file) {
      return name.isEmpty() || name.equals(file) || name.endsWith("/" + file);
    }
  }

  private final String text;
  private final ChecksumFormat format;

  ChecksumFile(String text, ChecksumFormat format) {
    this.text = text;
    this.format = format;
  }

  /** Whether it is what its vendor is known to publish, as far as can be told without a name. */
  boolean isAsDeclared() {
    return switch (format) {
      case CLEAR_SIGNED -> signed().isPresent();
      case BARE -> ALONE.matcher(text.strip()).matches();
      case COREUTILS, BSD -> true;
      case JSON -> false;
    };
  }

  /**
   * The digests that it has for a file, in lower case; one, unless something is wrong.
   *
   * @param algorithm {@code sha256} or {@code sha512}; others are passed over
   */
  Set<String> digestsOf(String name, String algorithm) {
    return digests(algorithm, entry -> entry.isOf(name));
  }

  /** All digests, whatever they are of: in a file that stands beside one image, its own. */
  Set<String> all(String algorithm) {
    return digests(algorithm, _ -> true);
  }

  private Set<String> digests(String algorithm, Predicate<Entry> wanted) {
    var digests = new LinkedHashSet<String>();
    var part = algorithm;
    for (var line : signed().orElse(text).lines().map(String::strip).toList()) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        part = heading.group(1).toLowerCase(Locale.ROOT);
      } else if (part.equals(algorithm)) {
        entry(line, algorithm)
            .filter(entry -> entry.digest().length() == digits(algorithm))
            .filter(wanted)
            .ifPresent(entry -> digests.add(entry.digest()));
      }
    }
    return digests;
  }

  private Optional<Entry> entry(String line, String algorithm) {
    var bsd = BSD.matcher(line);
    if (bsd.matches()) {
      return bsd.group(1).toLowerCase(Locale.ROOT).equals(algorithm)
          ? Optional.of(new Entry(bsd.group(2), bsd.group(3)))
          : Optional.empty();
    }
    var coreutils = COREUTILS.matcher(line);
    if (coreutils.matches()) {
      return Optional.of(new Entry(coreutils.group(2), coreutils.group(1)));
    }
    return format == ChecksumFormat.BARE && ALONE.matcher(line).matches()
        ? Optional.of(new Entry("", line))
        : Optional.empty();
  }

  /** How many digits a digest has in hexadecimal. */
  static int digits(String algorithm) {
    return algorithm.equals("sha512") ? 128 : 64;
  }

  /** Of which algorithm a digest is. */
  static String algorithmOf(String digest) {
    return digest.length() == digits("sha512") ? "sha512" : "sha256";
  }

  /** What stands between the header of a clear-signed message and its signature. */
  private Optional<String> signed() {
    int begin = text.indexOf(MESSAGE);
    int end = begin < 0 ? -1 : text.indexOf(SIGNATURE, begin);
    if (end < 0) {
      return Optional.empty();
    }
    var lines = text.substring(begin, end).lines().toList();
    int body = lines.indexOf("") + 1; // behind the headers
    return Optional.of(
        String.join(
            "\n",
            lines.subList(body, lines.size()).stream()
                .map(line -> line.startsWith("- ") ? line.substring(2) : line)
                .toList()));
  }
}
