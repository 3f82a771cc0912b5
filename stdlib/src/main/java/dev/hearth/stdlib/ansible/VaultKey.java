package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What opens a vault.
 *
 * @param id of the vault; null: the one without a name
 * @param password it itself, or
 * @param file where it stands, or a program that prints it
 */
record VaultKey(@Nullable String id, @Nullable String password, @Nullable String file) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /** The word that gives it to a program; a password goes into a private file. */
  String word(Programs programs, PrivateFolder folder) {
    var name = id == null ? "default" : id;
    if (!ID.matcher(name).matches()) {
      throw new HearthException(
          AnsibleError.OPTION, "vault", "has an id that is not letters, digits and `_`, `.`, `-`");
    }
    if ((password == null) == (file == null)) {
      throw new HearthException(
          AnsibleError.OPTION, "vault", "needs a password or a file, one of them");
    }
    var place =
        password == null
            ? programs.readable("vault", String.valueOf(file))
            : folder.secret(usable(password));
    return "--vault-id=" + name + "@" + place;
  }

  /** A password as the programs read it: a file's last line ends are not part of it. */
  static String usable(String password) {
    if (password.isBlank() || !password.equals(password.strip()) || password.indexOf('\n') >= 0) {
      throw new HearthException(
          AnsibleError.OPTION,
          "vault",
          "has a password that is empty, has several lines, or begins or ends with a blank");
    }
    return password;
  }
}
