package dev.hearth.runtime.module;

/** Reads also what a module does with its imports, for {@code hearth check}; runs nothing. */
public interface MentionParser extends ModuleParser {
  /** The mentions in a module; fails as {@link #parse} does. */
  ModuleMentions mentions(SourceText source);
}
