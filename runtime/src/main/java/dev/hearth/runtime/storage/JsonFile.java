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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file with one JSON object that people edit by hand and that several Hearths change at once. It
 * is written with mode 0600, whole or not at all.
 */
public final class JsonFile {
  private static final int BIGGEST = 16 << 20;

  private final Path path;
  private final Guard guard;
  private final @Nullable Sealing sealing;

  private enum Guard {
    NONE,
    FOLDER,
    FOLDER_AND_MODE
  }

  private JsonFile(Path path, Guard guard, @Nullable Sealing sealing) {
    this.path = path.toAbsolutePath().normalize();
    this.guard = guard;
    this.sealing = sealing;
  }

  /** A file of Hearth's own: not read when others could have written it. */
  public static JsonFile own(Path path) {
    return new JsonFile(path, Guard.FOLDER, null);
  }

  /** A file of Hearth's own with secrets: not read either when others can read it too. */
  public static JsonFile withSecrets(Path path) {
    return new JsonFile(path, Guard.FOLDER_AND_MODE, null);
  }

  /** As {@link #withSecrets}; what stands on the disk is sealed as well. */
  public static JsonFile sealed(Path path, Sealing sealing) {
    return new JsonFile(path, Guard.FOLDER_AND_MODE, sealing);
  }

  /**
   * A file in a project's folder or wherever the user wants it: others may read and write it, and
   * what it says is not to be trusted. Its folder is not made.
   */
  public static JsonFile ofProject(Path path) {
    return new JsonFile(path, Guard.NONE, null);
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
      PrivateFile.requireFile(path);
      if (Files.size(path) > BIGGEST) {
        throw new HearthException(StorageError.TOO_BIG, path, BIGGEST);
      }
      if (guard != Guard.NONE) {
        new PrivateFolder(path.resolveSibling("")).refuseWritableByOthers();
      }
      if (guard == Guard.FOLDER_AND_MODE) {
        PrivateFile.refuseReadableByOthers(path);
      }
      return Optional.of(
          sealing == null ? Files.readString(path) : sealing.open(Files.readAllBytes(path), path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_READ, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
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
    try {
      if (guard == Guard.NONE) { // no lock file in other people's folders
        Exclusive.holdingThreads(() -> change(change));
      } else {
        Exclusive.holding(path, () -> change(change));
      }
    } catch (IOException e) {
      throw new HearthException(StorageError.NOT_WRITTEN, path)
          .with("reason", PrivateFolder.reason(e))
          .causedBy(e);
    }
  }

  private void change(Consumer<Content> change) throws IOException {
    var content = read();
    var before = content.root().deepCopy();
    change.accept(content);
    if (!content.root().equals(before)) {
      var text = Json.MAPPER.writer(Json.PRETTY).writeValueAsString(content.root()) + "\n";
      var bytes = sealing == null ? text.getBytes(StandardCharsets.UTF_8) : sealing.seal(text);
      if (bytes.length > BIGGEST) { // it could not be read again
        throw new HearthException(StorageError.TOO_BIG, path, BIGGEST);
      }
      Exclusive.replace(path, bytes);
    }
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
