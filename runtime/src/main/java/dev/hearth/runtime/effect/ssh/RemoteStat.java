package dev.hearth.runtime.effect.ssh;

import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import java.time.Instant;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;

/**
 * What stands at a path of a host.
 *
 * @param sizeBytes the length of a file's content; without meaning for others
 * @param modified when its content last changed, in whole seconds
 * @param uid the number of its owner there
 * @param gid the number of its group there
 */
public record RemoteStat(
    FileStat.Type type, long sizeBytes, Instant modified, FileMode mode, int uid, int gid) {
  public boolean isFile() {
    return type == FileStat.Type.FILE;
  }

  public boolean isFolder() {
    return type == FileStat.Type.FOLDER;
  }

  static RemoteStat of(SftpClient.Attributes told) {
    var modified = told.getModifyTime();
    return new RemoteStat(
        type(told),
        told.getSize(),
        modified == null ? Instant.EPOCH : modified.toInstant(),
        new FileMode(told.getPermissions() & 0777),
        told.getUserId(),
        told.getGroupId());
  }

  private static FileStat.Type type(SftpClient.Attributes told) {
    return switch (told.getType()) {
      case SftpConstants.SSH_FILEXFER_TYPE_REGULAR -> FileStat.Type.FILE;
      case SftpConstants.SSH_FILEXFER_TYPE_DIRECTORY -> FileStat.Type.FOLDER;
      case SftpConstants.SSH_FILEXFER_TYPE_SYMLINK -> FileStat.Type.LINK;
      default -> FileStat.Type.OTHER;
    };
  }
}
