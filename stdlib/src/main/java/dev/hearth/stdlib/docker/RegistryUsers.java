package dev.hearth.stdlib.docker;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** The file of users and the hashes of their passwords, as {@code htpasswd -B} writes it. */
final class RegistryUsers {
  /** More bcrypt does not look at. */
  static final int LONGEST = 72;

  private static final int COST = 10;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RegistryUsers() {}

  static String file(Map<String, String> users) {
    var lines = new StringBuilder();
    new TreeMap<>(users)
        .forEach((name, password) -> lines.append(name + ":" + hash(password) + "\n"));
    return lines.toString();
  }

  private static String hash(String password) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return OpenBSDBCrypt.generate("2y", password.getBytes(StandardCharsets.UTF_8), salt, COST);
  }

  /** Whether a file lets in exactly these users, with exactly these passwords. */
  static boolean isOf(String file, Map<String, String> users) {
    var lines = file.lines().filter(line -> !line.isBlank()).toList();
    return lines.size() == users.size()
        && lines.stream().allMatch(line -> isOfOne(line.split(":", 2), users));
  }

  private static boolean isOfOne(String[] fields, Map<String, String> users) {
    var password = users.get(fields[0]);
    return fields.length == 2
        && password != null
        && fields[1].matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")
        && OpenBSDBCrypt.checkPassword(fields[1], password.getBytes(StandardCharsets.UTF_8));
  }
}
