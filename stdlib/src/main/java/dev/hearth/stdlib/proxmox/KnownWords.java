package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Proxmox says where it says it in words only: behind a status 500, and as the end of a task.
 * The one place in which texts are searched; each case is tested with the words of a real server.
 */
final class KnownWords {
  /** How to read one sentence; the groups of the pattern are the arguments of the code. */
  private record Case(Pattern pattern, ErrorCode code) {
    static Case of(String pattern, ErrorCode code) {
      return new Case(Pattern.compile(pattern), code);
    }
  }

  private static final List<Case> CASES =
      List.of(
          Case.of(
              "Configuration file 'nodes/[^/']+/qemu-server/(\\d+)\\.conf' does not exist",
              ProxmoxError.VM_NOT_FOUND),
          Case.of(
              "unable to find configuration file for VM (\\d+) on node", ProxmoxError.VM_NOT_FOUND),
          Case.of(
              "unable to create VM (\\d+)(?: - (?:VM|CT) \\d+ already exists|: config file already)",
              ProxmoxError.VM_EXISTS),
          Case.of(
              "Configuration file 'nodes/[^/']+/lxc/(\\d+)\\.conf' does not exist",
              ProxmoxError.CT_NOT_FOUND),
          Case.of("^VM (\\d+) already exists on node", ProxmoxError.VM_EXISTS),
          Case.of("^CT (\\d+) already exists on node", ProxmoxError.CT_EXISTS),
          Case.of("CT (\\d+) (?:already|- container is) running", ProxmoxError.CT_RUNNING),
          Case.of("CT (\\d+) not running", ProxmoxError.CT_NOT_RUNNING),
          Case.of("you can't start a CT if it's a template", ProxmoxError.CT_IS_TEMPLATE),
          Case.of(
              "unable to restore VM (\\d+) - (?:VM|CT) \\d+ already exists",
              ProxmoxError.VM_EXISTS),
          Case.of(
              "unable to restore CT (\\d+) - (?:VM|CT) \\d+ already exists",
              ProxmoxError.CT_EXISTS),
          Case.of("unable to restore VM (\\d+) - vm is running", ProxmoxError.VM_RUNNING),
          Case.of("unable to restore CT (\\d+) - container is running", ProxmoxError.CT_RUNNING),
          Case.of(
              "volume_size_info on '([^']+)' failed - no format", ProxmoxError.VOLUME_NOT_FOUND),
          Case.of("VM (\\d+) is running", ProxmoxError.VM_RUNNING),
          Case.of("VM (\\d+) (?:is )?not running", ProxmoxError.VM_NOT_RUNNING),
          Case.of("you can't start a vm if it's a template", ProxmoxError.VM_IS_TEMPLATE),
          Case.of("you can't convert a template to a template", ProxmoxError.VM_IS_TEMPLATE),
          Case.of("storage '([^']+)' does not exist", ProxmoxError.STORAGE_NOT_FOUND),
          Case.of("no such user \\('([^']+)'\\)", ProxmoxError.USER_NOT_FOUND),
          Case.of("group '([^']+)' does not exist", ProxmoxError.GROUP_NOT_FOUND),
          Case.of("role '([^']+)' does not exist", ProxmoxError.ROLE_NOT_FOUND),
          Case.of("no such token '([^']+)' for user '([^']+)'", ProxmoxError.TOKEN_NOT_FOUND),
          Case.of("domain '([^']+)' does not exist", ProxmoxError.REALM_NOT_FOUND),
          Case.of("(?<!of )pool '([^']+)' does not exist", ProxmoxError.POOL_NOT_FOUND),
          Case.of("pool '([^']+)' is not empty \\(contains (.+)\\)", ProxmoxError.POOL_NOT_EMPTY),
          Case.of("(user|group|role|pool) '([^']+)' already exists", ProxmoxError.EXISTS),
          Case.of("(storage) ID '([^']+)' already defined", ProxmoxError.EXISTS),
          Case.of("volume '([^']+)' does not exist", ProxmoxError.VOLUME_NOT_FOUND),
          Case.of("cannot remove protected volume '([^']+)'", ProxmoxError.VOLUME_PROTECTED),
          Case.of("hostname lookup '([^']+)' failed", ProxmoxError.NODE_NOT_FOUND),
          Case.of("no such cluster node '([^']+)'", ProxmoxError.NODE_NOT_FOUND),
          Case.of("QEMU guest agent is not running", ProxmoxError.AGENT_NOT_RUNNING),
          Case.of("No QEMU guest agent configured", ProxmoxError.AGENT_NOT_CONFIGURED),
          Case.of("refusing to override existing file '([^']+)'", ProxmoxError.VOLUME_EXISTS),
          Case.of("(checksum mismatch: got .*)", ProxmoxError.CHECKSUM_WRONG),
          Case.of(
              "(base volume '[^']+') is still in use by linked clone",
              ProxmoxError.TEMPLATE_IN_USE),
          Case.of("cluster not ready - no quorum", ProxmoxError.NO_QUORUM));

  private static final Pattern CONTENTION =
      Pattern.compile(
          "^(?:VM|CT) is locked \\(|can't lock file .* - got timeout"
              + "|cfs-lock .* got (?:lock request )?timeout|can't acquire lock .* - got timeout");
  private static final Pattern CHANGED =
      Pattern.compile("checksum mismatch \\(file change|^detected modified configuration");
  private static final Pattern PRIVILEGE =
      Pattern.compile("Permission check failed \\((/[^,()]*), ([A-Za-z.|]+)\\)");

  private KnownWords() {}

  /** The failure that {@code words} are known for. */
  static Optional<HearthException> failure(String words) {
    for (var known : CASES) {
      var matcher = known.pattern.matcher(words);
      if (matcher.find()) {
        var arguments = new Object[matcher.groupCount()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = String.valueOf(matcher.group(i + 1));
        }
        return Optional.of(new HearthException(known.code, arguments));
      }
    }
    return Optional.empty();
  }

  /** Whether somebody else holds what is needed, so that nothing was done and waiting helps. */
  static boolean isContention(String words) {
    return CONTENTION.matcher(words).find();
  }

  /** Whether a digest did not fit. */
  static boolean isChanged(String words) {
    return CHANGED.matcher(words).find();
  }

  /** The path and the privileges (one of them is enough) that a status 403 names. */
  static Optional<MissingPrivilege> privilege(String words) {
    var matcher = PRIVILEGE.matcher(words);
    return matcher.find()
        ? Optional.of(new MissingPrivilege(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /**
   * What is not allowed.
   *
   * @param path such as {@code /vms/100}
   * @param privileges one name, or several with {@code |} between them
   */
  record MissingPrivilege(String path, String privileges) {
    /** The privileges, any of which is enough. */
    List<String> names() {
      return List.of(privileges.split("\\|", -1));
    }

    /** What lacks, as a sentence says it. */
    String words() {
      var quoted = names().stream().map(name -> "`" + name + "`").toList();
      return quoted.size() == 1
          ? "lacks the privilege " + quoted.getFirst()
          : "has none of the privileges " + String.join(", ", quoted);
    }
  }
}
