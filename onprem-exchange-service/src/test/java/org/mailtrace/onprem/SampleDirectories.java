package org.mailtrace.onprem;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts public tracking logs of four Exchange versions where a server of each version would have written them. */
public class SampleDirectories implements QuarkusTestResourceLifecycleManager {
    private static final Path ROOT = Path.of("target", "sample-logs").toAbsolutePath();

    /** Server to the sample and the name that Exchange would have given it. */
    static final Map<String, String[]> SAMPLES = Map.of(
            "EX2007", new String[] {"wallix-pylogsparser_exchange2007.log", "MSGTRKM20100419-1.LOG"},
            "EX2007RAW", new String[] {"wallix-pylogsparser_exchange2007.log", "MSGTRKM20100419-1.LOG"},
            "EX2010", new String[] {"elastic-beats_bom8_exchange2010.log", "MSGTRKM20160405-1.LOG"},
            "EX2013", new String[] {"awslabs-kinesistap_exchange2013.log", "MSGTRK2017052217-1.LOG"},
            "EX2016", new String[] {"qazeer_MSGTRKMS2022091915-1.LOG", "MSGTRKMS2022091915-1.LOG"});

    /** The folder with the samples, which lies beside the repository and is no part of it. */
    static Optional<Path> samples() {
        return Stream.iterate(Path.of("").toAbsolutePath().getParent(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared").resolve("samples").resolve("exchange"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        try {
            for (Map.Entry<String, String[]> sample : SAMPLES.entrySet()) {
                Path directory = Files.createDirectories(ROOT.resolve(sample.getKey()));
                settings.put("mailtrace.onprem.servers." + sample.getKey() + ".directory", directory.toString());
                if (samples().isPresent()) {
                    Files.copy(
                            samples().get().resolve(sample.getValue()[0]),
                            directory.resolve(sample.getValue()[1]),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.deleteIfExists(ROOT.resolve("index.db"));
            Files.deleteIfExists(ROOT.resolve("index.db-wal"));
            Files.deleteIfExists(ROOT.resolve("index.db-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("mailtrace.onprem.servers.EX2007.fields-when-missing", "2007");
        settings.put("mailtrace.onprem.index-file", ROOT.resolve("index.db").toString());
        settings.put("mailtrace.onprem.poll", "100ms");
        // The samples are up to sixteen years old.
        settings.put("mailtrace.onprem.retention", "0s");
        return settings;
    }

    @Override
    public void stop() {
        // Nothing is left running.
    }
}
