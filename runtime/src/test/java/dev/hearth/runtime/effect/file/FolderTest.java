package dev.hearth.runtime.effect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.effect.FileMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FolderTest {
  private final Path temporary;

  FolderTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  /** The two kinds of folders; both keep the same promises, the second with a small gap. */
  enum Kind {
    HELD_OPEN {
      @Override
      Folder open(Path path) throws IOException {
        var folder = Folder.open(path);
        assertThat(folder).isInstanceOf(SecureFolder.class);
        return folder;
      }
    },
    BY_PATH {
      @Override
      Folder open(Path path) {
        return new PathFolder(path);
      }
    };

    abstract Folder open(Path path) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void no_operation_follows_a_link(Kind kind) throws IOException {
    var real = temporary.toRealPath();
    Files.createDirectory(real.resolve("target"));
    Files.writeString(real.resolve("secret"), "secret");
    Files.createSymbolicLink(real.resolve("folder-link"), real.resolve("target"));
    Files.createSymbolicLink(real.resolve("file-link"), real.resolve("secret"));
    var read = Set.of(StandardOpenOption.READ);
    var create = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    try (var folder = kind.open(real)) {
      assertThatThrownBy(() -> folder.child("folder-link")).isInstanceOf(LinkInTheWay.class);
      assertThatThrownBy(() -> folder.open("file-link", read)).isInstanceOf(LinkInTheWay.class);
      assertThatThrownBy(() -> folder.open("file-link", create)).isInstanceOf(LinkInTheWay.class);
      assertThat(folder.stat("file-link").isSymbolicLink()).isTrue();
      folder.deleteFile("file-link");
    }
    assertThat(real.resolve("secret")).hasContent("secret");
  }

  @ParameterizedTest
  @EnumSource
  void files_are_made_listed_renamed_and_deleted(Kind kind) throws IOException {
    var real = temporary.toRealPath();
    var create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    try (var folder = kind.open(real)) {
      folder.makeFolder("sub");
      try (var sub = folder.child("sub");
          var channel = sub.open("a", create)) {
        channel.write(ByteBuffer.wrap(new byte[] {1}));
        sub.setMode("a", FileMode.PRIVATE);
        sub.setModified("a", FileTime.fromMillis(1000));
        sub.rename("a", folder, "b");
        folder.force();
      }
      assertThat(folder.names()).containsExactlyInAnyOrder("sub", "b");
      assertThat(FileMode.of(folder.stat("b").permissions())).isEqualTo(FileMode.PRIVATE);
      assertThat(folder.stat("b").lastModifiedTime()).isEqualTo(FileTime.fromMillis(1000));
      folder.deleteFile("b");
      folder.deleteFolder("sub");
      assertThat(folder.names()).isEmpty();
    }
  }

  @Test
  void a_folder_that_is_held_open_stays_itself_when_its_path_leads_elsewhere() throws IOException {
    var real = temporary.toRealPath();
    var granted = Files.createDirectory(real.resolve("granted"));
    Files.writeString(granted.resolve("a"), "mine");
    var outside = Files.createDirectory(real.resolve("outside"));
    Files.writeString(outside.resolve("a"), "theirs");

    try (var folder = Folder.open(granted)) {
      Files.move(granted, real.resolve("moved"));
      Files.createSymbolicLink(granted, outside);

      folder.deleteFile("a");
    }
    assertThat(outside.resolve("a")).hasContent("theirs");
    assertThat(real.resolve("moved/a")).doesNotExist();
  }

  @Test
  void a_folder_known_by_its_path_refuses_when_the_path_leads_elsewhere() throws IOException {
    var real = temporary.toRealPath();
    var granted = Files.createDirectory(real.resolve("granted"));
    var outside = Files.createDirectory(real.resolve("outside"));
    Files.writeString(outside.resolve("a"), "theirs");

    try (var folder = new PathFolder(granted)) {
      Files.delete(granted);
      Files.createSymbolicLink(granted, outside);

      assertThatThrownBy(() -> folder.deleteFile("a")).isInstanceOf(LinkInTheWay.class);
    }
    assertThat(outside.resolve("a")).hasContent("theirs");
  }
}
