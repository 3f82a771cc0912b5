package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hearth.stdlib.proxmox.config.Hotplug;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a guest is, with what is said when it is not there. */
enum GuestType {
  @JsonProperty("qemu")
  VM(
      "qemu",
      "name",
      "VM",
      ProxmoxError.VM_NOT_FOUND,
      ProxmoxError.VM_NAME_NOT_FOUND,
      ProxmoxError.VM_NAME_AMBIGUOUS,
      "List the VMs with `pve.vms.list()`; %d is the closest."),
  @JsonProperty("lxc")
  CONTAINER(
      "lxc",
      "hostname",
      "container",
      ProxmoxError.CT_NOT_FOUND,
      ProxmoxError.CT_NAME_NOT_FOUND,
      ProxmoxError.CT_NAME_AMBIGUOUS,
      "List the containers with `pve.cts.list()`; %d is the closest.");

  private final String word;
  private final String nameKey;
  private final String noun;
  private final ProxmoxError notFound;
  private final ProxmoxError nameNotFound;
  private final ProxmoxError nameAmbiguous;
  private final String closest;

  GuestType(
      String word,
      String nameKey,
      String noun,
      ProxmoxError notFound,
      ProxmoxError nameNotFound,
      ProxmoxError nameAmbiguous,
      String closest) {
    this.word = word;
    this.nameKey = nameKey;
    this.noun = noun;
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

  /** The key of its configuration that names it. */
  String nameKey() {
    return nameKey;
  }

  /** For people: {@code a VM}. */
  String noun() {
    return "a " + noun;
  }

  /** For people, at the beginning of a sentence: {@code VM 100}. */
  String label(long vmid) {
    return (this == VM ? noun : "Container") + " " + vmid;
  }

  /** What the configuration of one may hold, in a major version of Proxmox VE. */
  KeyTable keys(int major) {
    return this == VM ? QemuKeys.ofVersion(major) : LxcKeys.ofVersion(major);
  }

  /** What a running one takes at once. */
  Hotplug hotplug(Map<String, String> config, KeyTable keys) {
    return this == VM ? Hotplug.ofVm(config, keys) : Hotplug.ofContainer(config);
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
