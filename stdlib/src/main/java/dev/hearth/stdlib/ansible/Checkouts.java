package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The repositories that one run looks into, each checked out once, in a private folder that is gone
 * when the run is over. So all of a run sees one commit, whatever happens to the branch meanwhile.
 */
final class Checkouts implements AutoCloseable {
  private final Map<Repository, Checkout> all = new LinkedHashMap<>(); // guarded by this

  /**
   * One that is there.
   *
   * @param root without any link in it
   */
  record Checkout(PrivateFolder place, Path root, String commit) {}

  /** The checkout of a repository, which is made where this is the first to ask. */
  synchronized Checkout of(Repository repository, Programs programs, Git git)
      throws InterruptedException {
    var known = all.get(repository);
    if (known == null) {
      known = make(repository, programs, git);
      all.put(repository, known);
    }
    return known;
  }

  private static Checkout make(Repository repository, Programs programs, Git git)
      throws InterruptedException {
    var files = programs.context().effects().files();
    var place = programs.privateFolder();
    boolean isMade = false;
    try {
      var commit =
          new GitCommit(git)
              .of(repository.address(), repository.ref())
              .orElseThrow(() -> missing(repository));
      var root = files.realPath(place.path()).resolve("repository");
      files.makeFolders(root);
      git.run(root, "init", "--quiet", "--template=");
      fetch(repository, commit, root, git);
      git.run(root, "checkout", "--quiet", "--detach", commit);
      isMade = true;
      return new Checkout(place, root, commit);
    } finally {
      if (!isMade) {
        place.close();
      }
    }
  }

  /** One commit alone; from a server that gives out none but its branches and tags, these. */
  private static void fetch(Repository repository, String commit, Path root, Git git)
      throws InterruptedException {
    try {
      fetch(git, root, repository, "--depth=1", commit);
    } catch (HearthException e) {
      if (e.code() != AnsibleError.PROGRAM_FAILED) {
        throw e;
      }
      fetch(git, root, repository, "--tags", "+refs/heads/*:refs/remotes/origin/*");
    }
  }

  private static void fetch(Git git, Path root, Repository of, String how, String what)
      throws InterruptedException {
    git.run(root, "fetch", "--quiet", "--no-recurse-submodules", how, "--", of.address(), what);
  }

  private static HearthException missing(Repository repository) {
    return new HearthException(
        AnsibleError.NO_REF,
        VisibleText.of(repository.address()),
        Objects.requireNonNullElse(repository.ref(), "HEAD"));
  }

  /** Where the playbooks of a checkout are, which is in it, also behind links. */
  static Path folder(Files files, Checkout checkout, Repository repository) {
    var named = checkout.root().resolve(repository.folder()).normalize();
    var folder =
        named.startsWith(checkout.root()) && files.exists(named) ? files.realPath(named) : named;
    if (!folder.startsWith(checkout.root())) {
      throw new HearthException(AnsibleError.OPTION, "dir", "leads out of the repository");
    }
    return folder;
  }

  @Override
  public synchronized void close() {
    all.values().forEach(checkout -> checkout.place().close());
    all.clear();
  }
}
