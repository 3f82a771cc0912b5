package dev.hearth.runtime.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A file with one JSON object that people edit by hand and that several Hearths change at once. It
 * is written with mode 0600, whole or not at all.
 */
public final class JsonFile {
  private static final int BIGGEST = 16 << 20;

  /** A lock on a file keeps other processes out, not other threads of this one. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path path;
  private final Guard guard;

  private enum Guard {
    NONE,
    FOLDER,
    FOLDER_AND_MODE
  }

  private JsonFile(Path path, Guard guard) {
    this.path = path.toAbsolutePath().normalize();
    this.guard = guard;
  }

  /** A file of Hearth's own: not read when others could have written it. */
  public static JsonFile own(Path path) {
    return new JsonFile(path, Guard.FOLDER);
  }

  /** A file of Hearth's own with secrets: not read either when others can read it too. */
  public static JsonFile withSecrets(Path path) {
    return new JsonFile(path, Guard.FOLDER_AND_MODE);
  }

  /**
   * A file in a project's folder or wherever the user wants it: others may read and write it, and
   * what it says is not to be trusted. Its folder is not made.
   */
  public static JsonFile ofProject(Path path) {
    return new JsonFile(path, Guard.NONE);
  }

  public Path path() {
    return path;
  }

  /**
   * What a file held when it was read.
   *
   * @param file the file
   * @param root its object
   */
  public record Content(Path file, ObjectNode root, String text) {
    /** What a file holds that does not exist. */
    public static Content none() {
      return new Content(Path.of(""), newObject(), "");
    }

    /** Where something stands, for messages: {@code /home/me/.config/hearth/connections.json:5}. */
    public String place(JsonPointer pointer) {
      try (var parser = Json.MAPPER.createParser(text)) {
        while (parser.nextToken() != null) {
          if (parser.getParsingContext().pathAsPointer().equals(pointer)) {
            return file + ":" + parser.currentTokenLocation().getLineNr();
          }
        }
        return file.toString();
      } catch (IOException e) {
        throw new IllegalStateException("Text that was parsed once cannot be parsed again.", e);
      }
    }

    /** Hides the text, which may hold secrets. */
    @Override
    public String toString() {
      return "Content[" + file + "]";
    }
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /** This file, whose folder exists: where the user wants it, no folder is made. */
  public JsonFile inExistingFolder() {
    var folder = path.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      throw new HearthException(StorageError.NO_FOLDER, path, folder);
    }
    return this;
  }

  /** Reads the file; an absent one is empty. */
  public Content read() {
    var text = text();
    return new Content(path, text.isEmpty() ? newObject() : parse(text.get()), text.orElse(""));
  }

  private static ObjectNode newObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  private Optional<String> text() {
    try {
      // Reading a pipe would wait for ever, and a device would never end.
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new HearthException(
            StorageError.NOT_A_FILE,
            path,
            Files.isDirectory(path) ? "a folder" : "a pipe, a socket or a device");
      }
      if (Files.size(path) > BIGGEST) {
        throw new HearthException(StorageError.TOO_BIG, path, BIGGEST);
      }
      if (guard != Guard.NONE) {
        new PrivateFolder(path.resolveSibling("")).refuseWritableByOthers();
      }
      if (guard == Guard.FOLDER_AND_MODE) {
        refuseReadableByOthers();
      }
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_READ, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    }
  }

  private void refuseReadableByOthers() throws IOException {
    var mode = Files.getPosixFilePermissions(path);
    var own =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    if (!own.containsAll(mode)) {
      throw new HearthException(
          StorageError.READABLE_BY_OTHERS, path, PosixFilePermissions.toString(mode));
    }
  }

  private ObjectNode parse(String text) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // Neither its message nor itself goes on: it quotes the file, and that may hold secrets.
      var at = e.getLocation();
      throw new HearthException(StorageError.NOT_JSON, path, at.getLineNr(), at.getColumnNr());
    }
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new HearthException(StorageError.NOT_AN_OBJECT, path);
  }

  /**
   * Changes the content, while nobody else can if the file is Hearth's own. An exception of {@code
   * change} leaves the file as it was.
   */
  public void update(Consumer<Content> change) {
    THREADS.lock();
    try {
      if (guard == Guard.NONE) { // no lock file in other people's folders
        change(change);
      } else {
        var folder = new PrivateFolder(path.resolveSibling("")).create();
        try (var lockFile = openLock(folder)) {
          var _ = lockFile.lock(); // until the channel is closed
          change(change);
        }
      }
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    } finally {
      THREADS.unlock();
    }
  }

  private void change(Consumer<Content> change) throws IOException {
    var content = read();
    var before = content.root().deepCopy();
    change.accept(content);
    if (!content.root().equals(before)) {
      var text = Json.MAPPER.writer(Json.PRETTY).writeValueAsString(content.root()) + "\n";
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > BIGGEST) { // it could not be read again
        throw new HearthException(StorageError.TOO_BIG, path, BIGGEST);
      }
      replace(ByteBuffer.wrap(bytes));
    }
  }

  private FileChannel openLock(PrivateFolder folder) throws IOException {
    return FileChannel.open(
        folder.path().resolve("." + path.getFileName() + ".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PrivateFolder.FILE_MODE);
  }

  private void replace(ByteBuffer bytes) throws IOException {
    // People link their settings into other folders: the link stays, its target is replaced.
    var target = Files.exists(path) ? path.toRealPath() : path;
    var folder = new PrivateFolder(target.resolveSibling(""));
    var fresh = Files.createTempFile(folder.path(), ".hearth-", ".new", PrivateFolder.FILE_MODE);
    try {
      try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    folder.force();
  }

  /** Loaded with the first file that there is: most starts find none. */
  private static final class Json {
    static final ObjectMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final DefaultPrettyPrinter PRETTY =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
  }
}
