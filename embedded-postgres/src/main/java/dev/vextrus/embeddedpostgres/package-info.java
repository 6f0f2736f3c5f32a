/** Runs a durable PostgreSQL of our own in a folder: real roles, real passwords, fsync on. */
@NullMarked
package dev.vextrus.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
