package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.file.RealPath;
import dev.hearth.runtime.permission.Endpoint;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The one check in front of every effect, for one principal of one run. All gates of a run share
 * its record, its limits and the folders that nothing opens.
 *
 * <p>A grant of a path means what the path leads to when the gate is made. A link that appears
 * there afterwards does not widen the grant.
 */
public final class Gate {
  private final Run run;
  private final Principal principal;
  private final Grants grants;

  /** The folder of Hearth's that is the principal's, under its name and as it is behind links. */
  private final List<Path> own;

  private Gate(Run run, Principal principal) {
    this.run = run;
    this.principal = principal;
    this.grants = principal.grants().union(real(principal.grants()));
    this.own = principal.own().stream().flatMap(at -> Stream.of(at, realPath(at))).toList();
  }

  /**
   * The gate of a run for who has been granted nothing; {@link #as} makes it another's.
   *
   * @param closed folders and files that no grant opens: Hearth's own settings, data, journals,
   *     sockets and programs
   */
  public static Gate of(Limits limits, Audit audit, Collection<Path> closed) {
    return of(limits, audit, closed, Optional.empty());
  }

  /**
   * As {@link #of(Limits, Audit, Collection)}.
   *
   * @param crossings follows what passes; told by the audit's sink what is checked
   */
  public static Gate of(
      Limits limits, Audit audit, Collection<Path> closed, Optional<Crossings> crossings) {
    return new Gate(
        new Run(limits, audit, ClosedFolders.of(closed), new ConcurrentHashMap<>(), crossings),
        new Principal("this run", Grants.none()));
  }

  /** The gate of the same run for {@code other}. */
  public Gate as(Principal other) {
    return new Gate(run, other);
  }

  public Principal principal() {
    return principal;
  }

  public Limits limits() {
    return run.limits;
  }

  /** Who follows what passes, if anybody does. */
  Optional<Crossings> crossings() {
    return run.crossings;
  }

  /** What had to wait for a limit so far in this run. */
  public List<Wait> waits() {
    return run.slots.values().stream()
        .map(Slots::summary)
        .filter(wait -> wait.waits() > 0)
        .toList();
  }

  /** Records the use of what is granted; fails with {@link PermissionError#DENIED} otherwise. */
  public void check(Permission asked) {
    check(asked, asked);
  }

  /** The same; a refusal advises to declare or to grant {@code advised}, which covers it. */
  public void check(Permission asked, Permission advised) {
    if (!admits(asked)) {
      throw refusal(
          asked,
          new HearthException(
              PermissionError.DENIED,
              name(),
              asked.request(),
              VisibleText.of(advised.declaration()),
              VisibleText.of(advised.flag())));
    }
  }

  /** Whether nothing opens {@code asked}, whatever was granted; records the refusal then. */
  public boolean closes(Permission asked) {
    var isClosed = path(asked).filter(this::isClosed).isPresent();
    if (isClosed) {
      run.audit.refused(principal, asked);
    }
    return isClosed;
  }

  /**
   * Whether it is granted; records the use when it is. Fails with {@link PermissionError#PROTECTED}
   * for what nothing opens.
   */
  boolean admits(Permission asked) {
    path(asked)
        .filter(this::isClosed)
        .ifPresent(
            path -> {
              throw closed(asked, path);
            });
    var grant = grants.covers(asked).or(() -> ofOwnProgram(asked));
    grant.ifPresent(by -> run.audit.used(principal, asked, by));
    return grant.isPresent();
  }

  private boolean isClosed(Path path) {
    return run.closed.contain(path) && !isOwn(path);
  }

  private boolean isOwn(Path path) {
    return own.stream().anyMatch(path::startsWith);
  }

  /** Who keeps programs in a folder of its own runs them: what allows to write them there. */
  private Optional<Grant> ofOwnProgram(Permission asked) {
    return asked instanceof Permission.Exec(var program) && program.startsWith("/")
        ? Optional.of(Path.of(program))
            .filter(this::isOwn)
            .flatMap(path -> grants.covers(new Permission.Write(path)))
        : Optional.empty();
  }

