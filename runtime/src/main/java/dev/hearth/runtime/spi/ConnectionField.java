package dev.hearth.runtime.spi;

import java.util.Locale;

/**
 * One thing that a binding must or may know to reach its system: a flag and a question of {@code
 * hearth connect add}, a key of the stored connection, and an environment variable.
 *
 * @param name camelCase, such as {@code url}; the flag is {@code --url}, a secret's {@code
 *     --token-stdin}
 * @param summary the question and the flag's help, without a final dot: {@code Address of the API}
 * @param kind whether it may be left out and whether it may be shown
 * @param example a value that works, for help texts; empty for secrets
 * @param source where a person finds the value, as a sentence; empty where that is plain
 */
public record ConnectionField(
    String name, String summary, Kind kind, String example, String source) {

  /** Whether a field may be left out and whether it may be shown. */
  public enum Kind {
    /** Nothing can be reached without it. */
    REQUIRED,
    /** The binding has a default, or other fields can stand for it. */
    OPTIONAL,
    /** Optional, kept in the secret store, never shown, never taken from the command line. */
    SECRET,
    /**
     * The SHA-256 of the certificate that answers at what {@link Binding#reach} names; it pins it.
     * {@code hearth connect add} looks the certificate up and asks whether it is the right one.
     */
    FINGERPRINT
  }

  public static ConnectionField required(String name, String summary, String example) {
    return new ConnectionField(name, summary, Kind.REQUIRED, example, "");
  }

  public static ConnectionField optional(String name, String summary, String example) {
    return new ConnectionField(name, summary, Kind.OPTIONAL, example, "");
  }

  public static ConnectionField secret(String name, String summary) {
    return new ConnectionField(name, summary, Kind.SECRET, "", "");
  }

  /**
   * The field that pins the certificate.
   *
   * @param source where the server's owner sees it, as a sentence
   */
  public static ConnectionField fingerprint(String name, String summary, String source) {
    return new ConnectionField(name, summary, Kind.FINGERPRINT, "AA:BB:CC:…", source);
  }

  public boolean isSecret() {
    return kind == Kind.SECRET;
  }

  /** The variable that overrides it: {@code HEARTH_PROXMOX_URL} for {@code url} of proxmox. */
  public String variable(String binding) {
    return "HEARTH_" + upper(binding) + "_" + upper(name);
  }

  /** The flag that gives it: {@code --url}, a secret's {@code --token-stdin}. */
  public String flag() {
    var words = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    return "--" + words + (isSecret() ? "-stdin" : "");
  }

  /**
   * The flag that names a stored secret to be used instead of one's own: {@code --token-secret}.
   */
  public String secretFlag() {
    return flag().replace("-stdin", "-secret");
  }

  private static String upper(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
