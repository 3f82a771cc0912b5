package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which working with a Proxmox VE fails on purpose. */
enum ProxmoxError implements ErrorCode {
  // ---- How to reach it
  URL_WRONG(
      ErrorKind.USAGE,
      "`%s` is not the address of a Proxmox VE.",
      "Write it as `https://HOST:8006`, without a path."),
  CREDENTIALS_MISSING(
      ErrorKind.USAGE,
      "The connection `%s` has no credentials.",
      "Give it a token, or a user with its realm and a password."),
  TOKEN_MALFORMED(
      ErrorKind.USAGE,
      "The token of the connection `%s` does not have the form of one.",
      "Write it as `USER@REALM!TOKENID=UUID`, as `pveum user token add` shows it once."),
  SECOND_FACTOR(
      ErrorKind.SYSTEM,
      "`%s` logs in with a second factor.",
      "Use an API token; no program can answer for a second factor."),
  UNAUTHORIZED(
      ErrorKind.SYSTEM,
      "Proxmox does not accept the credentials of the connection `%s`.",
      "Check that the token or user exists, is enabled and has not expired; a token's secret is"
          + " shown only once."),
  NOT_PROXMOX(
      ErrorKind.SYSTEM,
      "`%s` answered %s with something that is not an answer of Proxmox.",
      "Check that the address leads to the Proxmox VE itself and not to another service or proxy."),
  // ---- What it may do
  PERMISSION(
      ErrorKind.SYSTEM,
      "`%3$s` %2$s on `%1$s`.",
      "As root on a node: `pveum role add ROLE --privs %5$s`, unless a role has it already, and `pveum"
          + " acl modify %1$s --roles ROLE %4$s`; a token with privilege separation needs it besides"
          + " its user."),
  FORBIDDEN(
      ErrorKind.SYSTEM,
      "Proxmox forbids `%s`: %s.",
      "Compare the privileges of the token with `GET /access/permissions`."),
  // ---- What was asked
  PARAMETER(
      ErrorKind.RECIPE,
      "Proxmox does not accept the parameters of `%s`: %s.",
      "Correct the named parameters; their forms stand in the API viewer of Proxmox."),
  PARAMETER_SHAPE(
      ErrorKind.RECIPE,
      "The parameter `%s` is an object, which Proxmox cannot take.",
      "Write it as the text that Proxmox expects, such as `virtio,bridge=vmbr0`."),
  PATH_SEGMENT(
      ErrorKind.RECIPE,
      "`%s` cannot be a part of a path of the API.",
      "Give a plain name or number; `/`, `.`, `..` and control characters are refused."),
  VMID(
      ErrorKind.RECIPE,
      "`%s` is not the id of a VM, which is a whole number.",
      "Find a VM by its name with `pve.vms.get({ name: 'web' })`."),
  NOBODY_SOUGHT(
      ErrorKind.RECIPE,
      "Neither a name nor an id says which guest is meant.",
      "Write `pve.vms.get('web')` or `pve.vms.get(100)`."),
  METHOD(
      ErrorKind.RECIPE,
      "`%s` is not a method of the API of Proxmox.",
      "Use GET, POST, PUT or DELETE."),
  API_MISSING(
      ErrorKind.SYSTEM,
      "This Proxmox has no `%s`.",
      "Check the path, and whether its version has it: `pve.version()`."),
  SCHEMA_MISSING(
      ErrorKind.SYSTEM,
      "`%s` serves no schema of its API, which would tell of it.",
      "Look into the API viewer of Proxmox, at `/pve-docs/api-viewer/` of another server."),
  REFUSED(
      ErrorKind.SYSTEM,
      "Proxmox refused `%s`: %s.",
      "Change what the answer names, then try again."),
  // ---- What is not there, or in the way
  VM_NOT_FOUND(ErrorKind.SYSTEM, "VM %s does not exist.", "List the VMs with `pve.vms.list()`."),
  VM_NAME_NOT_FOUND(
      ErrorKind.SYSTEM, "No VM is named `%s`.", "List the VMs with `pve.vms.list()`."),
  VM_NAME_AMBIGUOUS(
      ErrorKind.SYSTEM,
      "%d VMs are named `%s`: %s.",
      "Name the one that you mean by its id: `pve.vm(100)`."),
  VM_EXISTS(
      ErrorKind.SYSTEM,
      "VM %s exists already.",
      "Take another id, or leave `vmid` out to get the next free one."),
  VM_RUNNING(
      ErrorKind.SYSTEM,
      "VM %s is running.",
      "Stop it first with `pve.vm(%1$s).stop()` or `.shutdown()`."),
  VM_NOT_RUNNING(
      ErrorKind.SYSTEM, "VM %s is not running.", "Start it first with `pve.vm(%1$s).start()`."),
  VM_IS_TEMPLATE(
      ErrorKind.SYSTEM,
      "The VM is a template, which cannot do that.",
      "Clone it and work with the clone: `pve.vm(ID).clone({ name })`."),
  CT_NOT_FOUND(
      ErrorKind.SYSTEM,
      "Container %s does not exist.",
      "List the containers with `pve.cts.list()`."),
  CT_NAME_NOT_FOUND(
      ErrorKind.SYSTEM,
      "No container is named `%s`.",
      "List the containers with `pve.cts.list()`."),
  CT_NAME_AMBIGUOUS(
      ErrorKind.SYSTEM,
      "%d containers are named `%s`: %s.",
      "Name the one that you mean by its id: `pve.ct(200)`."),
  CT_EXISTS(
      ErrorKind.SYSTEM,
      "Container %s exists already.",
      "Take another id, or leave `vmid` out to get the next free one."),
  CT_RUNNING(
      ErrorKind.SYSTEM,
      "Container %s is running.",
      "Stop it first with `pve.ct(%1$s).stop()` or `.shutdown()`."),
  CT_NOT_RUNNING(
      ErrorKind.SYSTEM,
      "Container %s is not running.",
      "Start it first with `pve.ct(%1$s).start()`."),
  CT_IS_TEMPLATE(
      ErrorKind.SYSTEM,
      "The container is a template, which cannot do that.",
      "Clone it and work with the clone: `pve.ct(ID).clone({ hostname })`."),
  GUEST_SPEC(
      ErrorKind.RECIPE,
      "This is not a specification of %s: %s.",
      "Give `node`, and the keys of Proxmox's own configuration with the values that they are to"
          + " have; `null` removes one."),
  GUEST_FIXED(
      ErrorKind.SYSTEM,
      "%s cannot become what is wanted: %s.",
      "Want what it is, or do what is needed yourself before you run this again; nothing was"
          + " changed."),
  FIXED(
      ErrorKind.SYSTEM,
      "The %s of %s `%s` is %s and cannot become %s.",
      "Want `%1$s: '%4$s'`, or delete it first so that it is made anew."),
  GUEST_ELSEWHERE(
      ErrorKind.SYSTEM,
      "%s is not where it is wanted: %s.",
      "Pass `{ move: true }` to move it there, or `{ move: false }` to leave it where it is; nothing"
          + " was changed."),
  GUEST_MOVE_RUNNING(
      ErrorKind.SYSTEM,
      "%s runs, and %s can only be moved while it is off.",
      "Stop it, or pass `{ move: true, reboot: true }` to have it shut down, moved and started;"
          + " nothing was changed."),
  SPEC(
      ErrorKind.RECIPE,
      "The specification of a %s lacks `%s`.",
      "Give it as a text: `{ %2$s: '…' }`."),
  USER_NOT_FOUND(
      ErrorKind.SYSTEM, "There is no user `%s`.", "List the users with `pve.users.list()`."),
  GROUP_NOT_FOUND(
      ErrorKind.SYSTEM, "There is no group `%s`.", "List the groups with `pve.groups.list()`."),
  ROLE_NOT_FOUND(
      ErrorKind.SYSTEM, "There is no role `%s`.", "List the roles with `pve.roles.list()`."),
  TOKEN_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no token `%s` of the user `%s`.",
      "List the user's tokens with `pve.user('%2$s').tokens.list()`."),
  REALM_NOT_FOUND(
      ErrorKind.SYSTEM, "There is no realm `%s`.", "List the realms with `pve.realms.list()`."),
  POOL_NOT_FOUND(
      ErrorKind.SYSTEM, "There is no pool `%s`.", "List the pools with `pve.pools.list()`."),
  VOLUME_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no volume `%s`.",
      "List what lies on a storage with `pve.storage(NAME).content.list()`."),
  BACKUP_JOB_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no backup job `%s`.",
      "List the jobs with `pve.backupJobs.list()`."),
  EXISTS(
      ErrorKind.SYSTEM,
      "There is a %s `%s` already.",
      "Take another name, or use `ensure`, which changes what is there."),
  IN_USE(
      ErrorKind.SYSTEM,
      "The %s `%s` is in use: %s.",
      "Remove what uses it first, or pass `{ force: true }` to delete it all the same."),
  POOL_NOT_EMPTY(
      ErrorKind.SYSTEM,
      "The pool `%s` is not empty: it contains %s.",
      "Delete the pools in it first; `{ force: true }` takes guests and storages out of it."),
  VOLUME_PROTECTED(
      ErrorKind.SYSTEM,
      "The volume `%s` is protected.",
      "Take the protection off first: `pve.backup(VOLID).protect(false)`."),
  LOCKED(
      ErrorKind.SYSTEM,
      "`%s` waited %s for a lock and did not get it: %s.",
      "Wait until the task that holds it has ended; see the node's task list."),
  CONFIG_CHANGED(
      ErrorKind.SYSTEM,
      "Somebody else changed the configuration meanwhile, so `%s` did nothing.",
      "Read the configuration again and decide anew."),
  NODE_NOT_FOUND(
      ErrorKind.SYSTEM, "There is no node `%s`.", "List the nodes with `pve.nodes.list()`."),
  NODE_NOT_REACHABLE(
      ErrorKind.SYSTEM,
      "Proxmox could not pass `%s` on to its node: %s.",
      "Check that the node is online and part of the cluster."),
  NODE_TIMEOUT(
      ErrorKind.TIMEOUT,
      "Proxmox gave up waiting for its own node in `%s`: %s.",
      "The work may still go on there: look at the node's tasks before you try again."),
  NODE_NEEDED(
      ErrorKind.RECIPE,
      "Storage `%s` is on the nodes %s.",
      "Say which one: `pve.storage('%1$s', { node })`."),
  STORAGE_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no storage `%s`.",
      "List the storages with `pve.storages.list()`."),
  STORAGE_CONTENT(
      ErrorKind.SYSTEM,
      "Storage `%s` on node %s does not take `%s`.",
      "Use one that does (%4$s), or allow it as root: `pvesm set %1$s --content LIST` with all that"
          + " it is to take."),
  BRIDGE_NOT_FOUND(
      ErrorKind.SYSTEM, "Node %s has no bridge `%s`.", "Use one of its bridges: %3$s."),
  VOLUME_EXISTS(
      ErrorKind.SYSTEM,
      "The file exists already on the node: %s.",
      "Delete it first, or give a checksum: an equal file is then kept."),
  UPLOAD_FILE(
      ErrorKind.RECIPE,
      "There is no file `%s` to upload.",
      "Check the path; a relative one begins where Hearth was started."),
  UPLOAD_WHAT(
      ErrorKind.RECIPE,
      "An upload takes either the `path` of a file, or `bytes` with a `filename`.",
      "Give one of them."),
  CHECKSUM_WRONG(
      ErrorKind.SYSTEM,
      "The file does not have the checksum that was given: %s.",
      "Compare the checksum with the one that the vendor publishes; do not use the file."),
  TEMPLATE_IN_USE(
      ErrorKind.SYSTEM,
      "Linked clones still use the template: %s.",
      "Delete the clones first, or keep the template beside its successor."),
  NO_QUORUM(
      ErrorKind.SYSTEM,
      "The cluster has no quorum, so nothing can be changed.",
      "Bring more of its nodes back; `pvecm status` shows which are missing."),
  AGENT_NOT_RUNNING(
      ErrorKind.SYSTEM,
      "The guest agent of the VM does not answer.",
      "Install and start `qemu-guest-agent` in the guest, and wait until it has booted."),
  AGENT_SILENT(
      ErrorKind.TIMEOUT,
      "The guest agent of VM %s had not answered after %s.",
      "Look at `pve.vm(%1$s).console()` whether the guest has booted and has `qemu-guest-agent`, or"
          + " allow it more time with `{ timeout: '15m' }`."),
  AGENT_NOT_CONFIGURED(
      ErrorKind.SYSTEM,
      "The VM has no guest agent configured.",
      "Set `agent: 1` and start the VM anew; a reboot from inside is not enough."),
  AGENT_FILE_LARGE(
      ErrorKind.SYSTEM,
      "`%s` is more than the guest agent hands over: %s.",
      "Copy it with `hearth:ssh`, or in pieces with `vm.agent.exec`."),
  AGENT_FILE(
      ErrorKind.SYSTEM,
      "Writing `%s` in VM %s failed: %s.",
      "Check that the guest is no Windows and that its agent may run programs, or write at most"
          + " 40 KiB."),
  AGENT_TIMEOUT(
      ErrorKind.TIMEOUT,
      "The command in VM %s had not ended after %s.",
      "Allow it more time with `{ timeout: '10m' }`."),
  // ---- Tasks
  UPID_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not the id of a task.",
      "Give the UPID that Proxmox returned, beginning with `UPID:`."),
  TASK_FAILED(
      ErrorKind.SYSTEM,
      "The task `%s` of %s failed: %s.",
      "Read the log of the task in the web interface of Proxmox."),
  TASK_TIMEOUT(
      ErrorKind.TIMEOUT,
      "The task `%s` had not ended after %s.",
      "It goes on; wait for it with `pve.task(upid).wait()` or end it with `.stop()`."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "`%s` was interrupted.",
      "Look at what was done with `hearth runs show`, then run it again."),
  // ---- Templates
  TEMPLATE_NOT_OURS(
      ErrorKind.SYSTEM,
      "VM %s is named `%s` and was not made by Hearth.",
      "Rename or remove it yourself, or choose another name for the template."),
  LEFT_BEHIND(
      ErrorKind.SYSTEM, "%s may be left behind on node %s.", "Type as root on that node: `%3$s`.");

  private final ErrorText text;

  ProxmoxError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("proxmox", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
