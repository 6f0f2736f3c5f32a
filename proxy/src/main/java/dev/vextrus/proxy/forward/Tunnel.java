package dev.vextrus.proxy.forward;

import dev.vextrus.proxy.counting.Ending;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;

/** WebSockets: after the handshake, bytes in both directions until either side closes. The handshake is what counts. */
final class Tunnel {
    private Tunnel() {}

    static boolean isUpgrade(HttpServerRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.equalsIgnoreCase("websocket");
    }

    static void open(Exchange exchange, HttpServerRequest request, HttpClientRequest out) {
        out.putHeader("connection", "Upgrade").putHeader("upgrade", "websocket");
        out.connect().onComplete(connected -> {
            if (connected.failed()) {
                exchange.brokeOff();
                return;
            }
            HttpClientResponse response = connected.result();
            request.response().setStatusCode(response.statusCode());
            Headers.toClient(response.headers(), request.response().headers());
            if (response.statusCode() != 101) {
                response.body().onComplete(body -> {
                    exchange.finish(Exchange.ending(response), response.statusCode(), false);
                    request.response().end(body.succeeded() ? body.result() : Buffer.buffer());
                    // Neither side's connection is a tunnel now: the client's goes on to its next request, and the
                    // upstream's, on which the request has no end, is of no more use.
                    Forwarder.discardRest(request);
                    Exchange.letGo(out);
                });
                return;
            }
            request.response().putHeader("connection", "Upgrade").putHeader("upgrade", "websocket");
            NetSocket upstream = response.netSocket();
            upstream.pause();
            request.toNetSocket().onComplete(opened -> {
                exchange.finish(Ending.ANSWERED, 101, false);
                if (opened.failed()) {
                    upstream.close();
                    return;
                }
                NetSocket client = opened.result();
                client.pipeTo(upstream).onComplete(closed -> upstream.close());
                upstream.pipeTo(client).onComplete(closed -> client.close());
                upstream.resume();
            });
        });
    }
}
