package dev.hearth.stdlib.proxmox.sim.access;

/**
 * One line of the access control list.
 *
 * @param path what it is about, normalised: {@code /vms/100}
 * @param type whom it is about: {@code user}, {@code group} or {@code token}
 * @param ugid their id
 * @param propagate whether it also holds below the path
 */
public record AclEntry(String path, String type, String ugid, String roleid, boolean propagate) {
  boolean sameAs(AclEntry other) {
    return path.equals(other.path)
        && type.equals(other.type)
        && ugid.equals(other.ugid)
        && roleid.equals(other.roleid);
  }
}
