/** How fast the event store appends, beside what the same PostgreSQL does with the same rows and nothing else. */
@NullMarked
package dev.vextrus.benchmarks.eventstore;

import org.jspecify.annotations.NullMarked;
