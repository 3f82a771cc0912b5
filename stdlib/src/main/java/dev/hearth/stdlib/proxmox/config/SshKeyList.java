package dev.hearth.stdlib.proxmox.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The {@code sshkeys} of a VM: public keys, a line each, percent-encoded as a whole. */
public final class SshKeyList {
  /** A space, which every key has, or a line feed: nothing encoded has one. */
  private static final Pattern PLAIN = Pattern.compile("\\s");

  private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private SshKeyList() {}

  /** As Proxmox wants them, whether they are encoded already or not. */
  public static String encoded(String keys) {
    return PLAIN.matcher(keys).find()
        ? URLEncoder.encode(keys.strip(), StandardCharsets.UTF_8).replace("+", "%20")
        : keys;
  }

  /** The single keys. */
  static Set<String> in(String keys) {
    var text =
        PLAIN.matcher(keys).find() || BROKEN.matcher(keys).find()
            ? keys
            : URLDecoder.decode(keys.replace("+", "%2B"), StandardCharsets.UTF_8);
    var single = new TreeSet<String>();
    text.lines().map(String::strip).filter(key -> !key.isEmpty()).forEach(single::add);
    return single;
  }
}
