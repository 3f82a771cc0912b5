package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockFilter;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Images from one engine to another: one tells what it has, the other takes it. The bytes go from
 * connection to connection and are kept nowhere in between.
 */
final class ImageCopyOps {
  private final Engine engine;
  private final ImageTransfers transfers;
  private final OfferedImages offered;

  ImageCopyOps(Engine engine, ImageTransfers transfers, OpContext context) {
    this.engine = engine;
    this.transfers = transfers;
    this.offered = context.forRun(OfferedImages.class, OfferedImages::new);
  }

  /** Images by their names or ids. */
  record Names(List<String> names) {}

  /** By which another engine of the run gets them, once. */
  record Ticket(String ticket) {}

  @Op
  Ticket offerImages(Names request) {
    if (request.names().isEmpty()) {
      throw new HearthException(DockerError.OPTION_VALUE, "names", "[]", "list of images");
    }
    // An engine names none, where one of several is missing.
    var ids =
        request.names().stream().map(name -> transfers.inspect(name).path("Id").asText()).toList();
    return new Ticket(offered.add(new OfferedImages.Offer(engine, request.names(), ids)));
  }

  /**
   * What came of it.
   *
   * @param images their names, or ids where they have none
   * @param changed whether something was sent
   * @param sizeBytes of what was sent
   */
  record Copied(List<String> images, boolean changed, long sizeBytes) {}

  @Op(writes = true)
  Copied takeImages(Ticket request) {
    var offer =
        offered
            .take(request.ticket())
            .orElseThrow(
                () ->
                    new HearthException(
                        DockerError.OPTION_VALUE,
                        "ticket",
                        request.ticket(),
                        "ticket that an engine of this run gave, and good once"));
    if (hasAll(offer)) {
      return new Copied(offer.names(), false, 0);
    }
    var wanted = EngineCall.get("/images/get");
    for (var name : offer.names()) {
      wanted = wanted.query("names", name);
    }
    var images = new ArrayList<String>();
    try (var source = offer.engine().stream(wanted)) {
      var content = new Content(source.body().stream(), offer.engine());
      var call =
          EngineCall.post("/images/load")
              .query("quiet", "1") // else it tells more than anybody reads while it is sent to
              .header("Content-Type", "application/x-tar")
              .body(HttpBody.of(content, -1));
      try (var messages = EngineMessages.of(engine, call)) {
        for (var message = messages.next(); message != null; message = messages.next()) {
          var words = EngineMessages.failure(message);
          if (words != null) {
            throw new HearthException(
                DockerError.LOAD_FAILED, String.join("`, `", offer.names()), words);
          }
          images.addAll(ImageFileOps.loaded(message.path("stream").asText("")));
        }
      }
      return new Copied(List.copyOf(images), true, content.count);
    }
  }

  /** Whether the engine has them all, under their names, already. */
  private boolean hasAll(OfferedImages.Offer offer) {
    for (int i = 0; i < offer.names().size(); i++) {
      var call = EngineCall.get("/images/{image}/json", offer.names().get(i));
      var there = engine.answer(call);
      if (!there.isGood() || !there.body().path("Id").asText().equals(offer.ids().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Counts, and says who it was when the source ends too early. */
  private static final class Content extends BlockFilter {
    private final Engine source;
    private long count;

    Content(InputStream input, Engine source) {
      super(input);
      this.source = source;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = in.read(target, offset, length);
        count += Math.max(0, read);
        return read;
      } catch (IOException e) {
        throw Thread.currentThread().isInterrupted()
            ? e
            : new IOException(
                new HearthException(DockerError.BROKE_OFF, "GET /images/get at " + source.place())
                    .causedBy(e));
      }
    }
  }
}
