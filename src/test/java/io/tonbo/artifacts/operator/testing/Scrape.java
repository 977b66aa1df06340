package io.tonbo.artifacts.operator.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code /q/metrics} says at one time. */
public final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)( [0-9.]+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * One series.
     *
     * @param name its name
     * @param labels its labels, by name
     * @param value its value
     */
    public record Sample(String name, Map<String, String> labels, double value) {
        /**
         * @return what tells it from others
         */
        public String id() {
            return name + labels;
        }
    }

    private final List<Sample> samples;

    private Scrape(List<Sample> samples) {
        this.samples = samples;
    }

    /**
     * @param text the page
     * @return what it says
     */
    public static Scrape of(String text) {
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Scrape::sample)
                .toList());
    }

    private static Sample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return new Sample(
                sample.group(1), labels, Double.parseDouble(sample.group(3).replace("Inf", "Infinity")));
    }

    /**
     * @return every series
     */
    public Stream<Sample> samples() {
        return samples.stream();
    }

    /**
     * @param name a name
     * @return the series of that name
     */
    public List<Sample> of(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> Stream.of(labels).allMatch(wanted -> {
                    String[] pair = wanted.split("=", 2);
                    return pair[1].equals(sample.labels().get(pair[0]));
                }))
                .toList();
    }

    /**
     * @param name a name
     * @param labels each {@code name=value}
     * @return the value of the one series of that name with these labels; empty when there is none
     */
    public Optional<Double> value(String name, String... labels) {
        return of(name, labels).stream().map(Sample::value).findFirst();
    }
}
