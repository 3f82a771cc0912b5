package dev.hearth.stdlib.proxmox.contract;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A Proxmox that the contract is held against. */
interface Target extends AutoCloseable {
  /**
   * Asks.
   *
   * @param who {@code root} (by ticket), or by token {@code admin}, {@code auditor}, {@code
   *     nobody}, {@code separated}; {@code stranger} shows nothing
   * @param path what follows {@code /api2/json}, with the query
   * @param form the encoded body; empty for none
   */
  Reply ask(String who, String method, String path, String form) throws Exception;

  /** Waits until the task of this UPID has ended. */
  void await(String upid) throws Exception;

  @Override
  void close();

  /** What it answered. */
  record Reply(int status, String reason, @Nullable JsonNode body) {}
}
