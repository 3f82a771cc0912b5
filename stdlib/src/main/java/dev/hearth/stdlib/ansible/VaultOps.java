package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vaults: texts and files that a password opens. Passwords go to the program by private files. */
final class VaultOps {
  private static final String PROGRAM = "ansible-vault";
  private static final String HEADER = "$ANSIBLE_VAULT;";

  private final Programs programs;

  VaultOps(Programs programs) {
    this.programs = programs;
  }

  record Closing(String text, String password) {}

  record Opening(String vault, String password) {}

  record Rekeying(String file, String from, String to) {}

  @Op
  String encryptVault(Closing request) throws InterruptedException {
    var bytes = request.text().getBytes(StandardCharsets.UTF_8);
    return new String(encrypt(bytes, request.password(), Optional.empty()), StandardCharsets.UTF_8);
  }

  @Op
  Secret decryptVault(Opening request) throws InterruptedException {
    var opened = decrypt(request.vault().getBytes(StandardCharsets.UTF_8), request.password());
    return Secret.of(new String(opened, StandardCharsets.UTF_8));
  }

  /** Replaces a file at once; it keeps its mode and id, and the text in it is never on the disk. */
  @Op(writes = true)
  void rekeyVault(Rekeying request) throws InterruptedException {
    var file = programs.readable("file", request.file());
    var files = programs.context().recipe().files();
    var closed = files.read(file);
    var opened = decrypt(closed, request.from());
    files.write(file, encrypt(opened, request.to(), id(closed)));
  }

  /** The fourth word of a vault's first line, which those of version 1.2 have. */
  private static Optional<String> id(byte[] vault) {
    var first = new String(vault, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    var words = first.strip().split(";", -1);
    return words.length > 3 ? Optional.of(words[3]) : Optional.empty();
  }

  private byte[] encrypt(byte[] text, String password, Optional<String> id)
      throws InterruptedException {
    try (var folder = programs.privateFolder()) {
      var words = new ArrayList<>(List.of("encrypt"));
      if (id.isPresent()) {
        words.add(new VaultKey(id.get(), password, null).word(programs, folder));
        words.add("--encrypt-vault-id=" + id.get());
      } else {
        words.add(key(folder, password));
      }
      words.addAll(List.of("--output=-", "-"));
      var request = programs.alone(PROGRAM, words, folder).input(text);
      return programs.output(PROGRAM, request).output();
    }
  }

  private byte[] decrypt(byte[] vault, String password) throws InterruptedException {
    if (!new String(vault, StandardCharsets.UTF_8).startsWith(HEADER)) {
      throw new HearthException(AnsibleError.VAULT);
    }
    try (var folder = programs.privateFolder()) {
      var words = List.of("decrypt", key(folder, password), "--output=-", "-");
      var outcome = programs.run(programs.alone(PROGRAM, words, folder).input(vault));
      if (!outcome.succeeded()) {
        throw new HearthException(AnsibleError.VAULT)
            .with("status", outcome.exitStatus())
            .with("stderr", Programs.excerpt(outcome.errorText()));
      }
      return outcome.output();
    }
  }

  private static String key(PrivateFolder folder, String password) {
    Path file = folder.secret(VaultKey.usable(password));
    return "--vault-password-file=" + file;
  }
}
