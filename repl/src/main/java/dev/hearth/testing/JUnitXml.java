package dev.hearth.testing;

import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.PlainPage;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results in the form of JUnit's reports, which CI systems show. */
public final class JUnitXml {
  private JUnitXml() {}

  /** One {@code testsuite} for each file. */
  public static String of(List<TestResult> results) {
    Map<String, List<TestResult>> files = new LinkedHashMap<>();
    results.forEach(each -> files.computeIfAbsent(each.file(), _ -> new ArrayList<>()).add(each));
    var text = new StringWriter();
    try {
      var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (var file : files.entrySet()) {
        suite(xml, file.getKey(), file.getValue());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML in memory could not be written.", e);
    }
    return text + "\n";
  }

  private static void suite(XMLStreamWriter xml, String file, List<TestResult> results)
      throws XMLStreamException {
    var counts = new TestCounts();
    results.forEach(counts::add);
    var skipped = counts.of(TestResult.Status.SKIPPED) + counts.of(TestResult.Status.TODO);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", allowed(file));
    xml.writeAttribute("tests", String.valueOf(counts.all()));
    xml.writeAttribute("failures", String.valueOf(counts.of(TestResult.Status.FAILED)));
    xml.writeAttribute("skipped", String.valueOf(skipped));
    xml.writeAttribute(
        "time",
        seconds(results.stream().map(TestResult::duration).reduce(Duration.ZERO, Duration::plus)));
    for (var result : results) {
      test(xml, result);
    }
    xml.writeEndElement();
  }

  private static void test(XMLStreamWriter xml, TestResult result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", allowed(result.file()));
    xml.writeAttribute("name", allowed(result.name()));
    xml.writeAttribute("time", seconds(result.duration()));
    var error = result.error();
    if (error != null) {
      xml.writeStartElement("failure");
      xml.writeAttribute("type", allowed(error.code()));
      xml.writeAttribute("message", allowed(error.message()));
      var renderer = new ErrorRenderer(new PlainPage(), ErrorRenderer.Detail.FULL);
      xml.writeCharacters(allowed(renderer.text(error)));
      xml.writeEndElement();
    } else if (result.status() != TestResult.Status.PASSED) {
      xml.writeEmptyElement("skipped");
    }
    xml.writeEndElement();
  }

  /** XML has no control characters, not even escaped ones, and no half surrogates. */
  private static String allowed(String text) {
    var out = new StringBuilder();
    text.codePoints().map(c -> isAllowed(c) ? c : '\uFFFD').forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
  }
}
