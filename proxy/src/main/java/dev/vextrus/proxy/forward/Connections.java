package dev.vextrus.proxy.forward;

import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections whose other side may not read any more. */
final class Connections {
    private Connections() {}

    /**
     * Closes at once. Vert.x's own {@code close} and {@code reset} wait until all that was written is sent, which a side that does
     * not read never lets happen: the connection stayed, and the proxy's stop waited for it through each of its time limits.
     */
    static void abort(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            // Past Vert.x's own handler, which makes any other close wait too.
            ChannelFuture _ = base.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }
}
