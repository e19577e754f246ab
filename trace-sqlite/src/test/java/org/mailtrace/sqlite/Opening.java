package org.mailtrace.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;

/** Opens a file and says what came of it, and what lies beside it in the folder of the library. */
final class Opening {
    private Opening() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        String said;
        try (Connection connection = SqliteFile.open(new SQLiteConfig(), file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(x)");
            said = "opened, folder " + System.getProperty("org.sqlite.lib.path") + ", name "
                    + System.getProperty("org.sqlite.lib.name");
        } catch (SQLException e) {
            said = e.getMessage() + ": " + Objects.requireNonNull(e.getCause()).getMessage();
        }
        System.out.println(said + ", left " + left(Path.of(System.getProperty("org.sqlite.tmpdir")), file));
    }

    private static String left(Path folder, Path file) throws IOException {
        if (Files.notExists(folder)) {
            return "none";
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<String> names = all.filter(each -> !each.equals(file))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
            return names.toString();
        }
    }
}
