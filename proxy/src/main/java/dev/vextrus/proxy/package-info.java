/** A weighted, tenant-sticky HTTP proxy that counts per colour. */
@NullMarked
package dev.vextrus.proxy;

import org.jspecify.annotations.NullMarked;
