package dev.hearth.stdlib.proxmox.sim.storage;

import java.util.Map;
import java.util.Set;
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
    return new Volume(
        name,
        "images",
        format,
        vmid,
        virtualBytes,
        virtualBytes,
        0,
        ctime,
        null,
        Map.of(),
        Set.of(),
        null,
        false,
        null,
        null);
  }

  /** A file that somebody brought: an ISO image, a disk image to import, a template. */
  public static Volume file(
      String name, String content, String format, FileFacts facts, long ctime) {
    return new Volume(
        name,
        content,
        format,
        null,
        facts.virtualBytes(),
        facts.bytes(),
        blocks(facts.usedBytes()),
        ctime,
        null,
        facts.digests(),
        Set.of(),
        null,
        false,
        facts.label(),
        null);
  }

  /** A backup of a guest. */
  public static Volume backup(String name, int vmid, Archive archive, long bytes, long ctime) {
    long whole = Math.max(512, (bytes + 511) / 512 * 512); // as qemu-img measures any file
    return new Volume(
        name,
        "backup",
        "raw",
        vmid,
        whole,
        bytes,
        blocks(bytes),
        ctime,
        null,
        Map.of(),
        Set.of(),
        null,
        false,
        null,
        archive);
  }

  /** The same volume under another name, perhaps of another guest. */
  public Volume named(String newName, @Nullable Integer newVmid, @Nullable String newParent) {
    return new Volume(
        newName,
        content,
        format,
        newVmid,
        virtualBytes,
        fileBytes,
        usedBytes,
        ctime,
        newParent,
        digests,
        snapshots,
        notes,
        isProtected,
        label,
        archive);
  }

  /** The same volume with another size for guests. */
  public Volume sized(long newVirtualBytes) {
    return new Volume(
        name,
        content,
        format,
        vmid,
        newVirtualBytes,
        newVirtualBytes,
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

  /** The same volume taking more or less space. */
  public Volume using(long newUsedBytes) {
    return new Volume(
        name,
        content,
        format,
        vmid,
        virtualBytes,
        fileBytes,
        newUsedBytes,
        ctime,
        parent,
        digests,
        snapshots,
        notes,
        isProtected,
        label,
        archive);
  }

  /** The same volume with these snapshots. */
  public Volume with(Set<String> newSnapshots) {
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
        newSnapshots,
        notes,
        isProtected,
        label,
        archive);
  }

  /** The same volume with other notes. */
  public Volume noted(@Nullable String newNotes, boolean protect) {
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
        newNotes,
        protect,
        label,
        archive);
  }

  private static long blocks(long bytes) {
    return (bytes + 4095) / 4096 * 4096;
  }
}
