package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of .dockerignore, by the cases of Docker's own pattern matcher and of its manual. */
class IgnoreFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "** file true",
        "** file/ true",
        "**/ file true",
        "**/ file/ true",
        "** / true",
        "**/ / true",
        "** dir/file true",
        "**/ dir/file true",
        "**/** dir/file true",
        "dir/** dir/file true",
        "dir/** dir/dir2/file true",
        "**/dir dir true",
        "**/dir dir/file true",
        "**/dir2/* dir/dir2/file true",
        "**/dir2/* dir/dir2/dir2/file true",
        "**file file true",
        "**file dir/file true",
        "**/file dir/file true",
        "**file dir/dir/file true",
        "**/file* dir/dir/file.txt true",
        "**/file*txt dir/dir/file.txt true",
        "**/file*.txt* dir/dir/file.txt true",
        "**/**/*.txt dir/dir/file.txt true",
        "**/**/*.txt2 dir/dir/file.txt false",
        "**/*.txt file.txt true",
        "**/**/*.txt file.txt true",
        "a**/*.txt a/file.txt true",
        "a**/*.txt a/dir/file.txt true",
        "a**/*.txt a/dir/dir/file.txt true",
        "a/*.txt a/dir/file.txt false",
        "a/*.txt a/file.txt true",
        "a/*.txt** a/file.txt true",
        "a[b-d]e ae false",
        "a[b-d]e ace true",
        "a[b-d]e aae false",
        "a[^b-d]e aze true",
        ".* .foo true",
        ".* foo false",
        "abc.def abcdef false",
        "abc.def abc.def true",
        "abc.def abcZdef false",
        "abc?def abcZdef true",
        "abc?def abcdef false",
        "a\\\\ a\\ true",
        "**/foo/bar foo/bar true",
        "**/foo/bar dir/foo/bar true",
        "**/foo/bar dir/dir2/foo/bar true",
        "abc/** abc false",
        "abc/** abc/def true",
        "abc/** abc/def/ghi true",
        "**/.foo .foo true",
        "**/.foo bar.foo false",
        "a(b)c/def a(b)c/def true",
        "a(b)c/def a(b)c/xyz false",
        "a.|)$(}+{bc a.|)$(}+{bc true",
        "*/temp* a/temporary.txt true",
        "*/temp* temp false",
        "*/*/temp* a/b/temporary.txt true",
        "temp? tempa true",
        "temp? temp false",
        "node_modules node_modules/x/y.js true",
        "node_modules a/node_modules/y.js false",
        "/dir dir/file true",
        "dir/ dir/file true",
        "./dir//sub/../x dir/x true",
      })
  void match_what_docker_says(String pattern, String path, boolean expected) {
    var cleaned = path.length() > 1 ? path.replaceFirst("/$", "") : path;
    assertThat(IgnoreFile.parse(pattern).leavesOut(cleaned)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "README.md,            false",
    "README-secret.md,     false",
    "a.md,                 true",
    "docs/a.md,            false",
  })
  void the_last_line_that_matches_decides(String path, boolean expected) {
    assertThat(IgnoreFile.parse("*.md\nREADME-secret.md\n!README*.md").leavesOut(path))
        .isEqualTo(expected);
  }

  @Test
  void a_later_line_leaves_out_again_what_was_kept() {
    var file = IgnoreFile.parse("*.md\n!README*.md\nREADME-secret.md");
    assertThat(file.leavesOut("README.md")).isFalse();
    assertThat(file.leavesOut("README-secret.md")).isTrue();
  }

  @Test
  void what_stands_in_a_folder_that_is_left_out_can_be_kept() {
    var file = IgnoreFile.parse("build\n!build/keep/**\n!**/*.key");
    assertThat(file.leavesOut("build")).isTrue();
    assertThat(file.leavesOut("build/a")).isTrue();
    assertThat(file.leavesOut("build/keep/a/b")).isFalse();
    assertThat(file.leavesOut("build/x/y.key")).isFalse();
  }

  @Test
  void comments_empty_lines_and_what_editors_add_are_no_patterns() {
    var file = IgnoreFile.parse("\uFEFF# a comment\r\n\r\n  a  \r\n # no comment, a name\n");
    assertThat(file.patterns())
        .extracting(IgnorePattern::text)
        .containsExactly("a", "# no comment, a name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "!  ", "a[", "[]a", "a\\"})
  void a_line_that_is_no_pattern_is_told(String line) {
    assertThatThrownBy(() -> IgnoreFile.parse("ok\n" + line))
        .isInstanceOf(HearthException.class)
        .extracting(e -> ((HearthException) e).id())
        .isEqualTo("docker.ignore-malformed");
  }
}
