package io.tonbo.artifacts.sandbox.juicefs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What runs in the client's process: opens the volume, does one thing, prints what it found. */
final class JuiceFsClientMain {
    static final String OPEN = "open";
    static final String OK = "ok ";
    private static final String FAILED = "failed ";

    private JuiceFsClientMain() {}

    /**
     * @param args volume, then write PATH TEXT | read PATH | list PATH, or stay to take such requests from the standard input;
     *     the metadata URL and mount options come in the environment
     * @throws IOException if the client fails
     */
    public static void main(String[] args) throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.set("fs.jfs.impl", "io.juicefs.JuiceFileSystem");
        configuration.set("juicefs.meta", System.getenv(JuiceFsClient.METADATA_URL));
        configuration.set("juicefs.cache-dir", "memory");
        configuration.set("juicefs.no-usage-report", "true");
        configuration.set("juicefs.no-bgjob", "true");
        configuration.set("juicefs.backup-meta", "0");
        configuration.set("juicefs.io-retries", "2");
        String options = System.getenv().getOrDefault(JuiceFsClient.MOUNT_OPTIONS, "");
        configuration.set(
                "juicefs.read-only",
                Boolean.toString(List.of(options.split(",")).contains("ro")));
        try (FileSystem files = FileSystem.get(URI.create("jfs://" + args[0] + "/"), configuration)) {
            if (args[1].equals("stay")) {
                stay(files);
            } else {
                System.out.print(done(files, List.of(args).subList(1, args.length)));
            }
        }
    }

    /** One request a line, one answer a line. */
    private static void stay(FileSystem files) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(OPEN);
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            try {
                System.out.println(OK + done(files, List.of(request.split(" ", 3))));
            } catch (IOException | RuntimeException e) {
                System.out.println(FAILED + e.toString().replaceAll("\\s+", " "));
            }
        }
    }

    private static String done(FileSystem files, List<String> request) throws IOException {
        Path path = new Path(request.get(1));
        return switch (request.get(0)) {
            case "write" -> write(files, path, request.get(2));
            case "read" -> read(files, path);
            case "list" -> list(files, path);
            default -> throw new IllegalArgumentException(request.get(0));
        };
    }

    private static String write(FileSystem files, Path path, String text) throws IOException {
        files.mkdirs(path.getParent());
        try (FSDataOutputStream out = files.create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return "";
    }

    private static String read(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String list(FileSystem files, Path path) throws IOException {
        StringBuilder names = new StringBuilder();
        for (FileStatus status : files.listStatus(path)) {
            names.append(status.getPath().getName()).append('\n');
        }
        return names.toString();
    }
}
