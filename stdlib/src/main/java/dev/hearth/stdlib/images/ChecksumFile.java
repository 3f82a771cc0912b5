package dev.hearth.stdlib.images;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    var digests = new LinkedHashSet<String>();
    digests(algorithm)
        .forEach(
            (file, all) -> {
              if (isNamed(file, name)) {
                digests.addAll(all);
              }
            });
    return digests;
  }

  /** All digests, whatever they are of: in a file that stands beside one image, its own. */
  Set<String> all(String algorithm) {
    var digests = new LinkedHashSet<String>();
    digests(algorithm).values().forEach(digests::addAll);
    return digests;
  }

  private Map<String, Set<String>> digests(String algorithm) {
    var digests = new LinkedHashMap<String, Set<String>>();
    var part = algorithm;
    for (var line : signed().orElse(text).lines().map(String::strip).toList()) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        part = heading.group(1).toLowerCase(Locale.ROOT);
      } else if (part.equals(algorithm)) {
        entry(line, algorithm)
            .ifPresent(
                entry ->
                    digests
                        .computeIfAbsent(entry.getFirst(), _ -> new LinkedHashSet<>())
                        .add(entry.getLast().toLowerCase(Locale.ROOT)));
      }
    }
    return digests;
  }

  /** A name and a digest; the name is empty where the digest stands alone. */
  private Optional<List<String>> entry(String line, String algorithm) {
    int digits = algorithm.equals("sha512") ? 128 : 64;
    var bsd = BSD.matcher(line);
    var coreutils = COREUTILS.matcher(line);
    Optional<List<String>> entry = Optional.empty();
    if (bsd.matches()) {
      entry =
          bsd.group(1).toLowerCase(Locale.ROOT).equals(algorithm)
              ? Optional.of(List.of(bsd.group(2), bsd.group(3)))
              : Optional.empty();
    } else if (coreutils.matches()) {
      entry = Optional.of(List.of(coreutils.group(2), coreutils.group(1)));
    } else if (format == ChecksumFormat.BARE && ALONE.matcher(line).matches()) {
      entry = Optional.of(List.of("", line));
    }
    return entry.filter(found -> found.getLast().length() == digits);
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

  /** Some vendors write the path on their own server in front. */
  private static boolean isNamed(String written, String name) {
    return written.isEmpty() || written.equals(name) || written.endsWith("/" + name);
  }
}
