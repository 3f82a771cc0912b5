package dev.hearth.stdlib.proxmox;

/**
 * Who a connection comes in as: {@code root@pam} or {@code deploy@pve!ci}.
 *
 * @param name never with the secret
 * @param isToken whether it is an API token
 */
record Identity(String name, boolean isToken) {
  /** How {@code pveum acl modify} names it. */
  String aclOption() {
    return (isToken ? "--tokens '" : "--users '") + name + "'";
  }
}
