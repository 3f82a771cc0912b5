package dev.hearth.stdlib.docker.compose;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ports of a container, and those of the host that lead to them: {@code
 * 127.0.0.1:8080-8081:80-81/udp} in the short form.
 *
 * @param address of the host, without brackets; empty for all
 * @param published null for what the engine chooses
 */
public record PublishedPorts(
    String address, Range target, @Nullable Range published, String protocol) {
  private static final String RANGE = "\\d{1,5}(?:-\\d{1,5})?";
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?:(?<address>\\[[0-9a-fA-F:.]+]|[0-9a-fA-F:.]*):)?(?<published>"
              + RANGE
              + ")?:)?(?<target>"
              + RANGE
              + ")(?:/(?<protocol>(?i:tcp|udp|sctp)))?");
  private static final Pattern ADDRESS = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}|.*:.*");
  private static final String FORMS =
      "Write `8080:80`, `127.0.0.1:8080:80`, `3000-3005`, `53:53/udp`, or `target` and `published`"
          + " by name.";
  private static final int LAST = 65_535;

  /** Ports that follow each other. */
  public record Range(int first, int last) {
    private int size() {
      return last - first + 1;
    }
  }

  /**
   * One port of the container.
   *
   * @param published a port of the host, or several of which the engine takes one; empty for any
   */
  public record One(int target, String published) {}

  /** Reads the short form. */
  public static PublishedPorts read(String text, FormPlace place) {
    var form = SHORT.matcher(text);
    if (!form.matches()) {
      throw place.not(text, "port", FORMS);
    }
    var address = form.group("address") == null ? "" : form.group("address");
    if (!isAddress(address)) {
      throw place.wrong(
          "has the address " + FormPlace.quoted(address) + ", which is none",
          "Write one of the host's addresses, such as `127.0.0.1:8080:80`, or leave it out.");
    }
    var published = form.group("published");
    var protocol = form.group("protocol");
    return new PublishedPorts(
        bare(address),
        target(form.group("target"), place),
        published == null ? null : published(published, place),
        protocol == null ? "tcp" : protocol.toLowerCase(Locale.ROOT));
  }

  private static String bare(String address) {
    return address.replaceAll("[\\[\\]]", "");
  }

  private static boolean isAddress(String written) {
    if (written.isEmpty()) {
      return true;
    }
    try {
      return ADDRESS.matcher(written).matches()
          && !InetAddress.ofLiteral(bare(written)).getHostAddress().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Reads the container's side. */
  public static Range target(String text, FormPlace place) {
    return range(text, 1, place);
  }

  /** Reads the host's side, where 0 is any port. */
  public static Range published(String text, FormPlace place) {
    return range(text, 0, place);
  }

  private static Range range(String text, int least, FormPlace place) {
    if (!text.matches(RANGE)) {
      throw place.not(text, "port", FORMS);
    }
    var ends = text.split("-", 2);
    int first = Integer.parseInt(ends[0]);
    int last = Integer.parseInt(ends[ends.length - 1]);
    if (first < least || last > LAST || last < first) {
      throw place.wrong("has the ports " + text, "Ports go from 1 to 65535, the lower one first.");
    }
    return new Range(first, last);
  }

  /** Each port of the container, with what leads to it. */
  public List<One> each(FormPlace place) {
    var host = published;
    boolean isChoice = host != null && target.size() == 1 && host.size() > 1;
    if (host != null && !isChoice && host.size() != target.size()) {
      throw place.wrong(
          "has ranges of %d and %d ports".formatted(host.size(), target.size()),
          "Give both the same length.");
    }
    var each = new ArrayList<One>();
    for (int i = 0; i < target.size(); i++) {
      var leading =
          host == null
              ? ""
              : isChoice ? host.first() + "-" + host.last() : String.valueOf(host.first() + i);
      each.add(new One(target.first() + i, leading));
    }
    return each;
  }
}
