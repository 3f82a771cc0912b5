package dev.hearth.runtime.run;

import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.ProgramFolder;
import dev.hearth.runtime.storage.PrivateFolder;
import java.nio.file.Path;

/** The programs of one binding, below the data folder. */
record BindingPrograms(PrivateFolder folder) implements ProgramFolder {
  static BindingPrograms of(Path data, Binding binding) {
    return new BindingPrograms(new PrivateFolder(data).in("programs").in(binding.name()));
  }

  @Override
  public Path path() {
    return folder.path();
  }

  @Override
  public void make() {
    folder.create();
  }
}
