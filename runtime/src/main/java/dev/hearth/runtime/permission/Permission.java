package dev.hearth.runtime.permission;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing, or one family of things, that a recipe may be allowed to do.
 *
 * <p>{@code toString} gives its one canonical form, the same in flags (behind {@code --allow-}), in
 * {@link dev.hearth.runtime.RunRequest#grants}, prompts and the audit record; {@link
 * PermissionParser} reads it. The same type is what is granted ({@code net=*.debian.org:443}) and
 * what is asked for at the gate ({@code net=cloud.debian.org:443}).
 */
public sealed interface Permission {
  /**
   * To use a system through its binding: {@code proxmox:read}, {@code proxmox=lab:write}.
   *
   * @param connection which one; empty for all connections of the binding
   * @param access {@link Access#WRITE} includes reading
   */
  record Intent(String binding, Optional<String> connection, Access access) implements Permission {
    @Override
    public String toString() {
      return binding + connection.map(name -> "=" + name).orElse("") + ":" + access;
    }
  }

  /** To connect: {@code net=cloud.debian.org:443}, {@code net=unix:/run/docker.sock}. */
  record Net(Endpoint endpoint) implements Permission {
    @Override
    public String toString() {
      return "net=" + endpoint;
    }
  }

  /** To be connected to: {@code listen=127.0.0.1:8080}. */
  record Listen(Endpoint endpoint) implements Permission {
    @Override
    public String toString() {
      return "listen=" + endpoint;
    }
  }

  /**
   * To read a file, or a folder and all below it.
   *
   * @param path absolute and normalised
   */
  record Read(Path path) implements Permission {
    @Override
    public String toString() {
      return "read=" + path;
    }
  }

  /**
   * To create, change and delete a file, or a folder and all below it. Does not include reading.
   *
   * @param path absolute and normalised
   */
  record Write(Path path) implements Permission {
    @Override
    public String toString() {
      return "write=" + path;
    }
  }

  /**
   * To run a program, which may then do all that the user may do.
   *
   * @param program a name that is looked up on PATH, or an absolute normalised path
   */
  record Exec(String program) implements Permission {
    @Override
    public String toString() {
      return "exec=" + program;
    }
  }

  /**
   * To see an environment variable.
   *
   * @param name a name, or the begin of names and {@code *}
   */
  record Env(String name) implements Permission {
    @Override
    public String toString() {
      return "env=" + name;
    }
  }

  /** To use one of the user's secrets. */
  record Secret(String name) implements Permission {
    @Override
    public String toString() {
      return "secret=" + name;
    }
  }

  /** Everything that can be granted; {@code all}. Hearth's own files cannot. */
  record All() implements Permission {
    @Override
    public String toString() {
      return "all";
    }
  }

  /** Whether who has this may do all of {@code other}. */
  default boolean covers(Permission other) {
    return switch (this) {
      case All() -> true;
      case Intent(var binding, var connection, var access) ->
          other instanceof Intent that
              && binding.equals(that.binding)
              && (connection.isEmpty() || connection.equals(that.connection))
              && access.covers(that.access);
      case Net(var endpoint) -> other instanceof Net(var that) && endpoint.covers(that);
      case Listen(var endpoint) -> other instanceof Listen(var that) && endpoint.covers(that);
      case Read(var path) -> other instanceof Read(var that) && that.startsWith(path);
      case Write(var path) -> other instanceof Write(var that) && that.startsWith(path);
      case Exec _, Secret _ -> equals(other);
      case Env(var name) ->
          other instanceof Env(var that)
              && (name.endsWith("*")
                  ? that.startsWith(name.substring(0, name.length() - 1))
                  : that.equals(name));
    };
  }

