package dev.hearth.stdlib.proxmox.sim.task;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The unique id of a task.
 *
 * @param pid the worker's process id
 * @param pstart when the process started, in hundredths of a second since the node's boot
 * @param starttime when the process started, in seconds since 1970
 * @param type what it does, such as {@code qmcreate}
 * @param id what it does that to, such as a VM's id; may be empty
 * @param user who asked for it: {@code user@realm} or {@code user@realm!token}
 */
public record Upid(
    String node, long pid, long pstart, long starttime, String type, String id, String user) {
  private static final Pattern FORM =
      Pattern.compile(
          "UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):"
              + "([0-9A-Fa-f]{8}):([^:\\s]+):([^:\\s]*):([^:\\s]+):");

  /** Reads a UPID; refuses what is none as Proxmox does, naming the parameter. */
  public static Upid parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw Refusal.parameter("upid", "unable to parse worker upid");
    }
    return new Upid(
        match.group(1),
        Long.parseLong(match.group(2), 16),
        Long.parseLong(match.group(3), 16),
        Long.parseLong(match.group(4), 16),
        match.group(5),
        match.group(6),
        match.group(7));
  }

  /** The user without the token. */
  public String userid() {
    int bang = user.indexOf('!');
    return bang < 0 ? user : user.substring(0, bang);
  }

  /** The token's name, if a token asked for it. */
  public @Nullable String tokenid() {
    int bang = user.indexOf('!');
    return bang < 0 ? null : user.substring(bang + 1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "UPID:%s:%08X:%08X:%08X:%s:%s:%s:",
        node,
        pid,
        pstart,
        starttime,
        type,
        id,
        user);
  }
}
