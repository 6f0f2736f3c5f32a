package dev.vextrus.finance.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies past a limit: at once where the length is declared, while reading where it is not. */
public final class BodyLimitFilter extends OncePerRequestFilter {
    private final long graphqlLimitBytes;
    private final long bulkLimitBytes;

    public BodyLimitFilter(long graphqlLimitBytes, long bulkLimitBytes) {
        this.graphqlLimitBytes = graphqlLimitBytes;
        this.bulkLimitBytes = bulkLimitBytes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = request.getRequestURI().startsWith("/bulk/") ? bulkLimitBytes : graphqlLimitBytes;
        if (request.getContentLengthLong() > limit) {
            response.sendError(413);
            return;
        }
        chain.doFilter(new Limited(request, limit, () -> tell(response)), response);
    }

    private static void tell(HttpServletResponse response) {
        if (response instanceof OutcomeResponse outcome) {
            outcome.tooLarge();
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long limit;
        private final Runnable exceeded;

        Limited(HttpServletRequest request, long limit, Runnable exceeded) {
            super(request);
            this.limit = limit;
            this.exceeded = exceeded;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), limit, exceeded);
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream in;
        private final long limit;
        private final Runnable exceeded;
        private long read;

        LimitedStream(ServletInputStream in, long limit, Runnable exceeded) {
            this.in = in;
            this.limit = limit;
            this.exceeded = exceeded;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        private void count(int bytes) throws IOException {
            read += bytes;
            if (read > limit) {
                exceeded.run();
                throw new BodyTooLarge(limit);
            }
        }
    }
}
