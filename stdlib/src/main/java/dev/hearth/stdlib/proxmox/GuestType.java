package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a guest is, with what is said when it is not there. */
enum GuestType {
  @JsonProperty("qemu")
  VM(
      "qemu",
      ProxmoxError.VM_NOT_FOUND,
      ProxmoxError.VM_NAME_NOT_FOUND,
      ProxmoxError.VM_NAME_AMBIGUOUS,
      "List the VMs with `pve.vms.list()`; %d is the closest."),
  @JsonProperty("lxc")
  CONTAINER(
      "lxc",
      ProxmoxError.CT_NOT_FOUND,
      ProxmoxError.CT_NAME_NOT_FOUND,
      ProxmoxError.CT_NAME_AMBIGUOUS,
      "List the containers with `pve.cts.list()`; %d is the closest.");

  private final String word;
  private final ProxmoxError notFound;
  private final ProxmoxError nameNotFound;
  private final ProxmoxError nameAmbiguous;
  private final String closest;

  GuestType(
      String word,
      ProxmoxError notFound,
      ProxmoxError nameNotFound,
      ProxmoxError nameAmbiguous,
      String closest) {
    this.word = word;
    this.notFound = notFound;
    this.nameNotFound = nameNotFound;
    this.nameAmbiguous = nameAmbiguous;
    this.closest = closest;
  }

  /** The type that was named; a VM when none was. */
  static GuestType of(@Nullable GuestType named) {
    return named == null ? VM : named;
  }

  /** As paths and lists of the API have it. */
  String word() {
    return word;
  }

  ProxmoxError notFound() {
    return notFound;
  }

  ProxmoxError nameNotFound() {
    return nameNotFound;
  }

  ProxmoxError nameAmbiguous() {
    return nameAmbiguous;
  }

  /** The hint that names the guest whose id is nearest. */
  String closest(long vmid) {
    return String.format(Locale.ROOT, closest, vmid);
  }
}
