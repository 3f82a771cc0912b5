package dev.hearth.runtime.permission;

import java.util.List;
import java.util.Set;

/** Asks the user; the terminal implements it. */
public interface GrantPrompt {
  /** Shows the question and waits for the answer. */
  Answer ask(Question question) throws InterruptedException;

  /**
   * What a recipe asks for. All texts are safe to show.
   *
   * @param recipe what asks
   * @param needs at least one: each can be granted
   * @param changes why what the user allowed once does not hold any more, each a sentence without
   *     its full stop such as "`lib/disks.js` has changed"; empty when nothing was allowed before
   * @param libraries who gets a part of it, too
   */
  record Question(String recipe, List<Need> needs, List<String> changes, List<Library> libraries) {
    public Question {
      needs = List.copyOf(needs);
      changes = List.copyOf(changes);
      libraries = List.copyOf(libraries);
    }

    /** A question of a recipe without libraries. */
    public Question(String recipe, List<Need> needs, List<String> changes) {
      this(recipe, needs, changes, List.of());
    }

    public Question with(List<Library> more) {
      return new Question(recipe, needs, changes, more);
    }
  }

  /**
   * A library that the recipe imports, and what it would get of what the recipe asks for.
   *
   * @param name its name and version
   * @param words as {@link Need#words}
   */
  record Library(String name, List<String> words) {
    public Library {
      words = List.copyOf(words);
    }
  }

  /**
   * What the user granted.
   *
   * @param granted those of the needs that were granted
   * @param lasting for how long
   */
  record Answer(Set<Need> granted, Lasting lasting) {
    public Answer {
      granted = Set.copyOf(granted);
    }

    /** Nothing is granted. */
    public static Answer no() {
      return new Answer(Set.of(), Lasting.ONCE);
    }
  }

  /** For how long a grant holds. */
  enum Lasting {
    /** For this run. */
    ONCE,
    /** Until the recipe, or a file that it imports, changes. */
    ALWAYS
  }
}
