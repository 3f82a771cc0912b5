package dev.hearth.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which fields of rows become columns, and in which order: those that say something in a cell, with
 * addresses last, since they are long and seldom what is looked for.
 *
 * @param shown the columns
 * @param nested fields that hold objects or lists of them in every row, which a cell cannot show
 */
record RowFields(List<String> shown, List<String> nested) {

  static RowFields of(List<JsonNode> rows) {
    var fields = new LinkedHashSet<String>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(fields::add));
    var plain = new ArrayList<String>();
    var addresses = new ArrayList<String>();
    var nested = new ArrayList<String>();
    for (var field : fields) {
      if (all(rows, field, RowFields::isNothing)) {
        continue;
      }
      if (all(rows, field, cell -> isNothing(cell) || ValueView.isBig(cell))) {
        nested.add(field);
      } else {
        (all(rows, field, cell -> isNothing(cell) || isAddress(cell)) ? addresses : plain)
            .add(field);
      }
    }
    plain.addAll(addresses);
    // Rows of which no cell says anything are shown with what they have.
    return plain.isEmpty()
        ? new RowFields(List.copyOf(fields), List.of())
        : new RowFields(plain, nested);
  }

  static boolean isNumeric(List<JsonNode> rows, String field) {
    return all(rows, field, cell -> isNothing(cell) || cell.isNumber());
  }

  private static boolean all(List<JsonNode> rows, String field, Predicate<JsonNode> holds) {
    return rows.stream().allMatch(row -> holds.test(row.path(field)));
  }

  private static boolean isNothing(JsonNode cell) {
    return cell.isMissingNode() || cell.isNull();
  }

  private static boolean isAddress(JsonNode cell) {
    return cell.isTextual() && cell.asText().contains("://");
  }
}
