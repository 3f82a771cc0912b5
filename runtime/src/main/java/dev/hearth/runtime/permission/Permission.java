package dev.hearth.runtime.permission;

/** One thing that a recipe may be allowed to do. */
public sealed interface Permission {
  /** Placeholder until the permission package lands. */
  record Intent(String binding) implements Permission {}
}
