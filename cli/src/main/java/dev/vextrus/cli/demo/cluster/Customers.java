package dev.vextrus.cli.demo.cluster;

/** Who asks the released service, at a steady rate and over connections that stay open. */
public interface Customers extends AutoCloseable {
    /** What they saw since they began, or were asked to forget. */
    Counts counts();

    /** They ask no more. */
    @Override
    void close();
}
