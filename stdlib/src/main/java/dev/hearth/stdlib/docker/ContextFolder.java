package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.effect.FolderEntry;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What of a folder goes into a build, in the order of the names, folders before what is in them. It
 * is read as it is asked for; links are told as links, and nothing behind them is.
 */
final class ContextFolder implements Iterator<ContextFolder.Item> {
  private static final int DEEPEST = 256;

  /**
   * Something in it.
   *
   * @param name from the folder on, with slashes
   */
  record Item(String name, Path path, FolderEntry entry) {}

  private final Files files;
  private final IgnoreFile ignored;
  private final boolean looksIntoIgnored;
  private final Deque<Iterator<Item>> open = new ArrayDeque<>();
  private final Deque<Item> ready = new ArrayDeque<>();

  /** Folders that are left out, until something in them is kept. */
  private final List<Item> held = new ArrayList<>();

  ContextFolder(Files files, Path folder, IgnoreFile ignored) {
    this.files = files;
    this.ignored = ignored;
    this.looksIntoIgnored = ignored.hasExceptions();
    open.push(inside("", folder));
  }

  private Iterator<Item> inside(String prefix, Path folder) {
    if (open.size() >= DEEPEST) {
      throw new HearthException(DockerError.BUILD_CONTEXT_TOO_DEEP, VisibleText.of(folder));
    }
    return files.entries(folder).stream()
        .filter(entry -> entry.type() != FileStat.Type.OTHER)
        .map(entry -> new Item(prefix + entry.name(), folder.resolve(entry.name()), entry))
        .iterator();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !open.isEmpty()) {
      var siblings = open.peek();
      if (siblings.hasNext()) {
        visit(siblings.next());
      } else {
        open.pop();
      }
    }
    return !ready.isEmpty();
  }

  private void visit(Item item) {
    boolean isFolder = item.entry().type() == FileStat.Type.FOLDER;
    held.removeIf(folder -> !item.name().startsWith(folder.name() + "/"));
    boolean isOut = ignored.leavesOut(item.name());
    if (isOut && !(isFolder && looksIntoIgnored)) {
      return;
    }
    if (isOut) {
      held.add(item);
    } else {
      ready.addAll(held);
      held.clear();
      ready.add(item);
    }
    if (isFolder) {
      open.push(inside(item.name() + "/", item.path()));
    }
  }

  @Override
  public Item next() {
    @Nullable Item next = hasNext() ? ready.poll() : null;
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }
}
