package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.RemoteFileError;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What recipes can do on a host. Every method blocks; the runtime gives it a worker. */
final class SshOps {
  private final Host host;
  private final Commands commands;
  private final HostFiles files;
  private volatile @Nullable Facts facts;

  SshOps(Host host) {
    this.host = host;
    this.commands = new Commands(host);
    this.files = new HostFiles(host);
  }

  // ---- Commands --------------------------------------------------------------------------------

  /**
   * How a command is run.
   *
   * @param cwd the folder there
   * @param secretEnv variables that nobody else on the host may see
   * @param stdin text that it reads; bytes come beside the argument
   * @param shell reads it; absent: sh
   * @param nothrow whether a failure is a result
   * @param sudo whether root runs it
   */
  record Options(
      @Nullable String cwd,
      @Nullable Map<String, String> env,
      @Nullable Map<String, String> secretEnv,
      @Nullable String stdin,
      @Nullable Duration timeout,
      @Nullable String shell,
      @Nullable Boolean nothrow,
      @Nullable Boolean sudo) {}

  /**
   * A command.
   *
   * @param text the template's own text
   * @param values between each two pieces of it, as words
   */
  record Invocation(List<String> text, List<List<String>> values, @Nullable Options options) {
    private RemoteCommand command() {
      var script = RemoteScript.of(text, values);
      return options == null
          ? RemoteCommand.of(script)
          : new RemoteCommand(
              SecretVariables.of(options.secretEnv()).reading(),
              RemoteScript.prepared(
                  script, options.cwd(), options.env() == null ? Map.of() : options.env()),
              Shells.named(options.shell()),
              Optional.ofNullable(options.timeout()),
              Boolean.TRUE.equals(options.sudo()));
    }

    private RemoteInput input(byte @Nullable [] bytes) {
      var own = ownInput(bytes);
      return options == null ? own : SecretVariables.of(options.secretEnv()).before(own);
    }

    private RemoteInput ownInput(byte @Nullable [] bytes) {
      if (bytes != null) {
        return RemoteInput.of(bytes);
      }
      return options == null || options.stdin() == null
          ? RemoteInput.NONE
          : RemoteInput.of(options.stdin().getBytes(StandardCharsets.UTF_8));
    }

    private boolean mayFail() {
      return options != null && Boolean.TRUE.equals(options.nothrow());
    }
  }

  @Op(writes = true)
  CommandOutcome run(Invocation request, byte @Nullable [] stdin) {
    var command = request.command();
    var outcome = commands.run(command, request.input(stdin));
    return request.mayFail() ? outcome : commands.requireSuccess(command, outcome);
  }

  /** What the host is. */
  @Op
  Facts facts() {
    var command = RemoteCommand.of(Facts.SCRIPT);
    var outcome = commands.run(command, RemoteInput.NONE);
    return Facts.parse(commands.requireSuccess(command, outcome).stdout());
  }

  /** The fingerprint of the key that it shows. */
  @Op
  String hostKey() {
    return host.hostKey();
  }

  /** Its lines, some at a time. */
  @Op(writes = true)
  OpStream<List<String>> lines(Invocation request, byte @Nullable [] stdin) {
    return new LineStream(host, request.command(), request.input(stdin), request.mayFail());
  }

  // ---- Files -----------------------------------------------------------------------------------

  /**
   * A copy.
   *
   * @param preserve whether modes and times are kept
   * @param verify whether checksums are compared
   * @param mode of every file that is written
   */
  record Copy(
      String from,
      String to,
      @Nullable Boolean preserve,
      @Nullable Boolean verify,
      @Nullable String mode) {
    private CopyOptions options() {
      return new CopyOptions(
          Boolean.TRUE.equals(preserve), Boolean.TRUE.equals(verify), CopyOptions.mode(mode));
    }
  }

  @Op(writes = true)
  Copying.Copied upload(Copy request) {
    return uploading(request).run();
  }

  /** The same, with how far it is. */
  @Op(writes = true)
  OpStream<CopyStream.Step> uploadSteps(Copy request) {
    return new CopyStream(host, uploading(request));
  }

  private Upload uploading(Copy request) {
    return new Upload(host, localPath(request.from()), request.to(), request.options());
  }

  /** It changes this machine, though not the host. */
  @Op(writes = true)
  Copying.Copied download(Copy request) {
    return downloading(request).run();
  }

