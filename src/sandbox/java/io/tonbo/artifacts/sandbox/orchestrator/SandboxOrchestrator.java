package io.tonbo.artifacts.sandbox.orchestrator;

import io.tonbo.artifacts.sandbox.redis.SandboxRedis;
import java.net.URI;
import redis.clients.jedis.JedisPooled;

/**
 * The orchestrator of the sandbox. What it knows is in the Redis it is given: closed and started again on the same Redis it
 * goes on where it was; only faults, the call log and {@link Behaviour} are its own.
 */
public final class SandboxOrchestrator implements AutoCloseable {
    private final JedisPooled redis;
    private final Behaviour behaviour;
    private final Faults faults;
    private final CallLog calls = new CallLog();
    private final SandboxAdmin admin;
    private final Dispatcher dispatcher;
    private final Sweeper sweeper;
    private final HttpFront front;

    private SandboxOrchestrator(JedisPooled redis, Behaviour behaviour, MetadataAddress metadata, int port) {
        this.redis = redis;
        this.behaviour = behaviour;
        Store store = new Store(redis);
        AclUsers users = new AclUsers(redis, store, metadata);
        Wire wire = new Wire(behaviour);
        Access access = new Access(users, behaviour);
        MountSessions sessions = new MountSessions(store, access, wire, behaviour);
        Workspaces workspaces = new Workspaces(store, new MetadataArea(redis), access, sessions, wire, behaviour);
        Tokens tokens = new Tokens(store, behaviour);
        Locks locks = new Locks();
        this.faults = new Faults(store::snapshot);
        this.sweeper = new Sweeper(store, users, workspaces, sessions, locks, behaviour);
        this.admin = new SandboxAdmin(
                store,
                tokens,
                users,
                workspaces,
                sessions,
                new CommandLineClient(redis, behaviour),
                locks,
                sweeper,
                behaviour);
        this.dispatcher = new Dispatcher(
                store,
                tokens,
                new Endpoints(store, workspaces, sessions, wire, behaviour),
                new Idempotency(store, behaviour),
                locks,
                faults,
                calls,
                wire,
                behaviour);
        this.front = new HttpFront(dispatcher, new ControlEndpoints(faults, calls), port);
    }

    /**
     * Starts one that behaves as documented, on a free port.
     *
     * @param redis where its state is, and the metadata of the workspaces
     * @return the running server
     */
    public static SandboxOrchestrator start(SandboxRedis redis) {
        return start(redis, new Behaviour(), 0);
    }

    /**
     * Starts one.
     *
     * @param redis where its state is, and the metadata of the workspaces
     * @param behaviour may be changed while it runs
     * @param port on 127.0.0.1; 0 for a free one
     * @return the running server
     */
    public static SandboxOrchestrator start(SandboxRedis redis, Behaviour behaviour, int port) {
        return start(redis, behaviour, port, new MetadataAddress("redis", "127.0.0.1", redis.port()));
    }

    /**
     * Starts one whose clients reach the metadata elsewhere, for example at a TLS front.
     *
     * @param redis where its state is, and the metadata of the workspaces
     * @param behaviour may be changed while it runs
     * @param port on 127.0.0.1; 0 for a free one
     * @param metadata what the metadata URLs point to
     * @return the running server
     */
    public static SandboxOrchestrator start(
            SandboxRedis redis, Behaviour behaviour, int port, MetadataAddress metadata) {
        SandboxOrchestrator orchestrator =
                new SandboxOrchestrator(new JedisPooled("127.0.0.1", redis.port()), behaviour, metadata, port);
        orchestrator.sweeper.start();
        orchestrator.front.listen();
        return orchestrator;
    }

    /**
     * @return the base URL, without a slash at the end
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    /**
     * @return the switches; they work at once
     */
    public Behaviour behaviour() {
        return behaviour;
    }

    /**
     * @return the faults; none at the start
     */
    public Faults faults() {
        return faults;
    }

    /**
     * @return what was called
     */
    public CallLog calls() {
        return calls;
    }

    /**
     * @return the way behind the API's back
     */
    public SandboxAdmin admin() {
        return admin;
    }

    /**
     * @param observer told of each call from now on, in place of an earlier one; it may block the call
     */
    public void observe(CallObserver observer) {
        dispatcher.observer(observer);
    }

    /** An outage: connections are refused until {@link #listen()}; what is due still ends. */
    public void stopListening() {
        front.stopListening();
    }

    /** Ends an outage, on the same port. */
    public void listen() {
        front.listen();
    }

    /** Stops the server. Its state stays in Redis. */
    @Override
    public void close() {
        front.close();
        sweeper.close();
        redis.close();
    }
}
