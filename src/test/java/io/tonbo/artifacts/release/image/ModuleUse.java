package io.tonbo.artifacts.release.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/** Which modules of the JDK an application's classes name in their constants. */
final class ModuleUse {
    private static final int CLASS_CONSTANT = 7;

    private final Path application;
    private final Map<String, String> moduleOf = new HashMap<>();

    ModuleUse(Path application) {
        this.application = application;
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            ModuleDescriptor descriptor = module.descriptor();
            descriptor.packages().forEach(name -> moduleOf.put(name.replace('.', '/'), descriptor.name()));
        }
    }

    /**
     * @param there modules that are there
     * @return the others that are named, and the jars that do
     */
    Map<String, Set<String>> missing(Set<String> there) throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Path jar : jars()) {
            for (String module : named(jar)) {
                if (!there.contains(module)) {
                    missing.computeIfAbsent(module, name -> new TreeSet<>())
                            .add(jar.getFileName().toString());
                }
            }
        }
        return missing;
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(application)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private Set<String> named(Path file) throws IOException {
        Set<String> modules = new TreeSet<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        addNamed(new ClassReader(in), modules);
                    }
                }
            }
        }
        return modules;
    }

    private void addNamed(ClassReader type, Set<String> modules) {
        char[] buffer = new char[type.getMaxStringLength()];
        for (int item = 1; item < type.getItemCount(); item++) {
            int offset = type.getItem(item);
            if (offset > 0 && type.readByte(offset - 1) == CLASS_CONSTANT) {
                String name = type.readUTF8(offset, buffer);
                int end = name.lastIndexOf('/');
                String module = moduleOf.get(end < 0 ? "" : name.substring(Math.min(end, start(name)), end));
                if (module != null) {
                    modules.add(module);
                }
            }
        }
    }

    /** After the brackets and the L of an array. */
    private static int start(String name) {
        int start = name.lastIndexOf('[') + 1;
        return start > 0 ? start + 1 : 0;
    }
}