  @Op(writes = true)
  OpStream<CopyStream.Step> downloadSteps(Copy request) {
    return new CopyStream(host, downloading(request));
  }

  private Download downloading(Copy request) {
    var _ = localPath(request.to());
    return new Download(host, request.from(), request.to(), request.options());
  }

  private static Path localPath(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw new HearthException(RemoteFileError.PATH_MALFORMED, VisibleText.of(text)).causedBy(e);
    }
    throw new HearthException(RemoteFileError.PATH_MALFORMED, "");
  }

  record At(String path) {}

  record Removal(String path, @Nullable Boolean recursive) {}

  /** What is written: text, or the bytes beside it. */
  record Content(String path, @Nullable String text, @Nullable String mode) {
    private byte[] bytes(byte @Nullable [] beside) {
      if (beside != null) {
        return beside;
      }
      return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Op(writes = true)
  void write(Content request, byte @Nullable [] bytes) {
    files.write(request.path(), request.bytes(bytes), CopyOptions.mode(request.mode()));
  }

  @Op
  String readText(At request) {
    return new String(files.read(request.path()), StandardCharsets.UTF_8);
  }

  @Op
  byte[] readBytes(At request) {
    return files.read(request.path());
  }

  @Op
  List<HostFiles.Entry> list(At request) {
    return files.list(request.path());
  }

  @Op
  Optional<HostFiles.Stat> stat(At request) {
    return files.stat(request.path());
  }

  @Op(writes = true)
  void makeFolder(At request) {
    files.makeFolder(request.path());
  }

  @Op(writes = true)
  void remove(Removal request) {
    files.remove(request.path(), Boolean.TRUE.equals(request.recursive()));
  }

  // ---- Ports -----------------------------------------------------------------------------------

  /**
   * What is forwarded.
   *
   * @param to host and port, as the other end reaches it
   * @param host where to listen; absent: for programs of that machine alone
   * @param port absent: any free one
   */
  record Ports(String to, @Nullable String host, @Nullable Integer port) {
    private String listenAt(String usual) {
      return host == null ? usual : host;
    }

    private int listenOn() {
      int number = port == null ? 0 : port;
      if (number < 0 || number > 65_535) {
        throw new HearthException(SshError.HOST_MALFORMED, to + " at port " + number)
            .with("field", "port");
      }
      return number;
    }
  }

  @Op(writes = true)
  OpStream<Forwarding.Opened> forward(Ports ports) {
    return Forwarding.there(host, ports.listenAt("127.0.0.1"), ports.listenOn(), ports.to());
  }

  @Op(writes = true)
  OpStream<Forwarding.Opened> forwardBack(Ports ports) {
    return Forwarding.back(host, ports.listenAt("localhost"), ports.listenOn(), ports.to());
  }

  // ---- What a host should be -------------------------------------------------------------------

  @Op(writes = true)
  Change<Map<String, @Nullable String>> ensurePackages(Packages.Spec spec) {
    return new Packages(host).ensure(spec, known());
  }

  @Op(writes = true)
  Change<Services.State> ensureService(Services.Spec spec) {
    return new Services(host).ensure(spec, known());
  }

  /**
   * A file, with its content as text, as the bytes beside it, or as a file here.
   *
   * @param source a path of this machine
   */
  record FileSpec(@Nullable String text, @Nullable String source, ManagedFile.Spec file) {}

  @Op(writes = true)
  Change<ManagedFile.State> ensureFile(FileSpec spec, byte @Nullable [] bytes) {
    Optional<FileContent> content = Optional.empty();
    if (spec.source() != null) {
      if (spec.text() != null || bytes != null) {
        throw new HearthException(
            EnsureError.SPEC_WRONG, "content", "and `source` cannot both be given");
      }
      content = Optional.of(FileContent.of(host.recipe().files(), localPath(spec.source())));
    } else if (bytes != null) {
      content = Optional.of(FileContent.of(bytes));
    } else if (spec.text() != null) {
      content = Optional.of(FileContent.of(spec.text().getBytes(StandardCharsets.UTF_8)));
    }
    return new ManagedFile(host).ensure(spec.file(), content);
  }

  @Op(writes = true)
  Change<Users.State> ensureUser(Users.Spec spec) {
    return new Users(host).ensure(spec);
  }

  /** Neither the package manager nor what starts services changes while a recipe runs. */
  private Facts known() {
    var known = facts;
    if (known == null) {
      known = facts();
      facts = known;
    }
    return known;
  }
}
