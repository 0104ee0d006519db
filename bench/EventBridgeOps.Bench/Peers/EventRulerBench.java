import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import software.amazon.event.ruler.Machine;

/** EventRulerBench EVENTS RULES SECONDS: AWS's own matcher (aws/event-ruler), JSON text in, rule names out. */
public class EventRulerBench {
    public static void main(String[] args) throws Exception {
        List<String> events = lines(args[0]);
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> rules = new ArrayList<>();
        for (String line : lines(args[1])) {
            rules.add(mapper.readTree(line));
        }
        double seconds = Double.parseDouble(args[2]);
        long before = used();
        long begin = System.nanoTime();
        Machine machine = new Machine();
        for (JsonNode rule : rules) {
            machine.addRule(rule.get("name").asText(), rule.get("pattern").asText());
        }
        double build = (System.nanoTime() - begin) / 1e9;
        long bytes = used() - before;
        run(machine, events, seconds);
        long[] counted = run(machine, events, seconds);
        System.out.printf(Locale.ROOT, "{\"rate\":%f,\"build\":%f,\"bytesPerRule\":%f,\"matches\":%d,\"events\":%d}%n",
            counted[0] / (counted[2] / 1e9), rules.size() / build, (double) bytes / rules.size(), counted[1], counted[0]);
    }

    private static long[] run(Machine machine, List<String> events, double seconds) throws Exception {
        long count = 0;
        long matches = 0;
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < seconds * 1e9) {
            for (int i = 0; i < 50; i++) {
                matches += machine.rulesForJSONEvent(events.get((int) (count++ % events.size()))).size();
            }
            now = System.nanoTime();
        }
        return new long[] {count, matches, now - begin};
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<String> lines(String path) throws IOException {
        List<String> lines = new ArrayList<>();
        InputStream file = new FileInputStream(path);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                path.endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file, StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                lines.add(line);
            }
        }
        return lines;
    }
}
