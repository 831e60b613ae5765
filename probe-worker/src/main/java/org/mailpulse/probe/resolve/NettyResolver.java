package org.mailpulse.probe.resolve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.mailpulse.probe.net.Transport;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/**
 * dnsjava's resolver over a handful of Netty sockets, at a tenth of the CPU of dnsjava's own.
 *
 * <p>A query is sent up to {@value #MAX_TRIES} times, each try waiting twice as long as the one before and asking the
 * next server; a truncated answer is fetched over TCP; a server that cannot do EDNS is asked without. Beyond the number
 * of queries that may be in flight, queries wait in order, and their clock starts when they leave. Whether the servers
 * are recursive or authoritative is all the same here: RD is always set.
 */
public final class NettyResolver implements Resolver, AutoCloseable {
    /** Fits any path's MTU without fragments (DNS flag day 2020). */
    private static final int EDNS_PAYLOAD = 1232;

    private static final int MAX_TRIES = 4;
    /** Several ports and random ids: an off-path forger has to hit both. */
    private static final int SOCKETS_PER_SERVER = 8;

    private final Transport transport;
    private final List<List<UdpSocket>> servers = new ArrayList<>();
    private final Duration firstTry;
    private final int maxInFlight;
    private final Queue<Question> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean closed;

    private volatile Duration total;
    private volatile OPTRecord edns = new OPTRecord(EDNS_PAYLOAD, 0, 0);
    private volatile boolean tcpOnly;
    private volatile boolean ignoreTruncation;

    /**
     * @param servers at least one
     * @param firstTry how long the first try waits for an answer
     * @param total how long all tries together may take
     * @param maxInFlight queries that may wait for answers at the same time
     */
    public NettyResolver(
            Transport transport, List<InetSocketAddress> servers, Duration firstTry, Duration total, int maxInFlight)
            throws IOException {
        if (servers.isEmpty()) {
            throw new IOException("there is no name server to ask");
        }
        this.transport = transport;
        this.firstTry = firstTry;
        this.total = total;
        this.maxInFlight = maxInFlight;
        for (InetSocketAddress server : servers) {
            List<UdpSocket> sockets = new ArrayList<>();
            this.servers.add(sockets);
            for (int i = 0; i < SOCKETS_PER_SERVER; i++) {
                sockets.add(new UdpSocket(transport, server));
            }
        }
    }

    /**
     * @return an answer that may well carry an error code; completes exceptionally with
     *     {@link SocketTimeoutException} or another {@link IOException} if none came
     */
    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        Question question = new Question(query);
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new IOException("resolver is closed"));
            }
            if (inFlight >= maxInFlight) {
                waiting.add(question);
                return question.result;
            }
            inFlight++;
        }
        question.begin();
        return question.result;
    }

    /** Answers are always delivered on an event loop; the executor is not needed. */
    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return sendAsync(query);
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    private void finished() {
        Question next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                inFlight--;
            }
        }
        if (next != null) {
            next.begin();
        }
    }

    @Override
    public void close() {
        List<Question> dropped;
        synchronized (this) {
            closed = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
        }
        dropped.forEach(question -> question.result.completeExceptionally(new IOException("resolver is closed")));
        servers.forEach(sockets -> sockets.forEach(UdpSocket::close));
    }

    /** One question on its way through tries and servers. Its callbacks come one after another. */
    private final class Question implements UdpSocket.Listener {
        private final Message query;
        private final CompletableFuture<Message> result = new CompletableFuture<>();
        private final int firstServer = ThreadLocalRandom.current().nextInt(servers.size());
        private boolean withEdns = true;
        private byte[] wire;
        private long deadline;
        private int tries;
        private UdpSocket socket;

        Question(Message query) {
            this.query = query;
        }

        void begin() {
            deadline = System.nanoTime() + total.toNanos();
            encode();
            tryOnce();
        }

        private void encode() {
            Message sent = query;
            if (withEdns && query.getOPT() == null) {
                sent = query.clone();
                sent.addRecord(edns, Section.ADDITIONAL);
            }
            wire = sent.toWire();
        }

        private void tryOnce() {
            List<UdpSocket> sockets = servers.get((firstServer + tries) % servers.size());
            socket = sockets.get(ThreadLocalRandom.current().nextInt(sockets.size()));
            long patience = Math.min(firstTry.toMillis() << tries, millisLeft());
            tries++;
            if (tcpOnly) {
                askOverTcp(patience);
            } else {
                socket.ask(wire, query.getQuestion(), Math.max(1, patience), this);
            }
        }

        @Override
        public void answered(Message answer) {
            int rcode = answer.getRcode();
            if (answer.getHeader().getFlag(Flags.TC) && !ignoreTruncation) {
                askOverTcp(millisLeft());
            } else if (withEdns && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS)) {
                withEdns = false;
                encode();
                tryOnce();
            } else if (isWorthAnotherServer(rcode)) {
                tryOnce();
            } else {
                deliver(answer);
            }
        }

        private boolean isWorthAnotherServer(int rcode) {
            boolean refused = rcode == Rcode.SERVFAIL || rcode == Rcode.REFUSED || rcode == Rcode.NOTIMP;
            return refused && tries < Math.min(servers.size(), MAX_TRIES) && millisLeft() > 0;
        }

        private void askOverTcp(long patience) {
            TcpQuery.ask(transport, socket.server(), wire, query.getQuestion(), Math.max(1, patience))
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            lost(new IOException(failure));
                        } else {
                            deliver(answer);
                        }
                    });
        }

        @Override
        public void lost(IOException reason) {
            if (tries >= MAX_TRIES || millisLeft() <= 0) {
                end(() -> result.completeExceptionally(reason));
            } else if (reason instanceof SocketTimeoutException || servers.size() > 1) {
                tryOnce();
            } else {
                // not there at the moment, or talking nonsense: it will hardly be better at once
                long pause = Math.min(firstTry.toMillis() << tries, millisLeft()) / 4;
                transport.next().schedule(this::tryOnce, pause, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }

        private void deliver(Message answer) {
            answer.getHeader().setID(query.getHeader().getID());
            end(() -> result.complete(answer));
        }

        private void end(Runnable completion) {
            finished();
            completion.run();
        }

        private long millisLeft() {
            return (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    @Override
    public void setTimeout(Duration timeout) {
        total = timeout;
    }

    @Override
    public Duration getTimeout() {
        return total;
    }

    @Override
    public void setTCP(boolean flag) {
        tcpOnly = flag;
    }

    @Override
    public void setIgnoreTruncation(boolean flag) {
        ignoreTruncation = flag;
    }

    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
        edns = new OPTRecord(payloadSize == 0 ? EDNS_PAYLOAD : payloadSize, 0, version, flags, options);
    }

    /** The port belongs to each server's address. */
    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException("give the port with each server");
    }

    @Override
    public void setTSIGKey(TSIG key) {
        if (key != null) {
            throw new UnsupportedOperationException("TSIG is not for surveys");
        }
    }
}
