package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Public keys, one a line; VMs have them percent-encoded as a whole. */
public final class SshKeys {
  private SshKeys() {}

  /** The keys in it; blank lines do not count. */
  public static List<String> lines(String encoded) {
    // a plus stands for itself here, unlike in forms
    var text = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Refuses what ssh-keygen would not take for a public key. */
  public static void check(String encoded) {
    List<String> lines;
    try {
      lines = lines(encoded);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    if (!encoded.isEmpty() && (lines.isEmpty() || !lines.stream().allMatch(SshKeys::isKey))) {
      throw invalid();
    }
  }

  /** The same for keys that are not percent-encoded, one a line. */
  public static void checkPlain(String text) {
    var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty() || !lines.stream().allMatch(SshKeys::isKey)) {
      throw invalid();
    }
  }

  private static Refusal invalid() {
    return Refusal.die("SSH public key validation error");
  }

  private static boolean isKey(String line) {
    var words = line.split("\\s+", -1);
    for (var at = 0; at + 1 < words.length; at++) {
      if (words[at].matches("(ssh|ecdsa|sk)-[a-z0-9@.-]+")) {
        return matches(words[at], words[at + 1]);
      }
    }
    return false;
  }

  /** Whether the blob says the same algorithm as the word before it and holds whole fields. */
  private static boolean matches(String algorithm, String base64) {
    byte[] blob;
    try {
      blob = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return false;
    }
    var buffer = ByteBuffer.wrap(blob);
    var fields = 0;
    var first = "";
    while (buffer.remaining() >= 4) {
      var length = buffer.getInt();
      if (length < 0 || length > buffer.remaining()) {
        return false;
      }
      var field = new byte[length];
      buffer.get(field);
      if (fields++ == 0) {
        first = new String(field, StandardCharsets.US_ASCII);
      }
    }
    return buffer.remaining() == 0 && fields >= 2 && first.equals(algorithm);
  }
}
