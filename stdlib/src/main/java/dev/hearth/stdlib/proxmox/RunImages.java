package dev.hearth.stdlib.proxmox;

import java.util.Optional;

/** Files that a node downloads for a run, and that are deleted again when the run is undone. */
final class RunImages {
  private final Tasks tasks;
  private final Storages storages;
  private final NamedLocks locks;

  RunImages(Tasks tasks, Storages storages, NamedLocks locks) {
    this.tasks = tasks;
    this.storages = storages;
    this.locks = locks;
  }

  /**
   * A file on a storage.
   *
   * @param fresh whether it was not there when the run looked, so that undoing the run deletes it
   */
  record Image(String node, String storage, Storages.Download file, boolean fresh) {
    private String volid() {
      return file.volid(storage);
    }
  }

  /** The file on the node: as it is, or downloaded. */
  Storages.Stored bring(Image image) {
    return locks.alone(
        image.volid(),
        () ->
            LeftBehind.orTakeBack(
                () -> storages.download(image.node, image.storage, image.file),
                () -> discard(image)));
  }

  /** The file that a download brought which was cut off; empty when it did not. */
  Optional<Storages.Stored> find(Image image) {
    return locks.alone(
        image.volid(),
        () -> {
          settle(image);
          return storages
              .find(image.node, image.storage, image.volid())
              .map(file -> new Storages.Stored(image.volid(), image.fresh));
        });
  }

  /** Deletes the file if the run brought it; sees to it that no download goes on. */
  void discard(Image image) {
    locks.alone(
        image.volid(),
        () ->
            LeftBehind.volume(image.volid(), image.node)
                .unless(
                    () -> {
                      settle(image);
                      if (image.fresh) {
                        storages.delete(image.node, image.storage, image.volid());
                      }
                    }));
  }

  private void settle(Image image) {
    tasks.settle(image.node, "download", image.file.storedName());
  }
}