  /** What both allow; empty when nothing is. Never more than either. */
  default Optional<Permission> meet(Permission other) {
    if (covers(other)) {
      return Optional.of(other);
    }
    if (other.covers(this)) {
      return Optional.of(this);
    }
    return switch (this) {
      case Intent a when other instanceof Intent b -> meet(a, b);
      case Net(var a) when other instanceof Net(var b) -> a.meet(b).map(Net::new);
      case Listen(var a) when other instanceof Listen(var b) -> a.meet(b).map(Listen::new);
      default -> Optional.empty();
    };
  }

  private static Optional<Permission> meet(Intent a, Intent b) {
    var connection = a.connection.or(b::connection);
    if (!a.binding.equals(b.binding)
        || (b.connection.isPresent() && !connection.equals(b.connection))) {
      return Optional.empty();
    }
    var access = a.access.covers(b.access) ? b.access : a.access;
    return Optional.of(new Intent(a.binding, connection, access));
  }

  /** The command-line flag that grants it, quoted for a shell where it must be. */
  default String flag() {
    var flag = "--allow-" + this;
    return flag.matches("[A-Za-z0-9_./:=@%+,-]+") ? flag : "'" + flag.replace("'", "'\\''") + "'";
  }

  /** The line that declares it in a recipe's {@code permissions}. */
  default String declaration() {
    return switch (this) {
      case All() -> "all: true";
      case Intent(var binding, var connection, var access) ->
          quotedKey(binding)
              + ": "
              + connection
                  .map(name -> "{ " + quotedKey(name) + ": '" + access + "' }")
                  .orElse("'" + access + "'");
      case Net(var endpoint) -> "net: [" + quoted(endpoint) + "]";
      case Listen(var endpoint) -> "listen: [" + quoted(endpoint) + "]";
      case Read(var path) -> "read: [" + quoted(path) + "]";
      case Write(var path) -> "write: [" + quoted(path) + "]";
      case Exec(var program) -> "exec: [" + quoted(program) + "]";
      case Env(var name) -> "env: [" + quoted(name) + "]";
      case Secret(var name) -> "secret: [" + quoted(name) + "]";
    };
  }

  private static String quoted(Object text) {
    return "'" + text.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String quotedKey(String key) {
    return key.matches("[A-Za-z_$][A-Za-z0-9_$]*") ? key : quoted(key);
  }

  /** What is asked for when it is one thing, as the rest of "may not …"; safe to show. */
  default String request() {
    return switch (this) {
      case Read(var path) -> "read `" + VisibleText.of(path) + "`";
      case Write(var path) -> "change `" + VisibleText.of(path) + "`";
      case Exec(var program) -> "run `" + VisibleText.of(program) + "`";
      case Intent _, Net _, Listen _, Env _, Secret _, All _ -> words();
    };
  }

  /** What it allows, in the user's words, as the rest of "allow it to …"; safe to show. */
  default String words() {
    return switch (this) {
      case All() -> "do everything that you may do on this machine";
      case Intent(var binding, var connection, var access) ->
          (access == Access.WRITE ? "change " : "read from ")
              + binding
              + connection.map(name -> " through connection `" + name + "`").orElse("");
      case Net(Endpoint.Tcp(HostPattern.Any(), var port)) ->
          "connect to every public host"
              + (port == Endpoint.ANY_PORT ? " on every port" : " on port " + port);
      case Net(var endpoint) -> "connect to " + VisibleText.of(endpoint);
      case Listen(var endpoint) -> "wait for connections on " + VisibleText.of(endpoint);
      case Read(var path) -> "read `" + VisibleText.of(path) + "` and all below it";
      case Write(var path) ->
          "create, change and delete `" + VisibleText.of(path) + "` and all below it";
      case Exec(var program) ->
          "run `" + VisibleText.of(program) + "`, which may do everything that you may do";
      case Env(var name) when name.endsWith("*") ->
          "see every environment variable that begins with `"
              + VisibleText.of(name.substring(0, name.length() - 1))
              + "`";
      case Env(var name) -> "see the environment variable `" + VisibleText.of(name) + "`";
      case Secret(var name) -> "use the secret `" + VisibleText.of(name) + "`";
    };
  }
}