  /** Records what {@code asked}, which was admitted, turned out to be. */
  void resolved(Permission asked, String resolved) {
    grants
        .covers(asked)
        .ifPresent(by -> run.audit.resolved(principal, asked, VisibleText.of(resolved), by));
  }

  /** Records that {@code asked} was refused, and returns the failure with what was asked for. */
  HearthException refusal(Permission asked, HearthException failure) {
    run.audit.refused(principal, asked);
    var advised = principal.advice().map(failure::hint).orElse(failure);
    return advised.with("permission", asked.toString()).with("principal", principal.name());
  }

  /** The grants, those of paths also as what they lead to. */
  Grants grants() {
    return grants;
  }

  /** Who asks, as messages say it. */
  String name() {
    return VisibleText.of(principal.name());
  }

  /** The place on the disk that a permission opens, if it is one. */
  private static Optional<Path> path(Permission asked) {
    return switch (asked) {
      case Permission.Read(var path) -> Optional.of(path);
      case Permission.Write(var path) -> Optional.of(path);
      case Permission.Net(Endpoint.Unix(var path)) -> Optional.of(path);
      case Permission.Listen(Endpoint.Unix(var path)) -> Optional.of(path);
      case Permission.Exec _,
          Permission.Net _,
          Permission.Listen _,
          Permission.Intent _,
          Permission.Env _,
          Permission.Secret _,
          Permission.All _ ->
          Optional.empty();
    };
  }

  /** Refuses to take away a folder that holds something of Hearth's. */
  void requireNothingClosedBelow(Permission asked, Path path) {
    if (run.closed.areBelow(path)) {
      throw closed(asked, path);
    }
  }

  private HearthException closed(Permission asked, Path path) {
    return refusal(
        asked, new HearthException(PermissionError.PROTECTED, name(), VisibleText.of(path)));
  }

  Slots connectionsTo(String host) {
    return slots("a connection to " + host, Limit.CONNECTIONS_PER_HOST);
  }

  Slots processes() {
    return slots("a child process", Limit.PROCESSES);
  }

  private Slots slots(String what, Limit limit) {
    return run.slots.computeIfAbsent(what, _ -> new Slots(what, limit, run.limits.get(limit)));
  }

  private static Grants real(Grants granted) {
    var real = Grants.none();
    for (var grant : granted.list()) {
      var better = real(grant.permission());
      if (better.isPresent()) {
        real = real.plus(better.get(), grant.origin());
      }
    }
    return real;
  }

  private static Optional<Permission> real(Permission permission) {
    return switch (permission) {
      case Permission.Read(var path) -> Optional.of(new Permission.Read(realPath(path)));
      case Permission.Write(var path) -> Optional.of(new Permission.Write(realPath(path)));
      case Permission.Net(Endpoint.Unix(var path)) ->
          Optional.of(new Permission.Net(new Endpoint.Unix(realPath(path))));
      case Permission.Listen(Endpoint.Unix(var path)) ->
          Optional.of(new Permission.Listen(new Endpoint.Unix(realPath(path))));
      case Permission.Exec(var program) when program.startsWith("/") ->
          Optional.of(new Permission.Exec(realProgram(Path.of(program)).toString()));
      case Permission.Exec _,
          Permission.Net _,
          Permission.Listen _,
          Permission.Intent _,
          Permission.Env _,
          Permission.Secret _,
          Permission.All _ ->
          Optional.empty();
    };
  }

  static Path realPath(Path path) {
    try {
      return RealPath.of(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  // A program's own name is kept: one file that is many programs asks how it was called.
  static Path realProgram(Path path) {
    try {
      return RealPath.ofItself(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static HearthException failure(Path path, IOException e) {
    return new HearthException(
            FileError.FAILED,
            VisibleText.of(path),
            VisibleText.of(Objects.requireNonNullElse(e.getMessage(), "the system refused")))
        .causedBy(e);
  }

  /** What all gates of a run share. */
  private record Run(
      Limits limits,
      Audit audit,
      ClosedFolders closed,
      ConcurrentHashMap<String, Slots> slots,
      Optional<Crossings> crossings) {}
}
