package dev.galley.definition.yaml;

import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document of plain data. Tags, anchors, aliases, nesting beyond {@value #MAX_DEPTH} levels, keys that are
 * no scalars and a second document are refused; a key that stands twice is a problem.
 */
public final class YamlParser {
    private static final int MAX_DEPTH = 20;

    private final Iterator<Event> events;
    private final int firstLine;
    private final Problems.OfFile problems;

    private YamlParser(Iterator<Event> events, int firstLine, Problems.OfFile problems) {
        this.events = events;
        this.firstLine = firstLine;
        this.problems = problems;
    }

    /**
     * The document; absent if it cannot be read, which {@code problems} then says. An empty text is an empty map.
     *
     * @param firstLine the line of the file where {@code text} begins
     */
    public static Optional<YamlNode> parse(String text, int firstLine, Problems.OfFile problems) {
        try {
            ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), new LoaderOptions());
            return Optional.of(new YamlParser(iterate(parser), firstLine, problems).document());
        } catch (Refused e) {
            problems.at(e.line, e.reason);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            problems.at(firstLine + line, "Not valid YAML: " + e.getProblem());
        } catch (ReaderException e) {
            long line = text.codePoints()
                    .limit(e.getPosition())
                    .filter(c -> c == '\n')
                    .count();
            problems.at(
                    firstLine + (int) line,
                    "Not valid YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            problems.at(firstLine, "Not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Iterator<Event> iterate(ParserImpl parser) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return parser.peekEvent() != null;
            }

            @Override
            public Event next() {
                return parser.getEvent();
            }
        };
    }

    private YamlNode document() {
        events.next(); // the stream's start
        if (events.next() instanceof StreamEndEvent) {
            return new Mapping(List.of(), firstLine);
        }
        YamlNode root = node(events.next(), 1);
        Event end = events.next();
        if (!(end instanceof DocumentEndEvent)) {
            throw new Refused(line(end), "Not valid YAML: the document does not end here");
        }
        Event next = events.next();
        if (!(next instanceof StreamEndEvent)) {
            throw new Refused(line(next), "A second YAML document begins here; one file is one document");
        }
        return root instanceof Scalar scalar && scalar.isEmpty() ? new Mapping(List.of(), firstLine) : root;
    }

    private YamlNode node(Event event, int depth) {
        int line = line(event);
        if (depth > MAX_DEPTH) {
            throw new Refused(line, "Nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent) {
            throw new Refused(line, "YAML aliases (*name) are not allowed; write the value out");
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw new Refused(line, "YAML anchors (&name) are not allowed; write the value out");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), line);
            return new Scalar(
                    scalar.getValue(), scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN, false, line);
        }
        if (event instanceof SequenceStartEvent sequence) {
            refuseTag(sequence.getTag(), line);
            return new Sequence(items(depth), line);
        }
        if (event instanceof MappingStartEvent mapping) {
            refuseTag(mapping.getTag(), line);
            return new Mapping(entries(depth), line);
        }
        throw new Refused(line, "Not valid YAML: a value is missing");
    }

    private List<YamlNode> items(int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
            items.add(node(e, depth + 1));
        }
        return items;
    }

    private List<Entry> entries(int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
            if (!(node(e, depth + 1) instanceof Scalar key)) {
                throw new Refused(line(e), "A key must be a single value");
            }
            YamlNode value = node(events.next(), depth + 1);
            Integer first = seen.putIfAbsent(key.text(), key.line());
            if (first == null) {
                entries.add(new Entry(key.text(), key.line(), value));
            } else {
                problems.at(key.line(), "The key \"%s\" stands twice, first in line %d".formatted(key.text(), first));
            }
        }
        return entries;
    }

    private static void refuseTag(@Nullable String tag, int line) {
        if (tag != null) {
            throw new Refused(line, "YAML tags are not allowed, found " + tag);
        }
    }

    private int line(Event event) {
        return firstLine + event.getStartMark().getLine();
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String reason;

        Refused(int line, String reason) {
            super(reason, null, false, false);
            this.line = line;
            this.reason = reason;
        }
    }
}
