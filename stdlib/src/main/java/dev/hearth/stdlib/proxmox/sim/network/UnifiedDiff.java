package dev.hearth.stdlib.proxmox.sim.network;

import java.util.ArrayList;
import java.util.List;

/** What {@code diff -u} prints of two texts. */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;

  private final List<String> before;
  private final List<String> after;
  private final List<Edit> edits = new ArrayList<>();

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /** A line that stays, goes or comes, and how many lines of both texts stand before it. */
  private record Edit(char sign, String line, int old, int fresh) {}

  public static String of(String oldName, List<String> before, String newName, List<String> after) {
    var diff = new UnifiedDiff(before, after);
    diff.compare();
    var text = new StringBuilder("--- ").append(oldName).append("\n+++ ").append(newName);
    text.append('\n');
    diff.hunks(text);
    return text.toString();
  }

  /** The longest common subsequence decides what stays. */
  private void compare() {
    var common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        edits.add(new Edit(' ', before.get(i), i++, j++));
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        edits.add(new Edit('-', before.get(i), i++, j));
      } else {
        edits.add(new Edit('+', after.get(j), i, j++));
      }
    }
  }

  private void hunks(StringBuilder text) {
    int at = 0;
    while (at < edits.size()) {
      if (edits.get(at).sign() == ' ') {
        at++;
        continue;
      }
      int start = Math.max(0, at - CONTEXT);
      int end = at;
      int unchanged = 0;
      while (end < edits.size() && unchanged <= 2 * CONTEXT) {
        unchanged = edits.get(end).sign() == ' ' ? unchanged + 1 : 0;
        end++;
      }
      end -= Math.max(0, unchanged - CONTEXT);
      hunk(edits.subList(start, end), text);
      at = end;
    }
  }

  private static void hunk(List<Edit> lines, StringBuilder text) {
    long old = lines.stream().filter(edit -> edit.sign() != '+').count();
    long fresh = lines.stream().filter(edit -> edit.sign() != '-').count();
    var first = lines.getFirst();
    text.append("@@ -%s +%s @@\n".formatted(range(first.old(), old), range(first.fresh(), fresh)));
    lines.forEach(edit -> text.append(edit.sign()).append(edit.line()).append('\n'));
  }

  private static String range(int before, long count) {
    int start = count == 0 ? before : before + 1;
    return count == 1 ? String.valueOf(start) : start + "," + count;
  }
}
