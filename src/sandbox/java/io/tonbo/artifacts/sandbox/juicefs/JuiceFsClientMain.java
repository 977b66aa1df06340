package io.tonbo.artifacts.sandbox.juicefs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What runs in the client's process: opens the volume, does one thing, prints what it found. */
final class JuiceFsClientMain {
    private JuiceFsClientMain() {}

    /**
     * @param args volume, then write PATH TEXT | read PATH | list PATH; the metadata URL comes in the environment
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
        try (FileSystem files = FileSystem.get(URI.create("jfs://" + args[0] + "/"), configuration)) {
            Path path = new Path(args[2]);
            switch (args[1]) {
                case "write" -> write(files, path, args[3]);
                case "read" -> read(files, path);
                case "list" -> list(files, path);
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }

    private static void write(FileSystem files, Path path, String text) throws IOException {
        files.mkdirs(path.getParent());
        try (FSDataOutputStream out = files.create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void read(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            System.out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void list(FileSystem files, Path path) throws IOException {
        for (FileStatus status : files.listStatus(path)) {
            System.out.println(status.getPath().getName());
        }
    }
}
