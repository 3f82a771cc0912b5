package dev.hearth.stdlib.proxmox.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * One configuration key of a VM, or a family of them such as {@code net0} to {@code net31}.
 *
 * @param name the key, or the family's name without its number
 * @param count how many there are; 0 for a key without a number
 * @param type what it may hold
 * @param sameness whether a wanted value is what stands there
 * @param made keys of a property string that the server makes where the wanted value has none
 */
public record ConfigKey(
    String name, int count, ValueType type, Sameness sameness, Set<String> made) {

  /** Whether writing the first value would change nothing that the second, read back, shows. */
  public interface Sameness extends BiPredicate<String, String> {}

  private static ConfigKey of(String name, ValueType type, Sameness sameness) {
    return new ConfigKey(name, 0, type, sameness, Set.of());
  }

  static ConfigKey plain(String name, ValueType type) {
    return of(name, type, (wanted, actual) -> Values.same(type, wanted, actual));
  }

  /** A property string; some of its keys are made by the server and are not compared. */
  static ConfigKey properties(String name, int count, PropertyFormat format, String... made) {
    return new ConfigKey(
        name,
        count,
        ValueType.formatted(format),
        (wanted, actual) -> sameProperties(format, wanted, actual, Set.of(made)),
        Set.of(made));
  }

  /** Only those of the made keys are left out that the wanted value does not state. */
  private static boolean sameProperties(
      PropertyFormat format, String wanted, String actual, Set<String> made) {
    if (format.problem(wanted, "").isPresent() || format.problem(actual, "").isPresent()) {
      return wanted.equals(actual);
    }
    var want = format.parse(wanted);
    var have = format.parse(actual);
    var ignored = new TreeSet<>(made);
    ignored.removeAll(want.values().keySet());
    ignored.add("size");
    for (var key : ignored) {
      want = want.without(key);
      have = have.without(key);
    }
    if (want.written("macaddr").isPresent() && have.written("macaddr").isPresent()) {
      want = want.with("macaddr", upper(want.written("macaddr")));
      have = have.with("macaddr", upper(have.written("macaddr")));
    }
    return want.sameAs(have, ignored);
  }

  private static String upper(Optional<String> text) {
    return text.orElse("").toUpperCase(Locale.ROOT);
  }

  static ConfigKey tags() {
    return of(
        "tags",
        ValueType.formatted(Formats.TAG.list()),
        (wanted, actual) -> Tags.normalised(wanted).equals(Tags.normalised(actual)));
  }

  /** A list; its separators do not count. */
  static ConfigKey list(String name, ValueType type) {
    return of(name, type, (wanted, actual) -> Lists.split(wanted).equals(Lists.split(actual)));
  }

  /** A list in any order; {@code 1} stands for {@code meaningOfOne}. */
  static ConfigKey anyOrder(String name, ValueType type, String meaningOfOne) {
    return of(
        name,
        type,
        (wanted, actual) -> members(wanted, meaningOfOne).equals(members(actual, meaningOfOne)));
  }

  private static Set<String> members(String list, String meaningOfOne) {
    return new TreeSet<>(Lists.split(list.equals("1") ? meaningOfOne : list));
  }

  /** When a guest starts: {@code order=1,up=30}, of which {@code order=} may be left out. */
  static ConfigKey startup() {
    return of(
        "startup",
        ValueType.formatted(Formats.STARTUP_ORDER),
        (wanted, actual) -> startup(wanted).equals(startup(actual)));
  }

  private static Set<String> startup(String text) {
    var parts = new TreeSet<String>();
    for (var part : Lists.split(text)) {
      parts.add(part.contains("=") ? part : "order=" + part);
    }
    return parts;
  }

  /** Public keys, a line each, percent-encoded as a whole; their order does not count. */
  static ConfigKey sshKeys() {
    return of(
        "sshkeys",
        ValueType.formatted(Formats.URL_ENCODED),
        (wanted, actual) -> SshKeyList.in(wanted).equals(SshKeyList.in(actual)));
  }

  static ConfigKey description() {
    return of(
        "description",
        ValueType.string().maxLength(8192),
        (wanted, actual) -> chomped(wanted).equals(chomped(actual)));
  }

  private static String chomped(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  /** Proxmox never shows a password again, so one that is set may or may not be the wanted one. */
  static ConfigKey secret(String name) {
    return of(name, ValueType.string(), (wanted, actual) -> wanted.equals(actual));
  }

  /** The same as a family of {@code count} numbered keys. */
  ConfigKey times(int many) {
    return new ConfigKey(name, many, type, sameness, made);
  }

  /** The same for texts in which capital letters say nothing, such as addresses. */
  ConfigKey anyCase() {
    return new ConfigKey(
        name, count, type, (wanted, actual) -> sameness.test(small(wanted), small(actual)), made);
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * What to send so that what the server made stays: a network card keeps its address, a VM its
   * uuid.
   */
  String onto(String wanted, String actual) {
    if (!(type.format() instanceof PropertyFormat format)
        || format.problem(wanted, "").isPresent()
        || format.problem(actual, "").isPresent()) {
      return wanted;
    }
    var want = format.parse(wanted);
    var have = format.parse(actual);
    for (var key : made) {
      var value = have.written(key);
      if (want.written(key).isEmpty() && value.isPresent()) {
        want = want.with(key, value.get());
      }
    }
    return want.toString();
  }

  /** Whether writing {@code wanted} would change nothing where {@code actual} stands. */
  public boolean same(String wanted, String actual) {
    return wanted.equals(actual) || sameness.test(wanted, actual);
  }
}
