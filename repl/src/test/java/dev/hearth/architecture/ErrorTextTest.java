package dev.hearth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorText;
import dev.hearth.runtime.HearthException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of every deliberate error of Hearth. */
class ErrorTextTest {
  private static final Pattern ARGUMENT = Pattern.compile("%(?:(\\d+)\\$)?([sd])");
  private static final Pattern UNNUMBERED = Pattern.compile("%(?!\\d+\\$)[^%]");

  static List<ErrorCode> codes() {
    JavaClasses classes =
        new ClassFileImporter().importLocations(new ProjectClasses.Main().get(ErrorTextTest.class));
    return classes.stream()
        .filter(each -> each.isAssignableTo(ErrorCode.class) && each.isEnum())
        .map(JavaClass::reflect)
        .flatMap(type -> Stream.of(type.getEnumConstants()))
        .map(ErrorCode.class::cast)
        .toList();
  }

  /** An argument for each place of the message and the hint: a word of its own, or a number. */
  private static Object[] arguments(ErrorText text) {
    var numbers = new TreeSet<Integer>();
    var used = new TreeSet<Integer>();
    var next = 0;
    for (var format : List.of(text.message(), text.hint())) {
      var places = ARGUMENT.matcher(format);
      while (places.find()) {
        var index = places.group(1) == null ? ++next : Integer.parseInt(places.group(1));
        used.add(index);
        if (places.group(2).equals("d")) {
          numbers.add(index);
        }
      }
    }
    return IntStream.rangeClosed(1, used.isEmpty() ? 0 : used.last())
        .<Object>mapToObj(i -> numbers.contains(i) ? (Object) (7_000L + i) : "argument" + i + ".")
        .toArray();
  }

  @Test
  void all_enums_are_found_and_no_code_is_used_twice() {
    var ids = codes().stream().map(code -> code.text().id()).toList();
    assertThat(ids).contains("recipe.syntax", "module.unknown", "proxmox.vm-not-found");
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+\\.[a-z0-9-]+"));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void a_hint_says_which_argument_it_means(ErrorCode code) {
    assertThat(code.text().hint())
        .as("a plain %%s would take the message's first argument: write %%2$s")
        .doesNotContainPattern(UNNUMBERED);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void message_and_hint_are_whole_sentences_with_every_argument(ErrorCode code) {
    var arguments = arguments(code.text());
    var error = new HearthException(code, arguments);
    assertThat(error.sentence()).isNotBlank().doesNotContain("%", "e.g.");
    assertThat(error.hint()).isNotBlank().doesNotContain("%", "e.g.");
    assertThat(error.hint()).as("a hint is a sentence").endsWith(".");
    var shown = new ArrayList<String>();
    for (var argument : arguments) {
      shown.add(argument.toString());
    }
    assertThat(shown).allMatch(each -> (error.sentence() + error.hint()).contains(each));
  }
}
