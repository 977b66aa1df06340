package io.tonbo.artifacts.operator.runtime;

import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Where the log is JSON: which object a line is about stands beside the line's other keys, not in an object of its own, for
 * which this version of Quarkus has no setting.
 */
@Singleton
class FlatJsonLog {
    /** To the millisecond, and the same wherever it runs; application.properties has the same for the first few lines. */
    private static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

    /** Before the first reconcile. */
    void install(@Observes @Priority(1) StartupEvent starting) {
        for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
            flatten(handler);
        }
    }

    private static void flatten(Handler handler) {
        Formatter formatter = handler.getFormatter();
        if (formatter instanceof JsonFormatter nested && !(formatter instanceof Flat)) {
            handler.setFormatter(new Flat(nested));
        }
        if (handler instanceof ExtHandler several) {
            for (Handler inner : several.getHandlers()) {
                flatten(inner);
            }
        }
    }

    private static final class Flat extends JsonFormatter {
        Flat(JsonFormatter nested) {
            super(nested.getKeyOverrides(), nested.getExcludedKeys(), nested.getAdditionalFields());
            setExceptionOutputType(nested.getExceptionOutputType());
            setDateFormat(TIME);
            setZoneId("UTC");
        }

        @Override
        protected void after(Generator generator, ExtLogRecord line) throws Exception {
            super.after(generator, line);
            for (Map.Entry<String, String> each : line.getMdcCopy().entrySet()) {
                generator.add(each.getKey(), each.getValue());
            }
        }
    }
}
