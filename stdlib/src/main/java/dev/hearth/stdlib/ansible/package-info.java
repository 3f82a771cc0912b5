/**
 * {@code hearth:ansible}: playbooks, modules, inventories and vaults, by Ansible's own programs.
 */
@NullMarked
package dev.hearth.stdlib.ansible;

import org.jspecify.annotations.NullMarked;
