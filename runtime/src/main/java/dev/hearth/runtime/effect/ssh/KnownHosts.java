package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.Files;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The host keys that the user knows, in the form of OpenSSH's known_hosts. */
final class KnownHosts {
  private static final String HASHED = "|1|";

  /** Many hosts may be met for the first time at once. */
  private static final ReentrantLock APPENDING = new ReentrantLock();

  private final Files files;
  private final List<Path> paths;
  private final List<Entry> entries = new ArrayList<>();

  private KnownHosts(Files files, List<Path> paths) {
    this.files = files;
    this.paths = paths;
  }

  /**
   * Reads files, of which some may not be there.
   *
   * @param paths what is new goes into the first
   * @param global files that are only read
   */
  static KnownHosts read(Files files, List<Path> paths, List<Path> global) {
    var known = new KnownHosts(files, paths);
    paths.forEach(known::add);
    global.forEach(known::add);
    return known;
  }

  private void add(Path path) {
    if (files.exists(path)) {
      int number = 0;
      for (var line : files.readText(path).split("\r?\n", -1)) {
        number++;
        Entry.parse(line, path + ":" + number).ifPresent(entries::add);
      }
    }
  }

  /** What a line says of the keys that it is about. */
  enum Marker {
    /** It is the key of the host. */
    HOST,
    /** It signs the keys of hosts. */
    AUTHORITY,
    /** Nobody may have it any more. */
    REVOKED
  }

  /**
   * One line.
   *
   * @param hosts patterns, or one hashed name
   * @param type such as {@code ssh-ed25519}
   * @param key as it goes over the wire
   * @param place for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares lines by this record
  record Entry(Marker marker, List<String> hosts, String type, byte[] key, String place) {
    static java.util.Optional<Entry> parse(String line, String place) {
      var words = new ArrayList<>(List.of(line.strip().split("\\s+")));
      if (words.getFirst().isEmpty() || words.getFirst().startsWith("#")) {
        return java.util.Optional.empty();
      }
      var marker =
          switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "@cert-authority" -> Marker.AUTHORITY;
            case "@revoked" -> Marker.REVOKED;
            default -> Marker.HOST;
          };
      if (marker != Marker.HOST) {
        words.removeFirst();
      }
      if (words.size() < 3) {
        return java.util.Optional.empty(); // as ssh does: a line it cannot read knows no host
      }
      try {
        var key = Base64.getDecoder().decode(words.get(2));
        var hosts = List.of(words.getFirst().split(","));
        return java.util.Optional.of(new Entry(marker, hosts, words.get(1), key, place));
      } catch (IllegalArgumentException notBase64) {
        return java.util.Optional.empty();
      }
    }

    boolean isAbout(String name) {
      return hosts.getFirst().startsWith(HASHED)
          ? isHashOf(hosts.getFirst(), name)
          : HostPattern.matchesAnyCase(hosts, name);
    }

    private static boolean isHashOf(String hashed, String name) {
      var parts = hashed.substring(HASHED.length()).split("\\|", -1);
      try {
        return parts.length == 2
            && Arrays.equals(
                hash(Base64.getDecoder().decode(parts[0]), name),
                Base64.getDecoder().decode(parts[1]));
      } catch (IllegalArgumentException notBase64) {
        return false;
      }
    }
  }

  /** The lines with this marker that are about a host; a revoked key may name no host at all. */
  List<Entry> about(String name, Marker marker) {
    return entries.stream()
        .filter(entry -> entry.marker() == marker && entry.isAbout(name))
        .toList();
  }

  /** Records a key, so that the next connection knows it. */
  void record(String name, boolean hashed, String type, byte[] key) {
    if (paths.isEmpty()) {
      return; // the user keeps no record, and said so
    }
    var path = paths.getFirst();
    var line =
        (hashed ? hashed(name) : name)
            + " "
            + type
            + " "
            + Base64.getEncoder().encodeToString(key)
            + "\n";
    APPENDING.lock();
    try {
      boolean torn = files.exists(path) && !endsItsLastLine(path);
      files.append(path, ((torn ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
    } finally {
      APPENDING.unlock();
    }
  }

  private boolean endsItsLastLine(Path path) {
    var content = files.read(path);
    return content.length == 0 || content[content.length - 1] == '\n';
  }

  private static String hashed(String name) {
    var salt = new byte[20];
    new SecureRandom().nextBytes(salt);
    var encoder = Base64.getEncoder();
    return HASHED + encoder.encodeToString(salt) + "|" + encoder.encodeToString(hash(salt, name));
  }

  private static byte[] hash(byte[] salt, String name) {
    try {
      var mac = Mac.getInstance("HmacSHA1"); // the format's own, and no secret hangs on it
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HmacSHA1.", e);
    }
  }
}
