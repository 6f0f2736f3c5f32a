package dev.vextrus.proxy;

/** The proxy as a process of its own: it serves on when whoever controls it is gone. */
public final class ProxyApplication {
    private static final int WRONG_USAGE = 2;
    private static final int UNAVAILABLE = 3;

    private ProxyApplication() {}

    public static void main(String[] arguments) {
        ProxySettings settings;
        try {
            settings = ProxySettings.from(System.getenv(), Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        RunningProxy proxy;
        try {
            proxy = new RunningProxy(settings, System::currentTimeMillis);
        } catch (RuntimeException unavailable) {
            System.err.println(unavailable.getMessage());
            System.exit(UNAVAILABLE);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "drain"));
        System.out.println("proxy on " + settings.address() + ":" + proxy.port() + ", control on 127.0.0.1:"
                + proxy.controlPort());
        proxy.awaitStopped();
    }
}
