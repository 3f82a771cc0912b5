package dev.hearth.stdlib.proxmox.sim.storage;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One volume. What is in it is not kept, only what can be asked about it.
 *
 * @param name what follows {@code STORAGE:} in its id, such as {@code 100/vm-100-disk-0.qcow2}
 * @param content {@code images}, {@code rootdir}, {@code iso}, {@code vztmpl}, {@code import} …
 * @param format {@code raw}, {@code qcow2} …
 * @param vmid the guest it belongs to
 * @param virtualBytes the size of the disk that a guest sees; for other files their length
 * @param fileBytes the length of the file
 * @param usedBytes the space it takes
 * @param ctime when it was made, in seconds since 1970
 * @param parent the volume name it is a linked clone of
 * @param digests of the file, by algorithm ({@code md5} … {@code sha512}); empty for guests' disks
 * @param snapshots names of snapshots within the volume
 * @param notes what somebody wrote about it
 * @param isProtected whether it is kept from being removed
 * @param label of a disc that somebody brought
 * @param archive what can be restored from it, if it is a backup
 */
public record Volume(
    String name,
    String content,
    String format,
    @Nullable Integer vmid,
    long virtualBytes,
    long fileBytes,
    long usedBytes,
    long ctime,
    @Nullable String parent,
    Map<String, String> digests,
    Set<String> snapshots,
    @Nullable String notes,
    boolean isProtected,
    @Nullable String label,
    @Nullable Archive archive) {
  public Volume {
    digests = Map.copyOf(digests);
    snapshots = Set.copyOf(snapshots);
  }

  /** A guest's disk without anything on it. */
  public static Volume disk(String name, String format, int vmid, long virtualBytes, long ctime) {
    var disk = new Draft(name, "images", format, ctime);
    disk.vmid = vmid;
    disk.virtualBytes = virtualBytes;
    disk.fileBytes = virtualBytes;
    return disk.volume();
  }

  /** A file that somebody brought: an ISO image, a disk image to import, a template. */
  public static Volume file(
      String name, String content, String format, FileFacts facts, long ctime) {
    var file = new Draft(name, content, format, ctime);
    file.virtualBytes = facts.virtualBytes();
    file.fileBytes = facts.bytes();
    file.usedBytes = blocks(facts.usedBytes());
    file.digests = facts.digests();
    file.label = facts.label();
    return file.volume();
  }

  /** A backup of a guest. */
  public static Volume backup(String name, int vmid, Archive archive, long bytes, long ctime) {
    var backup = new Draft(name, "backup", "raw", ctime);
    backup.vmid = vmid;
    backup.virtualBytes = Math.max(512, (bytes + 511) / 512 * 512); // as qemu-img measures it
    backup.fileBytes = bytes;
    backup.usedBytes = blocks(bytes);
    backup.archive = archive;
    return backup.volume();
  }

  /** The same volume under another name, perhaps of another guest. */
  public Volume named(String newName, @Nullable Integer newVmid, @Nullable String newParent) {
    return changed(
        draft -> {
          draft.name = newName;
          draft.vmid = newVmid;
          draft.parent = newParent;
        });
  }

  /** The same volume with another size for guests. */
  public Volume sized(long newVirtualBytes) {
    return changed(
        draft -> {
          draft.virtualBytes = newVirtualBytes;
          draft.fileBytes = newVirtualBytes;
        });
  }

  /** The same volume taking more or less space. */
  public Volume using(long newUsedBytes) {
    return changed(draft -> draft.usedBytes = newUsedBytes);
  }

  /** The same volume with these snapshots. */
  public Volume with(Set<String> newSnapshots) {
    return changed(draft -> draft.snapshots = newSnapshots);
  }

  /** The same volume with other notes. */
  public Volume noted(@Nullable String newNotes, boolean protect) {
    return changed(
        draft -> {
          draft.notes = newNotes;
          draft.isProtected = protect;
        });
  }

  private static long blocks(long bytes) {
    return (bytes + 4095) / 4096 * 4096;
  }

  private Volume changed(Consumer<Draft> change) {
    var draft = new Draft(name, content, format, ctime);
    draft.vmid = vmid;
    draft.virtualBytes = virtualBytes;
    draft.fileBytes = fileBytes;
    draft.usedBytes = usedBytes;
    draft.parent = parent;
    draft.digests = digests;
    draft.snapshots = snapshots;
    draft.notes = notes;
    draft.isProtected = isProtected;
    draft.label = label;
    draft.archive = archive;
    change.accept(draft);
    return draft.volume();
  }

  /** A volume in the making. */
  private static final class Draft {
    private final String content;
    private final String format;
    private final long ctime;
    private String name;
    private @Nullable Integer vmid;
    private long virtualBytes;
    private long fileBytes;
    private long usedBytes;
    private @Nullable String parent;
    private Map<String, String> digests = Map.of();
    private Set<String> snapshots = Set.of();
    private @Nullable String notes;
    private boolean isProtected;
    private @Nullable String label;
    private @Nullable Archive archive;

    Draft(String name, String content, String format, long ctime) {
      this.name = name;
      this.content = content;
      this.format = format;
      this.ctime = ctime;
    }

    Volume volume() {
      return new Volume(
          name,
          content,
          format,
          vmid,
          virtualBytes,
          fileBytes,
          usedBytes,
          ctime,
          parent,
          digests,
          snapshots,
          notes,
          isProtected,
          label,
          archive);
    }
  }
}
