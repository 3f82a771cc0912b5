package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * The files of a host, by SFTP. A path that does not begin with a slash begins where a login
 * begins; {@code ~/} means the same. Safe from any thread, and what many threads ask for is on its
 * way at the same time.
 *
 * <p>Every method blocks and fails with a {@link HearthException} whose code is a {@link
 * RemoteFileError} or an {@link SshError}.
 */
public final class RemoteFiles implements AutoCloseable {
  /** What one request carries: every server must take it, and larger ones are no faster. */
  private static final int CHUNK = 32 * 1024;

  private final SshSession session;
  private final SftpClient sftp;

  RemoteFiles(SshSession session, SftpClient sftp) {
    this.session = session;
    this.sftp = sftp;
  }

  /** A name in a folder and what stands there; a link is told as one. */
  public record Entry(String name, RemoteStat stat) {}

  public boolean isOpen() {
    return sftp.isOpen() && session.isOpen();
  }

  /** What stands at a path, behind links; empty when nothing does. */
  public Optional<RemoteStat> stat(String path) {
    return ifThere(path, asked -> RemoteStat.of(sftp.stat(asked)));
  }

  /** What stands at a path, a link told as one; empty when nothing does. */
  public Optional<RemoteStat> statItself(String path) {
    return ifThere(path, asked -> RemoteStat.of(sftp.lstat(asked)));
  }

  private <T> Optional<T> ifThere(String path, Action<T> action) {
    try {
      return Optional.of(attempt(path, action));
    } catch (HearthException e) {
      if (e.code() == RemoteFileError.FILE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What is in a folder, sorted by name. A name that could lead out of the folder is refused. */
  public List<Entry> list(String folder) {
    return attempt(
        folder,
        asked -> {
          var entries = new ArrayList<Entry>();
          for (var entry : sftp.readEntries(asked)) {
            var name = entry.getFilename();
            if (!name.equals(".") && !name.equals("..")) {
              entries.add(new Entry(checked(folder, name), RemoteStat.of(entry.getAttributes())));
            }
          }
          entries.sort(Comparator.comparing(Entry::name));
          return entries;
        });
  }

  private String checked(String folder, String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new HearthException(
          RemoteFileError.NAME_REFUSED,
          session.target().name(),
          VisibleText.of(folder),
          VisibleText.of(name));
    }
    return name;
  }

  /** The content of a file, which the caller closes; a folder has none. */
  public InputStream open(String file) {
    return attempt(
        file,
        asked -> {
          if (RemoteStat.of(sftp.stat(asked)).isFolder()) {
            throw new SftpException(SftpConstants.SSH_FX_FAILURE, "it is a folder");
          }
          return sftp.read(asked, CHUNK);
        });
  }

  /**
   * Replaces or creates a file at once: nobody there sees half of it. A file that is replaced keeps
   * its mode, and its owner where that can be; a link is followed.
   *
   * @param mode empty: that of the file that is replaced, or what a new one gets there
   */
  public RemoteReplacement replace(String file, Optional<FileMode> mode) {
    return RemoteReplacement.begin(this, requirePath(file), mode);
  }

  OutputStream create(String path) {
    return attempt(
        path,
        asked ->
            sftp.write(
                asked,
                CHUNK,
                Set.of(
                    SftpClient.OpenMode.Create,
                    SftpClient.OpenMode.Exclusive,
                    SftpClient.OpenMode.Write)));
  }

  /** Puts a file in the place of another; at once, where the server can. */
  void moveOver(String from, String to) {
    attempt(
        to,
        asked -> {
          var rename = sftp.getExtension(OpenSSHPosixRenameExtension.class);
          if (rename != null && rename.isSupported()) {
            rename.posixRename(from, asked);
          } else {
            if (stat(to).isPresent()) {
              sftp.remove(asked);
            }
            sftp.rename(from, asked);
          }
          return asked;
        });
  }

  /** Makes a folder and those above it; one that is already there is kept. */
  public void makeFolders(String folder) {
    var path = requirePath(folder);
    if (stat(path).filter(RemoteStat::isFolder).isPresent()) {
      return;
    }
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      makeFolders(path.substring(0, slash));
    }
    try {
      attempt(path, this::makeFolder);
    } catch (HearthException e) {
      if (stat(path).filter(RemoteStat::isFolder).isEmpty()) { // else another was quicker
        throw e;
      }
    }
  }

  private String makeFolder(String path) throws IOException {
    sftp.mkdir(path);
    return path;
  }

  /** Deletes a file or a link; nothing happens when it is not there. */
  public void delete(String file) {
    var _ =
        ifThere(
            file,
            asked -> {
              sftp.remove(asked);
              return asked;
            });
  }

  /** Deletes an empty folder; nothing happens when it is not there. */
  public void deleteFolder(String folder) {
    var _ =
        ifThere(
            folder,
            asked -> {
              sftp.rmdir(asked);
              return asked;
            });
  }

  /** Changes who may read, write and execute what stands at a path. */
  public void setMode(String path, FileMode mode) {
    set(path, new SftpClient.Attributes().perms(mode.bits()));
  }

  /** Changes when the content of what stands at a path is said to have changed. */
  public void setModified(String path, Instant modified) {
    var time = FileTime.from(modified);
    set(path, new SftpClient.Attributes().modifyTime(time).accessTime(time));
  }

  void setOwner(String path, int uid, int gid) {
    set(path, new SftpClient.Attributes().owner(uid, gid));
  }

  private void set(String path, SftpClient.Attributes attributes) {
    attempt(
        path,
        asked -> {
          sftp.setStat(asked, attributes);
          return asked;
        });
  }

  /** The path without any link in it. */
  public String realPath(String path) {
    return attempt(path, sftp::canonicalPath);
  }

  static String requirePath(String path) {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new HearthException(RemoteFileError.PATH_MALFORMED, VisibleText.of(path));
    }
    if (path.equals("~")) {
      return ".";
    }
    var bare = path.startsWith("~/") ? path.substring(2) : path;
    while (bare.length() > 1 && bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    return bare.isEmpty() ? "." : bare;
  }

  @FunctionalInterface
  interface Action<T> {
    T perform(String path) throws IOException;
  }

  private <T> T attempt(String path, Action<T> action) {
    try {
      return action.perform(requirePath(path));
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** What went wrong with a file, also where its streams say so. */
  public HearthException failure(String path, IOException e) {
    var host = session.target().name();
    if (e instanceof InterruptedIOException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return new HearthException(SshError.INTERRUPTED, host).causedBy(e);
    }
    if (!(e instanceof SftpException said)) {
      return isOpen() ? failed(path, e) : session.lost(e);
    }
    return switch (said.getStatus()) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
          new HearthException(RemoteFileError.FILE_NOT_FOUND, VisibleText.of(path), host)
              .causedBy(e);
      case SftpConstants.SSH_FX_PERMISSION_DENIED ->
          new HearthException(
                  RemoteFileError.FILE_DENIED, VisibleText.of(path), host, session.target().user())
              .causedBy(e);
      default -> failed(path, e);
    };
  }

  private HearthException failed(String path, IOException e) {
    var reason = VisibleText.of(Objects.requireNonNullElse(e.getMessage(), "it refused"));
    return new HearthException(
            RemoteFileError.FILE_FAILED, VisibleText.of(path), session.target().name(), reason)
        .causedBy(e);
  }

  @Override
  public void close() {
    try {
      sftp.close();
    } catch (IOException e) {
      // The connection is gone, and the channel with it.
    }
  }
}
