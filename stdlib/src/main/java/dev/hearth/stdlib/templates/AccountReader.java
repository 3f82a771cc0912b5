package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.stdlib.templates.Specification.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The users of a wish; the first is who Proxmox makes. */
final class AccountReader {
  static final List<String> FIELDS = List.of("users", "sshKeys");

  private static final List<String> OF_A_USER =
      List.of("name", "sudo", "groups", "shell", "sshKeys", "password", "passwordHash");

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
  private static final Pattern SHELL = Pattern.compile("/[A-Za-z0-9/_.+-]+");

  /** SHA-256, SHA-512, bcrypt, yescrypt; what crypt(3) of every distribution reads, or most do. */
  private static final Pattern HASH =
      Pattern.compile("\\$(?:5|6|2[aby]|y|gy)\\$[A-Za-z0-9./$=,]{20,200}");

  private static final String A_NAME = "a name of small letters, digits, `_` and `-`";

  private final Fields wish;
  private final Faults faults;
  private final ImageFacts image;

  AccountReader(Fields wish, Faults faults, ImageFacts image) {
    this.wish = wish;
    this.faults = faults;
    this.image = image;
  }

  List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    var first = keys(wish);
    wish.each(
        "users", (field, item) -> accounts.add(account(field, item, accounts.isEmpty(), first)));
    accounts.stream()
        .map(Account::name)
        .filter(name -> accounts.stream().filter(one -> same(one.name(), name)).count() > 1)
        .distinct()
        .forEach(name -> wish.fault("users", "has `" + name + "` twice"));
    return accounts.isEmpty()
        ? List.of(new Account(image.user(), "nopasswd", List.of(), null, first, null, null))
        : accounts;
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null && one.equals(other);
  }

  /** A text is a user's name. */
  private Account account(String field, JsonNode item, boolean isFirst, List<String> first) {
    var node = item.isTextual() ? JsonNodeFactory.instance.objectNode().set("name", item) : item;
    var user = Fields.of(node, field, faults);
    user.only(OF_A_USER);
    user.required("name");
    var name = user.matching("name", NAME, A_NAME).orElse("");
    var keys = new ArrayList<>(isFirst ? first : List.of());
    keys(user).stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    var password = user.text("password").orElse(null);
    var hash = user.matching("passwordHash", HASH, "what `openssl passwd -6` or the like prints");
    if (password != null && user.has("passwordHash")) {
      user.fault("passwordHash", "stands beside a `password`", "Give one of them.");
    }
    if (password != null
        && (password.isEmpty() || password.chars().anyMatch(Character::isISOControl))) {
      user.fault("password", "has to be one line, and not empty");
    }
    return new Account(
        name,
        user.choice("sudo", isFirst ? "nopasswd" : "none", List.of("nopasswd", "password", "none")),
        user.texts("groups", GROUP, "the name of a group"),
        user.matching("shell", SHELL, "the path of a program, such as /bin/zsh").orElse(null),
        keys,
        password,
        hash.orElse(null));
  }

  private List<String> keys(Fields of) {
    List<String> keys = new ArrayList<>();
    of.each(
        "sshKeys",
        (field, item) -> {
          var key = item.asText().strip();
          if (!PublicKey.isOne(key)) {
            faults.add(
                field,
                "is no public key: " + Faults.quoted(key),
                "Give the line of a file such as ~/.ssh/id_ed25519.pub, `{ file: … }`,"
                    + " `{ agent: true }` or `github:NAME`.");
          } else if (!keys.contains(key)) {
            keys.add(key);
          }
        });
    return keys;
  }
}
