package io.tonbo.artifacts.operator.runtime;

import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The framework's configuration, but that a shutdown waits for reconciles under way, and leaves the client open, since the
 * Lease is given back after it. The extension's own setting of that name installs a second shutdown beside Quarkus' and waits
 * in neither.
 */
final class PatientConfiguration implements InvocationHandler {
    private final ConfigurationService configuration;
    private final Supplier<Duration> patience;

    private PatientConfiguration(ConfigurationService configuration, Supplier<Duration> patience) {
        this.configuration = configuration;
        this.patience = patience;
    }

    /**
     * @param configuration what says everything else
     * @param patience how long a shutdown waits; asked when it begins
     * @return both
     */
    static ConfigurationService of(ConfigurationService configuration, Supplier<Duration> patience) {
        return (ConfigurationService) Proxy.newProxyInstance(
                PatientConfiguration.class.getClassLoader(),
                new Class<?>[] {ConfigurationService.class},
                new PatientConfiguration(configuration, patience));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "reconciliationTerminationTimeout" -> patience.get();
            case "closeClientOnStop" -> false;
            default -> delegate(method, arguments);
        };
    }

    private Object delegate(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(configuration, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
