package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** What one run of a program reads and nobody else may: a folder of mode 0700, gone afterwards. */
final class PrivateFolder implements AutoCloseable {
  private static final String CALLBACKS = "ansible_collections/hearth/tell/plugins/callback";

  private final Files files;
  private final Path folder;
  private int secrets;
  private boolean isGone; // guarded by this

  PrivateFolder(Files files) {
    this(files, Project.TEMPORARY, "hearth-ansible-");
  }

  /** One in another folder, so that what is in it can be moved there. */
  PrivateFolder(Files files, Path parent, String prefix) {
    this.files = files;
    this.folder = files.makeTemporaryFolder(parent, prefix);
  }

  Path path() {
    return folder;
  }

  /** A file with the text of a secret, such as a password. */
  Path secret(String text) {
    return write("secret-" + secrets++, text);
  }

  /** A configuration that says nothing. */
  Path configuration() {
    return write("ansible.cfg", "");
  }

  Path json(String name, JsonNode content) {
    return write(name + ".json", content.toString());
  }

  Path write(String name, String text) {
    var file = folder.resolve(name);
    files.write(file, text.getBytes(StandardCharsets.UTF_8), FileMode.PRIVATE);
    return file;
  }

  /**
   * Puts our callback plug-in where Python finds it as one of a collection: so the paths for
   * plug-ins stay those of the user.
   */
  void putCallback() {
    var callbacks = folder.resolve(CALLBACKS);
    files.makeFolders(callbacks);
    try (var plugin = PrivateFolder.class.getResourceAsStream("callback/events.py")) {
      var text = Objects.requireNonNull(plugin, "events.py is missing").readAllBytes();
      files.write(callbacks.resolve("events.py"), text, FileMode.PRIVATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever is interrupted leaves nothing, either. */
  @Override
  public synchronized void close() {
    if (isGone) {
      return;
    }
    isGone = true;
    files.deleteTreeThoughInterrupted(folder);
  }
}
