package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment says about the terminal is believed. */
class ProcessTerminalTest {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("TERM", "xterm-256color", "LANG", "en_US.UTF-8", "COLUMNS", "120"));

  private Screen terminal() {
    return ProcessTerminal.screen(environment, true, Ink.COLOUR);
  }

  private Screen pipe() {
    return ProcessTerminal.screen(environment, false, Ink.COLOUR);
  }

  @Test
  void a_terminal_has_colours_live_lines_signs_and_its_width() {
    assertThat(terminal().kind()).isEqualTo(Screen.Kind.LIVE);
    assertThat(terminal().ink()).isEqualTo(Ink.COLOUR);
    assertThat(terminal().glyphs()).isEqualTo(Glyphs.UNICODE);
    assertThat(terminal().width()).isEqualTo(120);
  }

  @Test
  void a_pipe_has_no_colours_and_no_live_lines() {
    assertThat(pipe().kind()).isEqualTo(Screen.Kind.PIPE);
    assertThat(pipe().ink()).isEqualTo(Ink.PLAIN);
  }

  @Test
  void no_color_wins_whatever_its_value() {
    environment.put("FORCE_COLOR", "1");
    environment.put("NO_COLOR", "0");
    assertThat(terminal().ink()).isEqualTo(Ink.PLAIN);
  }

  @Test
  void an_empty_no_color_means_nothing() {
    environment.put("NO_COLOR", "");
    assertThat(terminal().ink()).isEqualTo(Ink.COLOUR);
  }

  @Test
  void force_color_colours_a_pipe() {
    environment.put("FORCE_COLOR", "1");
    assertThat(pipe().ink()).isEqualTo(Ink.COLOUR);
  }

  @Test
  void the_flag_wins_over_everything() {
    environment.put("FORCE_COLOR", "1");
    assertThat(ProcessTerminal.screen(environment, true, Ink.PLAIN).ink()).isEqualTo(Ink.PLAIN);
  }

  @Test
  void a_dumb_terminal_has_neither_colours_nor_live_lines() {
    environment.put("TERM", "dumb");
    assertThat(terminal().kind()).isEqualTo(Screen.Kind.TERMINAL);
    assertThat(terminal().ink()).isEqualTo(Ink.PLAIN);
  }

  @Test
  void in_ci_nothing_is_redrawn() {
    environment.put("CI", "true");
    assertThat(terminal().kind()).isEqualTo(Screen.Kind.TERMINAL);
    assertThat(terminal().ink()).isEqualTo(Ink.COLOUR);
  }

  @Test
  void a_locale_without_unicode_gets_plain_signs() {
    environment.put("LC_ALL", "C");
    assertThat(terminal().glyphs()).isEqualTo(Glyphs.ASCII);
  }

  @Test
  void a_width_that_is_no_number_is_not_believed() {
    environment.put("COLUMNS", "wide");
    assertThat(pipe().width()).isEqualTo(80);
  }
}
