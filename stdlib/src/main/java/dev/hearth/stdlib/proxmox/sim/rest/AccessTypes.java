package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.access.Privileges;
import java.util.Optional;
import java.util.regex.Pattern;

/** What names of users, groups, roles, tokens and realms may look like. */
final class AccessTypes {
  private static final Pattern USER = Pattern.compile("[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+");
  private static final Pattern TOKEN =
      Pattern.compile("[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+![A-Za-z][A-Za-z0-9.\\-_]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.\\-_]+");
  private static final Pattern REALM_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.\\-_]+");
  private static final Pattern MAIL =
      Pattern.compile("[\\w+\\-~]+(\\.[\\w+\\-~]+)*@[a-zA-Z0-9\\-]+(\\.[a-zA-Z0-9\\-]+)*");
  private static final int MAX_USER = 64;

  static final ValueFormat USER_FORMAT = ValueFormat.of("pve-userid", AccessTypes::user);
  static final ValueFormat TOKEN_FORMAT =
      ValueFormat.of(
          "pve-tokenid",
          value ->
              unless(TOKEN, value, "value '" + value + "' does not look like a valid token ID\n"));
  static final ValueFormat GROUP_FORMAT =
      ValueFormat.of(
          "pve-groupid",
          value -> unless(NAME, value, "group name '" + value + "' contains invalid characters\n"));
  static final ValueFormat ROLE_FORMAT =
      ValueFormat.of(
          "pve-roleid",
          value -> unless(NAME, value, "role name '" + value + "' contains invalid characters\n"));
  static final ValueFormat REALM_FORMAT =
      ValueFormat.of(
          "pve-realm",
          value -> unless(REALM_NAME, value, "value does not look like a valid realm\n"));
  static final ValueFormat MAIL_FORMAT =
      ValueFormat.of(
          "email-opt",
          value ->
              value.isEmpty()
                  ? Optional.empty()
                  : unless(MAIL, value, "value does not look like a valid email address\n"));

  static final ValueType USERID = formatted(USER_FORMAT).maxLength(MAX_USER);
  static final ValueType GROUPID = formatted(GROUP_FORMAT);
  static final ValueType ROLEID = formatted(ROLE_FORMAT);
  static final ValueType REALM = formatted(REALM_FORMAT).maxLength(32);
  static final ValueType TOKEN_NAME = matching("[A-Za-z][A-Za-z0-9.\\-_]+");

  private AccessTypes() {}

  /** Lists of privileges that a Proxmox knows. */
  static ValueType privileges(Privileges known) {
    var one =
        ValueFormat.of(
            "pve-priv",
            value ->
                known.all().contains(value)
                    ? Optional.empty()
                    : Optional.of("invalid privilege '" + value + "'\n"));
    return formatted(one.list());
  }

  /** What is wrong with a user's name; empty when nothing is. */
  static Optional<String> user(String value) {
    if (value.length() < 3) {
      return Optional.of("user name '" + value + "' is too short\n");
    }
    if (value.length() > MAX_USER) {
      return Optional.of(
          "user name '" + value + "' is too long (" + value.length() + " > " + MAX_USER + ")\n");
    }
    return unless(USER, value, "value '" + value + "' does not look like a valid user name\n");
  }

  private static Optional<String> unless(Pattern pattern, String value, String problem) {
    return pattern.matcher(value).matches() ? Optional.empty() : Optional.of(problem);
  }
}
