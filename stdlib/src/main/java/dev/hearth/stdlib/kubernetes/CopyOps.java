package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.Op;
import dev.hearth.stdlib.archive.TarTransfer;
import dev.hearth.stdlib.command.CommandOutcome;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of this machine and of containers, by the {@code tar} of the container. */
final class CopyOps {
  private final ApiServer server;

  CopyOps(Cluster cluster) {
    this.server = cluster.server();
  }

  /**
   * A copy.
   *
   * @param links whether symbolic links are kept; null for yes
   */
  record Copy(
      String name,
      @Nullable String namespace,
      String from,
      String to,
      @Nullable String container,
      @Nullable Boolean links) {}

  /** From this machine into a container. */
  @Op(writes = true)
  TarTransfer.Copied upload(Copy request) {
    var from = local(request.from());
    var to = ContainerPath.of(behind(request.to(), name(from, request)));
    var at = container(request);
    var command = List.of("tar", "-xmf", "-", "-C", to.folder());
    try (var execution = start(at, command, true)) {
      var sending = new SendingTar(execution, new TarTransfer(files(), request.from()), from, to);
      sending.start();
      try {
        var output = new CapturedOutput(execution);
        output.readAll();
        requireDone(execution.exitCode(), at, to.text(), output.stderr());
      } catch (HearthException e) {
        throw sending.failure().orElse(e);
      }
      return sending.copied();
    } catch (HearthException e) {
      throw explained(e, at);
    }
  }

  /** From a container to this machine. */
  @Op(writes = true)
  TarTransfer.Copied download(Copy request) {
    var from = ContainerPath.of(request.from());
    var to = local(behind(request.to(), from.name()));
    var at = container(request);
    var command = List.of("tar", "-cf", "-", "-C", from.folder(), from.member());
    try (var execution = start(at, command, false)) {
      var tar = new ExecutionOutput(execution);
      tar.atEnd(() -> requireDone(execution.exitCode(), at, from.text(), tar.errors()));
      return new TarTransfer(files(), from.text() + " of " + at.shownPod())
          .unpack(tar, to, !Boolean.FALSE.equals(request.links()));
    } catch (HearthException e) {
      throw explained(e, at);
    }
  }

  private static HearthException explained(HearthException failure, PodContainer at) {
    return failure.code() == PodError.COMMAND_NOT_FOUND
        ? new HearthException(PodError.NO_TAR, at.name(), at.shownPod()).causedBy(failure)
        : failure;
  }

  /** The recipe's own rights to files: a connection opens none. */
  private Files files() {
    return server.context().recipe().files();
  }

  private PodContainer container(Copy request) {
    var pod = PodName.of(server, request.namespace(), request.name());
    return PodContainer.find(server, pod, request.container());
  }

  private Execution start(PodContainer at, List<String> command, boolean reads) {
    return Execution.start(server, at, new Execution.Wish(command, reads, null));
  }

  /** A path that ends in a slash is that of the folder around. */
  private static String behind(String path, String name) {
    return path.endsWith("/") ? path + name : path;
  }

  /** What is copied needs a name of its own where it goes into a folder. */
  private static String name(Path from, Copy request) {
    var name = from.normalize().getFileName();
    if (request.to().endsWith("/")
        && (name == null || name.toString().isEmpty() || name.toString().equals(".."))) {
      throw new HearthException(PodError.COPY_PATH, ApiPath.shown(request.from()));
    }
    return String.valueOf(name);
  }

  private static Path local(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw new HearthException(PodError.COPY_PATH, ApiPath.shown(text)).causedBy(e);
    }
    throw new HearthException(PodError.COPY_PATH, "");
  }

  private static void requireDone(int status, PodContainer at, String path, String stderr) {
    if (status == 0) {
      return;
    }
    // The first thing that tar says is what is wrong; the last, that something was.
    var said = stderr.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
    var outcome = new CommandOutcome("", stderr, status, null, 0);
    throw outcome
        .in(
            new HearthException(
                PodError.COPY_FAILED,
                path,
                at.shownPod(),
                said.map(ApiPath::shown).orElse("tar ended with status " + status)))
        .with("container", at.name());
  }
}
