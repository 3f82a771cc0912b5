package dev.hearth.stdlib.archive;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;

/** Archives of files and folders, and compressed bytes. */
public final class ArchiveBinding implements Binding {
  @Override
  public String name() {
    return "archive";
  }

  @Override
  public boolean needsIntent() {
    return false; // `read` and `write` say which paths, and the gate judges each
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    return new ArchiveOps(context.effects().files());
  }

  @Override
  public Foreseen foresee(Mention mention) {
    if (mention.calls("archive.compress") || mention.calls("archive.decompress")) {
      return Foreseen.nothing();
    }
    if (mention.calls("archive.unpack")) {
      var folder = mention.argument(1);
      return Foreseen.named("read", mention.argument(0))
          .and(Foreseen.named("read", folder, "."))
          .and(Foreseen.named("write", folder, "."));
    }
    if (mention.calls("archive.pack")) {
      return Foreseen.named("write", mention.argument(0)).and(Foreseen.maybe("read"));
    }
    return mention.calls("archive.list")
            || mention.calls("archive.read")
            || mention.calls("archive.bytes")
        ? Foreseen.named("read", mention.argument(0))
        : Foreseen.maybe("read", "write");
  }
}
