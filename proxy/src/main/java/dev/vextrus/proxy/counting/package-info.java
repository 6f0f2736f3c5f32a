/** What happened to requests, per colour, tenant, operation and second, in bounded memory. */
@NullMarked
package dev.vextrus.proxy.counting;

import org.jspecify.annotations.NullMarked;
