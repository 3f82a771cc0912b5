package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images as files of this machine; their bytes go from the engine to the disk and back alone. */
final class ImageFileOps {
  private final Engine engine;
  private final ImageTransfers transfers;

  ImageFileOps(Engine engine, ImageTransfers transfers) {
    this.engine = engine;
    this.transfers = transfers;
  }

  /** Images, by their names, and the tar that they go into. */
  record Save(List<String> names, String path) {}

  /** A file that was written. */
  record Saved(String path, long sizeBytes) {}

  /** It changes this machine, though not the engine. */
  @Op(writes = true)
  Saved saveImages(Save request) {
    var call = EngineCall.get("/images/get");
    for (var name : request.names()) {
      transfers.inspect(name); // an engine names none, where one of several is missing
      call = call.query("names", name);
    }
    var path = path(request.path());
    try (var response = engine.stream(call);
        var replacement = files().replace(path)) {
      var counted = new CountedOutput(replacement.output());
      response.body().copyTo(counted);
      replacement.commit();
      return new Saved(path.toString(), counted.count);
    }
  }

  /** A tar that {@code saveImages} or {@code docker save} wrote. */
  record Load(String path) {}

  /** What a tar brought: names, or ids where it has no names. */
  record Loaded(List<String> images) {}

  @Op(writes = true)
  Loaded loadImages(Load request) {
    var images = new ArrayList<String>();
    var call = EngineCall.post("/images/load").query("quiet", "1");
    each(
        call.header("Content-Type", "application/x-tar"),
        request.path(),
        message -> images.addAll(loaded(message.path("stream").asText(""))));
    return new Loaded(List.copyOf(images));
  }

  /** The only place where an engine tells what it loaded is this sentence. */
  static List<String> loaded(String text) {
    return text.lines()
        .filter(line -> line.startsWith("Loaded image"))
        .flatMap(
            line -> List.of(line.replaceFirst("^Loaded image[^:]*: *", "").split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * The files of a system, as a tar.
   *
   * @param name of the image; absent: none
   * @param changes lines of a Dockerfile, such as {@code CMD ["/bin/sh"]}
   */
  record Import(
      String path,
      @Nullable String name,
      @Nullable List<String> changes,
      @Nullable String message,
      @Nullable String platform) {}

  @Op(writes = true)
  JsonNode importImage(Import request) {
    var call =
        EngineCall.post("/images/create")
            .query("fromSrc", "-")
            .query("message", request.message())
            .query("platform", request.platform());
    var name = request.name() == null ? null : ImageReference.parseNew(request.name());
    if (name != null && !engine.isPodman()) { // which would leave out the tag
      call = call.query("repo", name.repository()).query("tag", name.tagOrLatest());
    }
    for (var change : request.changes() == null ? List.<String>of() : request.changes()) {
      call = call.query("changes", change);
    }
    var id = new ArrayList<String>();
    each(
        call.header("Content-Type", "application/x-tar"),
        request.path(),
        message -> id.add(message.path("status").asText("")));
    var made = id.isEmpty() ? "" : id.getLast().strip();
    if (name != null && engine.isPodman()) {
      transfers.tag(made, name);
    }
    return transfers.inspect(made);
  }

  @FunctionalInterface
  private interface Heard {
    void message(JsonNode message);
  }

  /** Sends a file and hears what the engine says of it. */
  private void each(EngineCall call, String path, Heard heard) {
    var file = path(path);
    long size =
        files()
            .stat(file)
            .map(FileStat::sizeBytes)
            .orElseThrow(() -> new HearthException(FileError.NOT_FOUND, VisibleText.of(file)));
    try (var body = HttpBody.of(files().open(file), size);
        var messages = EngineMessages.of(engine, call.body(body))) {
      for (var message = messages.next(); message != null; message = messages.next()) {
        var words = EngineMessages.failure(message);
        if (words != null) {
          throw new HearthException(DockerError.LOAD_FAILED, VisibleText.of(file), words);
        }
        heard.message(message);
      }
    }
  }

  private Files files() {
    return engine.recipe().files();
  }

  private static Path path(String text) {
    return BuildContext.path(text);
  }

  /** Knows how many bytes went through it. */
  private static final class CountedOutput extends FilterOutputStream {
    private long count;

    CountedOutput(OutputStream output) {
      super(output);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      count++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
      count += length;
    }
  }
}
